import type { Application } from '../applications/application.ts';
import type { LocalDate } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { evaluate } from '../eligibility/evaluate.ts';
import type { Evaluation } from '../eligibility/evaluation.ts';
import type { HouseholdTier } from '../eligibility/tiers.ts';
import type { Household } from '../households/household.ts';
import { Fen } from '../money.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { NextStep, Opinion } from './review.ts';

/** What the household asked for by applying; a lower tier needs its consent (D39 section 5, one application for all tiers). */
const tiersOfApplication: readonly HouseholdTier[] = ['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE'];

/** Whether the tier found may be granted: the household asked for it, or agreed to be considered for the next one. */
export const mayBeGranted = (evaluation: Evaluation, application: Application): boolean =>
  evaluation.householdTier !== 'NONE' &&
  (application.consentToNextTier || tiersOfApplication.includes(evaluation.householdTier));

/** Money per month of all entitlements together, in fen. */
export const monthlyAmountOf = (entitlements: readonly { amount: Fen; period: string }[]): Fen =>
  Fen.parse(entitlements.reduce((sum, { amount, period }) => (period === 'month' ? sum + amount : sum), 0));

/** Hash of an evaluation, so that two can be told to be the same decision. */
export const evaluationHashOf = (digest: Digest, evaluation: Evaluation): string => digest(JSON.stringify(evaluation));

/** "Who aids publishes": aid goes to public notice, a tier without aid and a refusal go to the county, a doubt to the panel. */
const nextStepOf = (evaluation: Evaluation, application: Application): NextStep => {
  if (evaluation.status === 'cannot-decide') return 'panel';
  return mayBeGranted(evaluation, application) && evaluation.entitlements.length > 0 ? 'publish' : 'confirm';
};

/** Applies the rules to a household on a date and keeps what the review needs of the result. */
export const formOpinion = (
  digest: Digest,
  household: Household,
  application: Application,
  policy: PolicyPack,
  date: LocalDate,
): { evaluation: Evaluation; opinion: Opinion } => {
  const evaluation = evaluate(household, policy, date);
  return {
    evaluation,
    opinion: {
      formedOn: date,
      tier: evaluation.householdTier,
      monthlyAmount: mayBeGranted(evaluation, application) ? monthlyAmountOf(evaluation.entitlements) : Fen.parse(0),
      next: nextStepOf(evaluation, application),
      evaluationHash: evaluationHashOf(digest, evaluation),
    },
  };
};
