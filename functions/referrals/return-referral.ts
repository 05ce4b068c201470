import type { ReferralView, ReturnBody } from '../../contracts/api/referrals.ts';
import type { Outcome } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReferralId } from '../../domain/ids.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { returned, returnMove } from '../../domain/referrals/referral-moves.ts';
import { moveReferral } from './move-referral.ts';

const isReturned = ({ state, returns }: Referral, reason: string): boolean =>
  (state === 'returned' || state === 'with-panel') && returns.at(-1)?.reason === reason;

/** Gives a referral back, for a reason of the list. Returned twice for the same reason it is returned once. */
export const returnReferral = (
  dependencies: Dependencies,
  principal: Principal,
  referralId: ReferralId,
  { reason }: ReturnBody,
): Promise<Outcome<ReferralView>> =>
  moveReferral(dependencies, {
    principal,
    referralId,
    decide: (referral, clocks, at) =>
      isReturned(referral, reason)
        ? { done: true }
        : {
            action: returnMove(referral),
            event: 'ReferralReturned',
            next: returned(clocks, referral, reason, at),
          },
  });
