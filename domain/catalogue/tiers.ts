import type { HouseholdTier, MemberTier } from '../eligibility/tiers.ts';

/** What a person counts as for the catalogue: his or her own tier, else the household's. */
export const personTiers = [
  'EXTREME_HARDSHIP',
  'MINIMUM_LIVING_ALLOWANCE',
  'SINGLE_PERSON_ENTRY',
  'MARGINAL',
  'RIGID_EXPENDITURE',
  'OTHER_LOW_INCOME',
  'NONE',
] as const satisfies readonly (HouseholdTier | MemberTier)[];
export type PersonTier = (typeof personTiers)[number];

/** What an item may be for. The watch for a return to poverty lies over the tiers: people have it beside any of them (D39 section 2). */
export const coveredTiers = [
  'EXTREME_HARDSHIP',
  'MINIMUM_LIVING_ALLOWANCE',
  'SINGLE_PERSON_ENTRY',
  'MARGINAL',
  'RIGID_EXPENDITURE',
  'OTHER_LOW_INCOME',
  'POVERTY_RETURN_MONITORING',
] as const;
export type CoveredTier = (typeof coveredTiers)[number];

/** The tier of a member in a household of a tier. */
export const personTierOf = (own: MemberTier, household: HouseholdTier): PersonTier =>
  own === 'AS_HOUSEHOLD' ? household : own;
