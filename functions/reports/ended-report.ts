import { dateInChina, type Instant } from '../../domain/dates.ts';
import { deadlineOf } from '../../domain/deadlines/due.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReportOutcome } from '../../domain/lifecycles/report.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { clockOn } from '../../domain/policy/look-up.ts';
import { outreachOf, type Report, toldResidentId } from '../../domain/reports/report.ts';
import type { OutreachRest } from '../../domain/reports/report-store.ts';
import { doneOutreach } from '../../domain/reports/report-tasks.ts';
import type { AggregateWrite, Change } from '../../domain/store/roster-store.ts';
import type { Clocks } from '../../domain/tasks/new-task.ts';
import { isOutreachTask, type OutreachTask } from '../../domain/tasks/task.ts';

/** How a report ends. */
export interface Ending {
  readonly outcome: ReportOutcome;
  readonly from: readonly Report['state'][];
  readonly at: Instant;
  readonly by: string;
  readonly changes: Partial<Pick<Report, 'applicationId' | 'coverage' | 'note'>>;
}

/** What the end of a report writes: the report, its outreach done, and the way free for the next report of the person: of a file, perhaps after a time. */
export interface Ended {
  readonly report: Report;
  readonly aggregates: readonly AggregateWrite[];
  readonly reportOnce: Change['reportOnce'];
}

export const endedReport = (
  clocks: Clocks,
  report: Report,
  task: OutreachTask,
  { outcome, from, at, by, changes }: Ending,
): Ended => {
  const { policy, calendar } = clocks;
  const retention = deadlineOf(clockOn(policy, 'report.retention', dateInChina(at)), calendar, at);
  const ended: Report = {
    ...report,
    ...changes,
    version: report.version + 1,
    state: outcome,
    endedAt: at,
    endedBy: by,
    keptUntil: retention.dueDate,
  };
  const residentId = toldResidentId(report);
  const { reportId, division } = report;
  return {
    report: ended,
    aggregates: [
      { kind: 'report', value: ended, from },
      { kind: 'task', value: doneOutreach(task, { at, by, outcome }), from: taskLifecycle.complete.from },
    ],
    reportOnce:
      residentId === null
        ? undefined
        : {
            does: 'free',
            outreach: outreachOf(residentId, countyOf(division)),
            reportId,
            rest: restAfter(clocks, report, { outcome, at }),
          },
  };
};

/**
 * Somebody who said no, or is in no need, is not visited again at each file that tells of what was told of already. What was told only after
 * somebody had gone there was not asked about: a file that tells of it leads there again.
 */
const restAfter = (
  { policy, calendar }: Clocks,
  { accounts, followedUpAt }: Report,
  { outcome, at }: Pick<Ending, 'outcome' | 'at'>,
): OutreachRest | null => {
  if (outcome !== 'not-wanted' && outcome !== 'not-in-need') return null;
  const { dueDate } = deadlineOf(clockOn(policy, 'report.rest', dateInChina(at)), calendar, at);
  const askedAbout = accounts?.filter(({ at: toldAt }) => followedUpAt !== null && toldAt < followedUpAt);
  return { hardships: [...new Set(askedAbout?.map(({ hardship }) => hardship))], until: dueDate };
};

/** The outreach of a report. */
export const outreachTaskOf = async ({ store }: Pick<Dependencies, 'store'>, report: Report): Promise<OutreachTask> => {
  const task = await store.task(report.taskId);
  if (task === undefined || !isOutreachTask(task)) throw new Error(`${report.reportId} has no outreach`);
  return task;
};
