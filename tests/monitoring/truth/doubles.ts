import type { MissedNeedTask } from '../../../domain/tasks/task.ts';
import type { Planted } from '../../../synthetic/province/truth.ts';
import type { TestRoster } from '../../support/roster.ts';
import { ofKind } from './night.ts';
import { noScore, type Score } from './score.ts';

type PlantedDouble = Extract<Planted, { planted: 'double-registration' }>;

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
export const doublesFound = async (
  roster: TestRoster,
  planted: readonly PlantedDouble[],
  tasks: readonly MissedNeedTask[],
): Promise<Score> => {
  const left = new Set(
    ofKind(tasks, 'possible-double-registration').map(({ alike }) => `${alike?.personId} ${alike?.otherPersonId}`),
  );
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
