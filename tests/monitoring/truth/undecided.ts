import { dateInChina } from '../../../domain/dates.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import type { HouseholdId } from '../../../domain/ids.ts';
import type { MissedNeedTask } from '../../../domain/tasks/task.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import type { Planted } from '../../../synthetic/province/truth.ts';
import type { TestRoster } from '../../support/roster.ts';
import { ofKind } from './night.ts';
import { noScore, type Score } from './score.ts';

type PlantedUndecided = Extract<Planted, { planted: 'undecided-household' }>;
type PlantedStale = Extract<Planted, { planted: 'stale-facts' }>;

/** What departments told may have put a household out of every tier: then it is not to be found any more. */
const isStillEntitled = async (roster: TestRoster, { householdId }: PlantedUndecided): Promise<boolean> => {
  const found = await roster.store.household(householdId);
  if (found === undefined) return false;
  const { householdTier, memberTiers } = evaluate(found.household, shanxiPack, dateInChina(roster.at()));
  const inNone = ['NONE', 'OTHER_LOW_INCOME'].includes(householdTier);
  return !inNone || memberTiers.some(({ tier }) => tier === 'EXTREME_HARDSHIP' || tier === 'SINGLE_PERSON_ENTRY');
};

/** The tiers whose households the law has looked at again. */
const looked: readonly string[] = ['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE'];

/** Whether a household was taken over with one of them, and how old what is on file about its means is by the proof's own arithmetic. */
const takenOver = async (
  roster: TestRoster,
  householdId: HouseholdId,
): Promise<{ readonly daysSinceSeen: number } | undefined> => {
  const found = await roster.store.household(householdId);
  if (found === undefined || found.determinationId !== null) return undefined;
  const { tier, members } = found.household;
  if (![tier, ...members.map((member) => member.tier)].some((each) => looked.includes(each))) return undefined;
  const seen = new Map<string, string>();
  for (const { kind, subject, asOf } of found.household.facts) {
    const known = seen.get(`${kind} ${subject}`) ?? '';
    if (/^(?:income|asset)\./u.test(kind) && asOf > known) seen.set(`${kind} ${subject}`, asOf);
  }
  const [oldest = '1900-01-01'] = [...seen.values()].toSorted();
  return { daysSinceSeen: (Date.parse(dateInChina(roster.at())) - Date.parse(oldest)) / 86_400_000 };
};

/** Nobody is looked at again sooner than after half a year. */
const soonest = 181;

/**
 * Households with nothing decided: those that were planted in no tier, and those that were taken over with one and have facts older than a year.
 * They are found when there is the task. Whoever else is asked about is wrong, but those who were taken over and last looked at half a
 * year ago: some of them are due by then.
 */
export const undecidedFound = async (
  roster: TestRoster,
  { planted, stale }: { readonly planted: readonly PlantedUndecided[]; readonly stale: readonly PlantedStale[] },
  tasks: readonly MissedNeedTask[],
): Promise<Score> => {
  const left = new Set<HouseholdId>(ofKind(tasks, 'undecided-in-hardship').map(({ householdId }) => householdId));
  let score = noScore;
  for (const each of planted) {
    const isFound = left.delete(each.householdId);
    if (!(await isStillEntitled(roster, each))) score = { ...score, wrong: score.wrong + (isFound ? 1 : 0) };
    else score = { ...score, found: score.found + (isFound ? 1 : 0), missed: score.missed + (isFound ? 0 : 1) };
  }
  for (const { householdId } of stale) {
    if ((await takenOver(roster, householdId)) === undefined) continue;
    const isFound = left.delete(householdId);
    score = { ...score, found: score.found + (isFound ? 1 : 0), missed: score.missed + (isFound ? 0 : 1) };
  }
  for (const householdId of left) {
    const { daysSinceSeen = 0 } = (await takenOver(roster, householdId)) ?? {};
    if (daysSinceSeen < soonest) score = { ...score, wrong: score.wrong + 1 };
  }
  return score;
};
