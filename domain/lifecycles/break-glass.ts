import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const breakGlassStates = ['open', 'ended'] as const;
export type BreakGlassState = (typeof breakGlassStates)[number];
export type BreakGlassAction = 'end';

/** A grant ends by itself when its time is over, without a move; the officer or the province may end it earlier. */
export const breakGlassLifecycle: Lifecycle<BreakGlassState, BreakGlassAction, Actor> = {
  end: { from: ['open'], to: 'ended', by: ['township-worker', 'county-worker', 'approver', 'provincial'] },
};
