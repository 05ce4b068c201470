import { z } from 'zod';

/** The six outcomes for a household, in statutory order: the first that applies is the household's tier (D39 section 2). */
export const householdTiers = [
  'EXTREME_HARDSHIP',
  'MINIMUM_LIVING_ALLOWANCE',
  'MARGINAL',
  'RIGID_EXPENDITURE',
  'OTHER_LOW_INCOME',
  'NONE',
] as const;
export const HouseholdTier = z.enum(householdTiers);
export type HouseholdTier = z.infer<typeof HouseholdTier>;

/**
 * A member's own tier, kept apart from the household's: extreme hardship is a person's tier (D43), and a marginal household
 * may have one member on the allowance by single-person entry (D57 article 8).
 */
export const memberTiers = ['EXTREME_HARDSHIP', 'SINGLE_PERSON_ENTRY', 'AS_HOUSEHOLD', 'NONE'] as const;
export const MemberTier = z.enum(memberTiers);
export type MemberTier = z.infer<typeof MemberTier>;
