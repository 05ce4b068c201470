import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const assistanceEntryStates = ['claimed', 'granted', 'delivered', 'ended', 'recovered'] as const;
export type AssistanceEntryState = (typeof assistanceEntryStates)[number];
export type AssistanceEntryAction = 'grant' | 'deliver' | 'end' | 'recover';

/** Who gives aid: departments, and Civil Affairs by its officers. */
const givers = ['agency', 'township-worker', 'county-worker'] as const satisfies readonly Actor[];
const underWay = ['claimed', 'granted'] as const satisfies readonly AssistanceEntryState[];

/**
 * An entry begins `claimed`, or `delivered` where nobody claimed first. What has ended stands for the time before its end; what was
 * given wrongly is recovered. Granting and recovering are the workflow's: no route leads to them.
 */
export const assistanceEntryLifecycle: Lifecycle<AssistanceEntryState, AssistanceEntryAction, Actor> = {
  grant: { from: ['claimed'], to: 'granted', by: ['workflow'] },
  deliver: { from: underWay, to: 'delivered', by: givers },
  end: { from: [...underWay, 'delivered'], to: 'ended', by: givers },
  recover: { from: ['delivered', 'ended'], to: 'recovered', by: ['workflow'] },
};
