import type { ReferralView } from '../../contracts/api/referrals.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReachReferral } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReferralId } from '../../domain/ids.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { referralViewOf } from './referral-view.ts';

/** A referral the caller reaches; undefined when there is none or it is another's, which look the same from outside. */
export const visibleReferral = async (
  { store }: Pick<Dependencies, 'store'>,
  principal: Principal,
  referralId: ReferralId,
): Promise<Referral | undefined> => {
  const referral = await store.referral(referralId);
  return referral !== undefined && mayReachReferral(principal, referral) ? referral : undefined;
};

export const readReferral = async (
  dependencies: Dependencies,
  principal: Principal,
  referralId: ReferralId,
): Promise<Outcome<ReferralView>> => {
  const referral = await visibleReferral(dependencies, principal, referralId);
  if (referral === undefined) return refuse('not-found');
  const policy = await dependencies.policies.inForce();
  return succeed(referralViewOf(referral, policy), { version: referral.version });
};
