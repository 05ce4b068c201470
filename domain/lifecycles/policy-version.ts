import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const policyVersionStates = ['draft', 'simulated', 'activated', 'withdrawn'] as const;
export type PolicyVersionState = (typeof policyVersionStates)[number];
export type PolicyVersionAction = 'simulate' | 'activate' | 'withdraw';

/**
 * A version of the policy. Officers ask, the workflow moves: only a finished simulation makes a draft `simulated`, and only a run
 * that found the roster as it was simulated makes it `activated`. What is in force is never withdrawn, only followed by another.
 */
export const policyVersionLifecycle: Lifecycle<PolicyVersionState, PolicyVersionAction, Actor> = {
  simulate: { from: ['draft', 'simulated'], to: 'simulated', by: ['workflow'] },
  activate: { from: ['simulated'], to: 'activated', by: ['workflow'] },
  withdraw: { from: ['draft', 'simulated'], to: 'withdrawn', by: ['provincial', 'administrator'] },
};

export const policyRunStates = ['requested', 'running', 're-deciding', 'done', 'refused', 'failed'] as const;
export type PolicyRunState = (typeof policyRunStates)[number];
export type PolicyRunAction = 'begin' | 'conclude' | 're-decide' | 'finish' | 'refuse' | 'fail';

/** One run over the roster, moved by the workflow: it reads all households, concludes, and when it activates decides anew. Once it decides, it goes on until all is decided: it cannot fail. */
export const policyRunLifecycle: Lifecycle<PolicyRunState, PolicyRunAction, Actor> = {
  'begin': { from: ['requested'], to: 'running', by: ['workflow'] },
  'conclude': { from: ['running'], to: 'done', by: ['workflow'] },
  're-decide': { from: ['running'], to: 're-deciding', by: ['workflow'] },
  'finish': { from: ['re-deciding'], to: 'done', by: ['workflow'] },
  'refuse': { from: ['requested', 'running'], to: 'refused', by: ['workflow'] },
  'fail': { from: ['requested', 'running'], to: 'failed', by: ['workflow'] },
};
