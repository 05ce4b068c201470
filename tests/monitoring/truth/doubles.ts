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

/** Of two records of one person one may be known to be dead by now: the other, which lives on, is asked about. */
const expectedOf = async (
  { store }: TestRoster,
  { householdId, first }: PlantedDouble,
  pair: PlantedDouble['people'][number],
): Promise<readonly string[]> => {
  const found = await Promise.all([store.household(first.householdId), store.household(householdId)]);
  const members = found.flatMap((each) => each?.household.members ?? []);
  const living = new Set(members.flatMap(({ personId, deceasedOn }) => (deceasedOn === null ? [personId] : [])));
  return [[pair.first, pair.second] as const, [pair.second, pair.first] as const].flatMap(([own, other]) =>
    living.has(own) ? [`${own} ${other}`] : [],
  );
};

/** People who were planted twice: found when each household in which the person is alive has the task. Whoever else is asked about is wrong. */
export const doublesFound = async (roster: TestRoster, planted: readonly PlantedDouble[]): Promise<Score> => {
  const tasks = await tasksAfterANight(roster);
  const left = new Set(tasks.map(({ alike }) => `${alike?.personId} ${alike?.otherPersonId}`));
  let score = noScore;
  for (const double of planted)
    for (const pair of double.people) {
      const expected = await expectedOf(roster, double, pair);
      if (expected.length === 0) continue;
      const isFound = expected.map((each) => left.delete(each)).every(Boolean);
      score = { ...score, found: score.found + (isFound ? 1 : 0), missed: score.missed + (isFound ? 0 : 1) };
    }
  return { ...score, wrong: left.size };
};
