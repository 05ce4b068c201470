import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const subscriptionStates = ['active', 'removed'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];
export type SubscriptionAction = 'register' | 'replace-secret' | 'remove' | 'give-up';

/**
 * Where a department is called. One that was removed may be registered again; nobody is called in between. That calls were given up
 * is a mark: it moves nothing, and the next referral is called about again.
 */
export const subscriptionLifecycle: Lifecycle<SubscriptionState, SubscriptionAction, Actor> = {
  'register': { from: ['removed'], to: 'active', by: ['agency'] },
  'replace-secret': { from: ['active'], to: 'active', by: ['agency'] },
  'remove': { from: ['active'], to: 'removed', by: ['agency'] },
  'give-up': { from: ['active'], to: 'active', by: ['workflow'] },
};
