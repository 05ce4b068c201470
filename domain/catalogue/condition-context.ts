import type { HouseholdTier } from '../eligibility/tiers.ts';
import type { ReadingDay, Readings } from '../facts/readings.ts';
import type { Household, HouseholdMember } from '../households/household.ts';
import type { Disability } from '../people/disability.ts';
import type { PersonTier } from './tiers.ts';

/** What conditions need of the pack on one date, looked up once for all households. */
export interface ConditionSettings {
  readonly on: ReadingDay;
  readonly undeclaredSpendingIsNone: boolean;
  readonly worksFrom: number;
  readonly worksBelow: number;
  /** Whether a disability is one that the law takes for the loss of the capacity to work (D43 article 5). */
  readonly preventsWork: (disability: Disability) => boolean;
}

/**
 * What a condition is asked about: a household on a date, as it was decided, and at one time one of its members. While the
 * household itself is asked about, there is no member, and nothing on file about one.
 */
export interface ConditionContext {
  readonly household: Household;
  /** Members who are born, alive and not away for one of the reasons of D57 article 7: those to whom anything can be given. */
  readonly present: readonly HouseholdMember[];
  readonly settings: ConditionSettings;
  readonly decided: boolean;
  readonly householdTier: HouseholdTier;
  /** What is on file about each of those present, in their order. */
  readonly files: readonly Readings[];
  /** What is on file about the household. */
  readonly home: Readings;
  /** What is on file about the member. */
  own: Readings;
  member: HouseholdMember | null;
  memberTier: PersonTier;
  /** Completed years on the date. */
  memberAge: number;
}
