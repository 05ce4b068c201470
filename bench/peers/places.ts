import type { HouseholdTier } from '../../domain/eligibility/tiers.ts';
import { propertyTiers } from '../../domain/policy/policy-pack.ts';
import type { PeerTests } from './conditions.ts';
import type { Terms } from './terms.ts';

/** What an engine answers: for each test, in the order of the tests, whether it holds. */
export interface Answers {
  readonly household: readonly boolean[];
  /** For each counted member. */
  readonly members: readonly (readonly boolean[])[];
}

/** Places of the member tests in their list. */
export const memberPlaces = { workCapacity: 0, income: 1, supporters: 2, entry: 3 } as const;

/** Where the tests of each tier lie in the list of the household's tests. */
export interface Places {
  readonly codes: readonly string[];
  readonly memberCodes: readonly string[];
  readonly afterHardship: number;
  readonly afterMarginal: number;
  readonly tiers: readonly (readonly [HouseholdTier, number, number])[];
}

/** Finds the places in the lists of a pack. */
export const placesOf = (terms: Terms, tests: PeerTests): Places => {
  const [hardship = 0, allowance = 0, marginal = 0, rigid = 0] = propertyTiers.map(
    (tier) => terms.property(tier).length,
  );
  const afterAllowance = hardship + 1 + allowance;
  const afterMarginal = afterAllowance + 1 + marginal;
  const afterRigid = afterMarginal + 1 + rigid + 1;
  return {
    codes: tests.household.map(({ code }) => code),
    memberCodes: tests.member.map(({ code }) => code),
    afterHardship: hardship,
    afterMarginal,
    tiers: [
      ['MINIMUM_LIVING_ALLOWANCE', hardship, afterAllowance],
      ['MARGINAL', afterAllowance, afterMarginal],
      ['RIGID_EXPENDITURE', afterMarginal, afterRigid],
      ['OTHER_LOW_INCOME', afterRigid, afterRigid + 1],
    ],
  };
};
