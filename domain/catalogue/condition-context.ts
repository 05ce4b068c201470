import type { LocalDate } from '../dates.ts';
import type { HouseholdTier } from '../eligibility/tiers.ts';
import type { Household, HouseholdMember } from '../households/household.ts';
import type { Disability } from '../people/disability.ts';
import type { FactTable } from './fact-table.ts';
import type { PersonTier } from './tiers.ts';

/** The ages after which facts are too old, by the pack's own parameters. */
export const staleSettings = ['stale.asset_days', 'stale.expenditure_days', 'stale.condition_days'] as const;
export type StaleSetting = (typeof staleSettings)[number];

/** What conditions need of the pack on one date, looked up once for all households. */
export interface ConditionSettings {
  readonly date: LocalDate;
  /** The last as-of day on which a fact is not yet too old. */
  readonly cutoffs: Readonly<Record<StaleSetting, LocalDate>>;
  readonly undeclaredSpendingIsNone: boolean;
  readonly worksFrom: number;
  readonly worksBelow: number;
  /** Whether a disability is one that the law takes for the loss of the capacity to work (D43 article 5). */
  readonly preventsWork: (disability: Disability) => boolean;
}

/**
 * What a condition is asked about: a household on a date, as it was decided, and at one time one of its members.
 * `row` is that of the member in `table`; 0 and no member while the household itself is asked about.
 */
export interface ConditionContext {
  readonly household: Household;
  /** Members who are born, alive and not away for one of the reasons of D57 article 7: those to whom anything can be given. */
  readonly present: readonly HouseholdMember[];
  readonly table: FactTable;
  readonly settings: ConditionSettings;
  readonly decided: boolean;
  readonly householdTier: HouseholdTier;
  row: number;
  member: HouseholdMember | null;
  memberTier: PersonTier;
  /** Completed years on the date. */
  memberAge: number;
}
