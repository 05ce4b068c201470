import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const referralStates = [
  'sent',
  'accepted',
  'returned',
  'with-panel',
  'reported',
  'closed',
  'withdrawn',
] as const;
export type ReferralState = (typeof referralStates)[number];
export type ReferralAction =
  | 'accept'
  | 'return'
  | 'refer-to-panel'
  | 'reroute'
  | 'report'
  | 'verify'
  | 'dispute'
  | 'withdraw';

/** States in which somebody still has something to do: each has a deadline. */
export const openReferralStates = ['sent', 'accepted', 'returned', 'with-panel', 'reported'] as const;

const officers = ['township-worker', 'county-worker', 'approver'] as const satisfies readonly Actor[];
const county = ['county-worker', 'approver'] as const satisfies readonly Actor[];

/**
 * One need, handed to one department. An outcome that is reported before the referral was accepted accepts it by that. What a
 * department returns waits for an officer to choose another; the third return goes to the case panel. Only what has been verified is
 * closed; what the household does not confirm is the department's again. Reminders and escalations are marks, not moves: they make
 * lateness visible and close nothing.
 */
export const referralLifecycle: Lifecycle<ReferralState, ReferralAction, Actor> = {
  'accept': { from: ['sent'], to: 'accepted', by: ['agency'] },
  'return': { from: ['sent', 'accepted'], to: 'returned', by: ['agency'] },
  'refer-to-panel': { from: ['sent', 'accepted'], to: 'with-panel', by: ['agency'] },
  'reroute': { from: ['sent', 'returned', 'with-panel'], to: 'sent', by: county },
  'report': { from: ['sent', 'accepted'], to: 'reported', by: ['agency'] },
  'verify': { from: ['reported'], to: 'closed', by: officers },
  'dispute': { from: ['reported'], to: 'accepted', by: officers },
  'withdraw': { from: ['sent', 'accepted', 'returned', 'with-panel'], to: 'withdrawn', by: ['workflow'] },
};
