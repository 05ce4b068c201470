import { isMissedNeedTask, type MissedNeedTask } from '../../../domain/tasks/task.ts';
import type { Planted } from '../../../synthetic/province/truth.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import type { TestRoster } from '../../support/roster.ts';
import { counties } from './province.ts';
import { noScore, type Score } from './score.ts';

type PlantedDouble = Extract<Planted, { planted: 'double-registration' }>;

/** The open tasks about possible double registrations of both counties, after a night. */
const tasksAfterANight = async (roster: TestRoster): Promise<readonly MissedNeedTask[]> => {
  await dailyScans(roster).scan();
  const found: MissedNeedTask[] = [];
  for (const county of counties)
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof roster.store.openTasks>> = await roster.store.openTasks(
        county,
        county,
        200,
        after,
      );
      found.push(...page.items.filter(isMissedNeedTask));
      if (page.next === null) break;
      after = page.next;
    }
  return found.filter(({ kind }) => kind === 'possible-double-registration');
};

/** Of two records of one person one may be known to be dead by now: a night holds the living against each other. */
const areBothAlive = async (
  { store }: TestRoster,
  { householdId, first }: PlantedDouble,
  pair: PlantedDouble['people'][number],
): Promise<boolean> => {
  const found = await Promise.all([store.household(first.householdId), store.household(householdId)]);
  const members = found.flatMap((each) => each?.household.members ?? []);
  return [pair.first, pair.second].every((personId) =>
    members.some((member) => member.personId === personId && member.deceasedOn === null),
  );
};

/** People who were planted twice and are alive twice: found when the households of both have the task. Whoever else is asked about is wrong. */
export const doublesFound = async (roster: TestRoster, planted: readonly PlantedDouble[]): Promise<Score> => {
  const tasks = await tasksAfterANight(roster);
  const left = new Set(tasks.map(({ alike }) => `${alike?.personId} ${alike?.otherPersonId}`));
  let score = noScore;
  for (const double of planted)
    for (const pair of double.people) {
      if (!(await areBothAlive(roster, double, pair))) continue;
      const both = [`${pair.first} ${pair.second}`, `${pair.second} ${pair.first}`].map((each) => left.delete(each));
      const isFound = both.every(Boolean);
      score = { ...score, found: score.found + (isFound ? 1 : 0), missed: score.missed + (isFound ? 0 : 1) };
    }
  return { ...score, wrong: left.size };
};
