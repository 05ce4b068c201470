import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const reviewStates = ['opened', 'assessing', 'opinion-formed', 'with-panel', 'concluded', 'cancelled'] as const;
export type ReviewState = (typeof reviewStates)[number];
export type ReviewAction = 'evaluate' | 'form-opinion' | 'reassess' | 'refer-to-panel' | 'conclude' | 'cancel';

const underWay = ['opened', 'assessing', 'opinion-formed', 'with-panel'] as const;

/**
 * One run of classified review, moved by the workflow. Who has it on the desk just now is said by its open task or notice; the
 * review itself says how far the opinion has got. An objection or a return by the county leads back to a new assessment.
 */
export const reviewLifecycle: Lifecycle<ReviewState, ReviewAction, Actor> = {
  'evaluate': { from: ['opened', 'with-panel'], to: 'assessing', by: ['workflow'] },
  'form-opinion': { from: ['assessing'], to: 'opinion-formed', by: ['workflow'] },
  'reassess': { from: ['opinion-formed'], to: 'assessing', by: ['workflow'] },
  'refer-to-panel': { from: underWay, to: 'with-panel', by: ['workflow'] },
  'conclude': { from: ['opinion-formed'], to: 'concluded', by: ['workflow'] },
  'cancel': { from: underWay, to: 'cancelled', by: ['township-worker', 'county-worker', 'agency'] },
};
