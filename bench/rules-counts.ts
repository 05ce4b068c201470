import type { LocalDate } from '../domain/dates.ts';
import type { Household } from '../domain/households/household.ts';
import { assetKinds, type PolicyPack, propertyTiers } from '../domain/policy/policy-pack.ts';
import { type Decider, deciderFor } from './decider.ts';

/** The same households under two packs that differ in nothing but how many property limits they have. */
export interface FewAndMany {
  readonly households: readonly Household[];
  readonly few: Decider;
  readonly many: Decider;
}

/** How many tests are compared. */
export const testCounts = { few: 25, many: 40 } as const;

/** Kind by kind, each in every tier, so that a pack with some of them is a pack a county could have. */
const everyLimit = assetKinds.flatMap((asset) => propertyTiers.map((tier) => `${tier} ${asset}`));

/** The pack with only the first limits; of each series the household is tested by what is left. */
const withLimits = (policy: PolicyPack, count: number): PolicyPack => {
  const kept = new Set(everyLimit.slice(0, count));
  const propertyLimits = policy.propertyLimits.filter(({ tier, asset }) => kept.has(`${tier} ${asset}`));
  return { ...policy, version: `${policy.version}.limits-${count}`, propertyLimits };
};

/**
 * Of the households those that have exactly 25 tests under a pack with few property limits and exactly 40 under one with many. How
 * many tests a household has besides depends on its members, so all that are taken have equally many. Throws a RangeError when no
 * number of members will do.
 */
export const fewAndMany = (policy: PolicyPack, date: LocalDate, households: readonly Household[]): FewAndMany => {
  const without = deciderFor(withLimits(policy, 0), date);
  const most = policy.propertyLimits.length;
  const others = households.map((household) => without.evaluation(household).tests.length);
  const usable = [...new Set(others)]
    .filter((count) => count <= testCounts.few && count + most >= testCounts.many)
    .map((count) => ({ count, times: others.filter((other) => other === count).length }))
    .toSorted((one, other) => other.times - one.times)[0];
  if (usable === undefined) throw new RangeError(`no household has ${testCounts.few} to ${testCounts.many} tests`);
  const few = deciderFor(withLimits(policy, testCounts.few - usable.count), date);
  const many = deciderFor(withLimits(policy, testCounts.many - usable.count), date);
  const exact = households.filter(
    (household) =>
      few.evaluation(household).tests.length === testCounts.few &&
      many.evaluation(household).tests.length === testCounts.many,
  );
  if (exact.length === 0) throw new RangeError('no household has exactly that many tests');
  return { households: exact, few, many };
};
