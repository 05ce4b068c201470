import type { ReferralView, ReroutingBody } from '../../contracts/api/referrals.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { receivingDepartments } from '../../domain/referrals/receiving-departments.ts';
import { rerouted } from '../../domain/referrals/referral-moves.ts';
import { moveReferral } from './move-referral.ts';

/** Sends a referral on: to a department that takes it, or to the same one once what it missed is there. */
export const rerouteReferral = (
  dependencies: Dependencies,
  principal: Principal,
  referralId: ReferralId,
  { department }: ReroutingBody,
): Promise<Outcome<ReferralView>> =>
  moveReferral(dependencies, {
    principal,
    referralId,
    decide: (referral, clocks, at) => {
      if (!receivingDepartments(clocks.policy).includes(department)) {
        return refuse('validation-failed', { errors: [{ field: '/department', code: fault('referral.department') }] });
      }
      if (referral.state === 'sent' && referral.department === department) return { done: true };
      return {
        action: 'reroute',
        event: 'ReferralRerouted',
        next: rerouted(clocks, referral, department, at),
      };
    },
  });
