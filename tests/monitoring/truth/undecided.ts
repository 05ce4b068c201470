import { dateInChina } from '../../../domain/dates.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import type { MissedNeedTask } from '../../../domain/tasks/task.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import type { Planted } from '../../../synthetic/province/truth.ts';
import type { TestRoster } from '../../support/roster.ts';
import { ofKind } from './night.ts';
import { noScore, type Score } from './score.ts';

type PlantedUndecided = Extract<Planted, { planted: 'undecided-household' }>;

/** What departments told may have put a household out of every tier: then it is not to be found any more. */
const isStillEntitled = async (roster: TestRoster, { householdId }: PlantedUndecided): Promise<boolean> => {
  const found = await roster.store.household(householdId);
  if (found === undefined) return false;
  const { householdTier, memberTiers } = evaluate(found.household, shanxiPack, dateInChina(roster.at()));
  const inNone = ['NONE', 'OTHER_LOW_INCOME'].includes(householdTier);
  return !inNone || memberTiers.some(({ tier }) => tier === 'EXTREME_HARDSHIP' || tier === 'SINGLE_PERSON_ENTRY');
};

/** Households that were planted with nothing decided: found when there is the task. Whoever else is asked about is wrong. */
export const undecidedFound = async (
  roster: TestRoster,
  planted: readonly PlantedUndecided[],
  tasks: readonly MissedNeedTask[],
): Promise<Score> => {
  const left = new Set<string>(ofKind(tasks, 'undecided-in-hardship').map(({ householdId }) => householdId));
  let score = noScore;
  for (const each of planted) {
    const isFound = left.delete(each.householdId);
    if (!(await isStillEntitled(roster, each))) score = { ...score, wrong: score.wrong + (isFound ? 1 : 0) };
    else score = { ...score, found: score.found + (isFound ? 1 : 0), missed: score.missed + (isFound ? 0 : 1) };
  }
  return { ...score, wrong: score.wrong + left.size };
};
