import type { LocalDate } from '../../../../domain/dates.ts';
import type { Entitlement, Evaluation, TestInput, TestLine } from '../../../../domain/eligibility/evaluation.ts';
import type { MemberTier } from '../../../../domain/eligibility/tiers.ts';
import type { HouseholdId, PersonId } from '../../../../domain/ids.ts';

/* Evaluations and lines of a trace by hand, for what only reads them: no pack is loaded and no household decided. */

export const home = `hh_${'0'.repeat(32)}` as HouseholdId;
export const member = (place: number): PersonId => `per_${String(place).padStart(32, '0')}` as PersonId;

export const threshold = (value: number | string | boolean, unit: string): TestLine['threshold'] => ({
  parameter: 'a.parameter',
  value,
  unit,
  validFrom: '2022-01-01' as LocalDate,
  basis: 'statute',
});

/** The income line of the allowance, passed by 26 yuan, unless told otherwise. */
export const line = (changes: Partial<TestLine> = {}): TestLine => ({
  code: 'mla.income',
  tier: 'MINIMUM_LIVING_ALLOWANCE',
  subject: home,
  comparison: '<',
  measured: 47_000,
  unit: 'fen-per-month',
  inputs: [],
  threshold: threshold(49_600, 'fen-per-month'),
  result: 'pass',
  distance: 2_600,
  citation: 'D14 article 9',
  wouldChange: { name: 'per-capita-income', atLeast: 49_600 },
  cause: null,
  ...changes,
});

/** A test that failed and would not with that change. */
export const obstacle = (
  tier: TestLine['tier'],
  code: string,
  wouldChange: TestLine['wouldChange'],
  changes: Partial<TestLine> = {},
): TestLine => line({ tier, code, result: 'fail', wouldChange, ...changes });

export const input = (changes: Partial<TestInput> = {}): TestInput => ({
  name: 'income.wages',
  subject: member(1),
  value: 600_000,
  unit: 'fen-per-12-months',
  dataset: 'tax',
  asOf: '2026-10-01' as LocalDate,
  ageDays: 54,
  ...changes,
});

export const paid = (amount: number): Entitlement => ({
  item: 'minimum-living-allowance',
  personId: null,
  amount: amount as Entitlement['amount'],
  period: 'month',
  citation: 'D57 article 23',
});

/** Members with these tiers of their own, in the order of the household. */
export const members = (...tiers: readonly MemberTier[]): Evaluation['memberTiers'] =>
  tiers.map((tier, index) => ({ personId: member(index + 1), tier }));

export const evaluationOf = (tests: readonly TestLine[], changes: Partial<Evaluation> = {}): Evaluation => ({
  policyVersion: 'by hand',
  date: '2026-11-24' as LocalDate,
  householdId: home,
  status: 'decided',
  householdTier: 'NONE',
  memberTiers: members('NONE'),
  povertyReturnMonitoring: null,
  perCapitaMonthlyIncome: null,
  entitlements: [],
  tests,
  ...changes,
});
