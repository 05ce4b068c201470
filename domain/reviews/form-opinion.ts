import type { Application } from '../applications/application.ts';
import type { LocalDate } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { evaluate } from '../eligibility/evaluate.ts';
import type { Evaluation } from '../eligibility/evaluation.ts';
import type { Household } from '../households/household.ts';
import { Fen } from '../money.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { type Grant, grantOf } from './grant.ts';
import type { NextStep, Opinion } from './review.ts';

/** Money per month of all entitlements together, in fen. */
export const monthlyAmountOf = (entitlements: readonly { amount: Fen; period: string }[]): Fen =>
  Fen.parse(entitlements.reduce((sum, { amount, period }) => (period === 'month' ? sum + amount : sum), 0));

/** Hash of an evaluation, so that two can be told to be the same decision. */
export const evaluationHashOf = (digest: Digest, evaluation: Evaluation): string => digest(JSON.stringify(evaluation));

/** "Who aids publishes": aid goes to public notice, a tier without aid and a refusal go to the county, a doubt to the panel. */
const nextStepOf = (evaluation: Evaluation, grant: Grant): NextStep => {
  if (evaluation.status === 'cannot-decide') return 'panel';
  return grant.entitlements.length > 0 ? 'publish' : 'confirm';
};

/** Applies the rules to a household on a date and keeps what the review needs of the result. */
export const formOpinion = (
  digest: Digest,
  household: Household,
  application: Application,
  policy: PolicyPack,
  date: LocalDate,
): { evaluation: Evaluation; grant: Grant; opinion: Opinion } => {
  const evaluation = evaluate(household, policy, date);
  const grant = grantOf(evaluation, application);
  return {
    evaluation,
    grant,
    opinion: {
      formedOn: date,
      policyVersion: policy.version,
      tier: grant.tier,
      monthlyAmount: monthlyAmountOf(grant.entitlements),
      next: nextStepOf(evaluation, grant),
      evaluationHash: evaluationHashOf(digest, evaluation),
    },
  };
};
