import type { LocalDate } from '../dates.ts';
import type { PovertyReturnKind } from '../facts/choices.ts';
import type { Dataset } from '../facts/fact.ts';
import type { HouseholdId, PersonId } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { HouseholdTier, MemberTier } from './tiers.ts';

/** What a test can come to; what each means is said at `TestLine`. */
export const testResults = ['pass', 'fail', 'unknown', 'not-applicable'] as const;
export type TestResult = (typeof testResults)[number];

/** How often an entitlement is given: every month, or once. */
export const entitlementPeriods = ['month', 'once'] as const;

/** Whether the rules came to a decision; when they do not is said at `Evaluation`. */
export const evaluationStatuses = ['decided', 'cannot-decide'] as const;

/** A fact as a test used it: its value, where it came from, and how old it was on the day of the decision. */
export interface TestInput {
  name: string;
  /** Whose fact it is; null for what was made from facts, or is the pack's. */
  subject: HouseholdId | PersonId | null;
  value: number | string | boolean;
  unit: string;
  /** `derived` for a sum or a count made from the inputs listed before it. */
  dataset: Dataset | 'derived' | 'policy';
  asOf: LocalDate | null;
  ageDays: number | null;
}

/** What a test measured against: a parameter of the pack, with its basis. */
export interface TestThreshold {
  parameter: string;
  value: number | string | boolean;
  unit: string;
  validFrom: LocalDate;
  basis: 'statute' | 'local-setting' | 'assumption';
}

/**
 * One line of a decision's trace. `unknown` means that a fact or a parameter was missing, stale or without a unit: the reason
 * is in `cause`, and a tier with an unknown test is never granted by silence.
 */
export interface TestLine {
  code: string;
  /** The tier the test belongs to; or what else it settles: a member's entry, the amount of the allowance, the overlay. */
  tier: HouseholdTier | 'SINGLE_PERSON_ENTRY' | 'ALLOWANCE_AMOUNT' | 'OVERLAY';
  subject: HouseholdId | PersonId;
  comparison: '<' | '<=' | '>' | '>=' | '=' | 'any-of';
  measured: number | string | boolean | null;
  unit: string;
  inputs: readonly TestInput[];
  threshold: TestThreshold | null;
  result: TestResult;
  /** Threshold minus measured value, in `unit`: how far the household is from the line. Null where there is no number. */
  distance: number | null;
  citation: string;
  /** Which value would turn the result, e.g. "per-capita income below 49600"; null when nothing the household reports would. */
  wouldChange: { name: string; below?: number; atLeast?: number; becomes?: string | boolean } | null;
  cause: string | null;
}

/** Money or aid a decision opens. `personId` is null when it belongs to the household. */
export interface Entitlement {
  item: string;
  personId: PersonId | null;
  amount: Fen;
  period: (typeof entitlementPeriods)[number];
  citation: string;
}

/** What `evaluate` answers: total for every household and date, and the same for the same input. */
export interface Evaluation {
  policyVersion: string;
  date: LocalDate;
  householdId: HouseholdId;
  /** `cannot-decide` when a test that matters is unknown: the case goes to the county panel, never to a refusal. */
  status: (typeof evaluationStatuses)[number];
  householdTier: HouseholdTier;
  memberTiers: readonly { personId: PersonId; tier: MemberTier }[];
  /** On the poverty-return list, and as which kind: beside the tier, never instead of it. */
  povertyReturnMonitoring: PovertyReturnKind | null;
  perCapitaMonthlyIncome: number | null;
  entitlements: readonly Entitlement[];
  /** Every test of every tier in statutory order, also those below the tier that was found. */
  tests: readonly TestLine[];
}

/** The lines of one tier, in the order of the trace. */
export const linesOfTier = (evaluation: Evaluation, tier: HouseholdTier): readonly TestLine[] =>
  evaluation.tests.filter((line) => line.tier === tier);
