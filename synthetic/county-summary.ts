import { z } from 'zod';
import { type HouseholdTier, householdTiers } from '../domain/eligibility/tiers.ts';
import { monthlyAmountOf } from '../domain/reviews/form-opinion.ts';
import type { SyntheticHousehold } from './households.ts';

/** What there is in a seeded county, in numbers and with a few cases to look at. Nothing of it says who anybody is. */
export const CountySummary = z.strictObject({
  households: z.int(),
  people: z.int(),
  /** Households by the tier they are on the roster with. */
  tiers: z.partialRecord(z.enum(householdTiers), z.int()),
  monthlyFen: z.int(),
  determinations: z.int(),
  /** Households that something is wrong with, and those whom nobody has decided on although the rules would grant them aid. */
  flawed: z.int(),
  overlooked: z.int(),
  /** Lines of the assistance chain that were taken over. */
  entries: z.int().optional(),
  /** A determination on record for each outcome that occurs: the first of the county. */
  samples: z.array(
    z.strictObject({
      determinationId: z.string(),
      tier: z.enum(householdTiers),
      outcome: z.enum(['granted', 'refused']),
    }),
  ),
});
export type CountySummary = z.infer<typeof CountySummary>;

/** Counts households as they come by. */
export interface Tally {
  readonly add: (household: SyntheticHousehold) => void;
  readonly summary: () => CountySummary;
}

export const startTally = (): Tally => {
  const tiers: Partial<Record<HouseholdTier, number>> = {};
  const samples: CountySummary['samples'] = [];
  const sums = { households: 0, people: 0, monthlyFen: 0, determinations: 0, flawed: 0, overlooked: 0 };
  return {
    add: ({ roster: { household }, decided, onRecord, flaws }) => {
      sums.households += 1;
      sums.people += household.members.length;
      tiers[household.tier] = (tiers[household.tier] ?? 0) + 1;
      sums.monthlyFen += decided === null ? 0 : monthlyAmountOf(decided.determination.entitlements);
      sums.flawed += flaws.length > 0 ? 1 : 0;
      sums.overlooked += decided === null ? 1 : 0;
      if (decided === null || !onRecord) return;
      const { determinationId, tier, outcome } = decided.determination;
      sums.determinations += 1;
      if (!samples.some((sample) => sample.tier === tier)) samples.push({ determinationId, tier, outcome });
    },
    summary: () => ({ ...sums, tiers, samples }),
  };
};

/** Several counties as one. Samples are of the first county that has the outcome. */
export const summaryOfAll = (counties: readonly CountySummary[]): CountySummary => {
  const all: CountySummary = startTally().summary();
  for (const each of counties) {
    all.households += each.households;
    all.people += each.people;
    all.monthlyFen += each.monthlyFen;
    all.determinations += each.determinations;
    all.flawed += each.flawed;
    all.overlooked += each.overlooked;
    for (const tier of householdTiers) {
      const more = each.tiers[tier] ?? 0;
      if (more > 0) all.tiers[tier] = (all.tiers[tier] ?? 0) + more;
    }
    all.samples.push(...each.samples.filter(({ tier }) => !all.samples.some((sample) => sample.tier === tier)));
  }
  return all;
};
