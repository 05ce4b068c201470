import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const emergencyAidStates = ['granted', 'paid', 'documented', 'closed', 'withdrawn'] as const;
export type EmergencyAidState = (typeof emergencyAidStates)[number];
export type EmergencyAidAction = 'pay' | 'supply-papers' | 'close' | 'withdraw';

/** Who gives quick aid: the township where the emergency happens, or the county (DTA26). */
export const emergencyWorkers = ['township-worker', 'county-worker'] as const satisfies readonly Actor[];

/**
 * Quick aid in an emergency (DTA26): granted without a check of means and without public notice, paid, and only then are papers
 * due. It is closed once somebody has looked whether the hardship lasts. What was granted and never paid out is withdrawn, and
 * its money goes back to the reserve.
 */
export const emergencyAidLifecycle: Lifecycle<EmergencyAidState, EmergencyAidAction, Actor> = {
  'pay': { from: ['granted'], to: 'paid', by: emergencyWorkers },
  'supply-papers': { from: ['paid'], to: 'documented', by: emergencyWorkers },
  'close': { from: ['documented'], to: 'closed', by: emergencyWorkers },
  'withdraw': { from: ['granted'], to: 'withdrawn', by: emergencyWorkers },
};
