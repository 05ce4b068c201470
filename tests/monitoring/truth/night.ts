import type { MissedNeedKind } from '../../../domain/lifecycles/task.ts';
import { isMissedNeedTask, type MissedNeedTask } from '../../../domain/tasks/task.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import type { TestRoster } from '../../support/roster.ts';
import { counties } from './province.ts';

const pageSize = 200;

/** The open tasks of all counties about what a night has found. */
export const tasksAfterANight = async (roster: TestRoster): Promise<readonly MissedNeedTask[]> => {
  await dailyScans(roster).scan();
  const found: MissedNeedTask[] = [];
  for (const county of counties)
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof roster.store.openTasks>> = await roster.store.openTasks(
        county,
        county,
        pageSize,
        after,
      );
      found.push(...page.items.filter(isMissedNeedTask));
      if (page.next === null) break;
      after = page.next;
    }
  return found;
};

/** Those about one kind of line. */
export const ofKind = (tasks: readonly MissedNeedTask[], wanted: MissedNeedKind): readonly MissedNeedTask[] =>
  tasks.filter(({ kind }) => kind === wanted);
