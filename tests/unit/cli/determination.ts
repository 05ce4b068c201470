import { DeterminationView, TraceView } from '../../../contracts/api/reviews.ts';
import { evidence } from '../../../domain/eligibility/evidence.ts';
import { reasons } from '../../../domain/eligibility/explain.ts';
import { monthlyAmountOf } from '../../../domain/reviews/form-opinion.ts';
import { appealRoute } from '../../../policies/shanxi/notices.ts';
import { date, decide, householdOf, yuan } from '../domain/household-builder.ts';

export const determinationId = `det_${'a'.repeat(32)}`;

/** A couple with 375 yuan a head a month: on the allowance, decided by the real rules. */
const evaluation = decide(householdOf([{ facts: { 'income.wages': yuan(9_000) } }, { facts: { 'income.other': 0 } }]));

/** The determination as the API answers it in a language. */
export const determinationIn = (language: 'zh' | 'en'): DeterminationView =>
  DeterminationView.parse({
    determinationId,
    applicationId: `app_${'b'.repeat(32)}`,
    reviewId: `rev_${'c'.repeat(32)}`,
    householdId: evaluation.householdId,
    division: '140922100',
    outcome: 'granted',
    tier: evaluation.householdTier,
    memberTiers: evaluation.memberTiers,
    entitlements: evaluation.entitlements.map(({ citation: _citation, ...entitlement }) => entitlement),
    monthlyAmount: monthlyAmountOf(evaluation.entitlements),
    decidedOn: date('2026-11-24'),
    payableFrom: date('2026-12-01'),
    recordedAt: '2026-11-24T08:00:00.000Z',
    workingDaysUsed: 12,
    policyVersion: evaluation.policyVersion,
    origin: 'review',
    change: null,
    reasons: reasons(evaluation, language),
    evidence: evidence(evaluation, language),
    items: [],
    appeal: appealRoute[language],
  });

/** Its trace. */
export const trace: TraceView = TraceView.parse({
  determinationId,
  policyVersion: evaluation.policyVersion,
  date: evaluation.date,
  status: evaluation.status,
  householdTier: evaluation.householdTier,
  povertyReturnMonitoring: evaluation.povertyReturnMonitoring,
  perCapitaMonthlyIncome: evaluation.perCapitaMonthlyIncome,
  tests: evaluation.tests,
});
