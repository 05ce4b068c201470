import { type OutcomeBody, ReferralView } from '../../contracts/api/referrals.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { reported } from '../../domain/referrals/referral-moves.ts';
import { answeredBefore } from '../answered-before.ts';
import { moveReferral } from './move-referral.ts';
import { visibleReferral } from './read-referral.ts';

export interface OutcomeReport {
  principal: Principal;
  referralId: ReferralId;
  body: OutcomeBody;
  idempotencyKey: string;
  fingerprint: string;
}

/**
 * Takes down what came of a need. The same report again, under the same key or another, gets the same answer; after the referral
 * is closed another report is refused with the state that stands.
 */
export const reportOutcome = async (
  dependencies: Dependencies,
  report: OutcomeReport,
): Promise<Outcome<ReferralView>> => {
  const { principal, referralId, body, idempotencyKey, fingerprint } = report;
  const before = await answerBefore(dependencies, report);
  if (before !== undefined) return before;
  const requestHash = dependencies.digest(JSON.stringify([principal.subject, body])).slice(0, 32);
  const outcome = await moveReferral(dependencies, {
    principal,
    referralId,
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint },
    decide: (referral, clocks, at) => {
      if (body.on > dateInChina(at)) {
        return refuse('validation-failed', { errors: [{ field: '/on', code: fault('date.future') }] });
      }
      if (referral.state === 'reported' && referral.outcome?.requestHash === requestHash) return { done: true };
      return {
        action: 'report',
        event: 'ReferralReported',
        next: reported(clocks, referral, { ...body, at, by: principal.subject, requestHash }),
      };
    },
  });
  if (outcome.ok || outcome.problem !== 'store-unavailable') return outcome;
  return (await answerBefore(dependencies, report)) ?? outcome;
};

const answerBefore = async (
  dependencies: Dependencies,
  { principal, referralId, idempotencyKey, fingerprint }: OutcomeReport,
): Promise<Outcome<ReferralView> | undefined> => {
  const caller = principal.subject;
  const answer = await answeredBefore(dependencies, { caller, idempotencyKey, fingerprint }, ReferralView);
  // What has been referred to another department since is no longer this one's to read.
  if (answer?.ok === true && (await visibleReferral(dependencies, principal, referralId)) === undefined)
    return refuse('not-found');
  return answer;
};
