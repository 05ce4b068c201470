import type { ReferralView, VerificationBody } from '../../contracts/api/referrals.ts';
import { type Outcome, refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { conflictOfDuty } from '../../domain/access/separation-of-duty.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { disputed, verified } from '../../domain/referrals/referral-moves.ts';
import { moveReferral } from './move-referral.ts';

/** Closes a referral whose outcome was found to be true, by someone who did not report it; or gives it back to the department. */
export const verifyReferral = (
  dependencies: Dependencies,
  principal: Principal,
  referralId: ReferralId,
  { result, how }: VerificationBody,
): Promise<Outcome<ReferralView>> =>
  moveReferral(dependencies, {
    principal,
    referralId,
    decide: (referral, clocks, at) => {
      const { outcome, verification, state } = referral;
      const isRepeated = state === 'closed' && verification?.by === principal.subject && verification.how === how;
      if (isRepeated && result === 'confirmed') return { done: true };
      const reporters = outcome === null ? [] : [{ duty: 'report-outcome', subject: outcome.by } as const];
      const conflict = conflictOfDuty('verify-outcome', principal.subject, reporters);
      if (conflict !== undefined) return refuse(conflict.problem);
      return result === 'confirmed'
        ? { action: 'verify', event: 'ReferralVerified', next: verified(referral, how, principal.subject, at) }
        : { action: 'dispute', event: 'ReferralDisputed', next: disputed(clocks, referral, at) };
    },
  });
