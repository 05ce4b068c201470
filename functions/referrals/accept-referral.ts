import type { ReferralView } from '../../contracts/api/referrals.ts';
import type { Outcome } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { accepted } from '../../domain/referrals/referral-moves.ts';
import { moveReferral } from './move-referral.ts';

/** Takes a referral on. Accepted twice it is accepted once. */
export const acceptReferral = (
  dependencies: Dependencies,
  principal: Principal,
  referralId: ReferralId,
): Promise<Outcome<ReferralView>> =>
  moveReferral(dependencies, {
    principal,
    referralId,
    decide: (referral, clocks, at) =>
      referral.state === 'accepted'
        ? { done: true }
        : { action: 'accept', event: 'ReferralAccepted', next: accepted(clocks, referral, at) },
  });
