import type { LocalDate } from '../dates.ts';
import type { HouseholdTier } from '../eligibility/tiers.ts';
import type { ReadingDay, Readings } from '../facts/readings.ts';
import type { Household, HouseholdMember } from '../households/household.ts';
import type { Disability } from '../people/disability.ts';
import type { PersonTier } from './tiers.ts';

/** What conditions need of the pack on one date, looked up once for all households. */
export interface ConditionSettings {
  readonly date: LocalDate;
  /** On which facts are read, and how old each kind may be. */
  readonly reading: ReadingDay;
  readonly undeclaredSpendingIsNone: boolean;
  readonly worksFrom: number;
  readonly worksBelow: number;
  /** Whether a disability is one that the law takes for the loss of the capacity to work (D43 article 5). */
  readonly preventsWork: (disability: Disability) => boolean;
}

/**
 * What a condition is asked about: a household on a date, as it was decided, and at one time one of its members.
 * `row` is that of the member in `readings`; 0 and no member while the household itself is asked about.
 */
export interface ConditionContext {
  readonly household: Household;
  /** Members who are born, alive and not away for one of the reasons of D57 article 7: those to whom anything can be given. */
  readonly present: readonly HouseholdMember[];
  /** What is on file, as the tests of the tiers read it: of the household first, then of each member in their order. */
  readonly readings: readonly Readings[];
  readonly settings: ConditionSettings;
  readonly decided: boolean;
  readonly householdTier: HouseholdTier;
  row: number;
  member: HouseholdMember | null;
  memberTier: PersonTier;
  /** Completed years on the date. */
  memberAge: number;
}
