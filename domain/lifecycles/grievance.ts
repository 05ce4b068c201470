import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const grievanceStates = ['received', 'accepted', 'refused', 'upheld', 'rejected', 'withdrawn'] as const;
export type GrievanceState = (typeof grievanceStates)[number];
export type GrievanceAction = 'accept' | 'refuse' | 'uphold' | 'reject' | 'withdraw';

/** Who examines: the county. Which of its officers may not, the separation of duty says. */
export const grievanceExaminers = ['county-worker', 'approver'] as const satisfies readonly Actor[];
/** Who takes a grievance down for somebody, and says that it was taken back. */
const takers = ['township-worker', 'county-worker', 'agency'] as const satisfies readonly Actor[];

/**
 * A complaint or an application for administrative review: accepted, or refused with a reason; what was accepted is upheld or
 * rejected with reasons. Whoever complained may take it back until then.
 */
export const grievanceLifecycle: Lifecycle<GrievanceState, GrievanceAction, Actor> = {
  accept: { from: ['received'], to: 'accepted', by: grievanceExaminers },
  refuse: { from: ['received'], to: 'refused', by: grievanceExaminers },
  uphold: { from: ['accepted'], to: 'upheld', by: grievanceExaminers },
  reject: { from: ['accepted'], to: 'rejected', by: grievanceExaminers },
  withdraw: { from: ['received', 'accepted'], to: 'withdrawn', by: takers },
};
