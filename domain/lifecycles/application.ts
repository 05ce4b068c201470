import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const applicationStates = [
  'submitted',
  'awaiting-papers',
  'accepted',
  'granted',
  'refused',
  'withdrawn',
] as const;
export type ApplicationState = (typeof applicationStates)[number];
export type ApplicationAction =
  | 'request-papers'
  | 'supplement-early'
  | 'supplement'
  | 'accept'
  | 'grant'
  | 'refuse'
  | 'withdraw';

const intake = ['township-worker', 'county-worker', 'agency'] as const satisfies readonly Actor[];

/**
 * An application with all its papers is accepted as it comes in; otherwise what is missing is asked for once, all together
 * (D57 article 10), and the last paper accepts it. A decision or a withdrawal ends it.
 */
export const applicationLifecycle: Lifecycle<ApplicationState, ApplicationAction, Actor> = {
  'request-papers': { from: ['submitted'], to: 'awaiting-papers', by: ['workflow'] },
  // Before anything was asked for the application goes on waiting to be looked at, so that the rest can still be asked for.
  'supplement-early': { from: ['submitted'], to: 'submitted', by: intake },
  'supplement': { from: ['awaiting-papers'], to: 'awaiting-papers', by: intake },
  'accept': { from: ['submitted', 'awaiting-papers'], to: 'accepted', by: intake },
  'grant': { from: ['accepted'], to: 'granted', by: ['workflow'] },
  'refuse': { from: ['accepted'], to: 'refused', by: ['workflow'] },
  'withdraw': { from: ['submitted', 'awaiting-papers', 'accepted'], to: 'withdrawn', by: intake },
};
