import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const alertStates = ['open', 'disposed'] as const;
export type AlertState = (typeof alertStates)[number];
export type AlertAction = 'refresh' | 'move' | 'dispose';

/** Who disposes of an alert: the county. */
export const alertDisposers = ['county-worker', 'approver'] as const satisfies readonly Actor[];

/**
 * An alert stays open until somebody disposes of it in one of the four ways; later facts make its evidence new, it moves with its
 * household, and nothing closes it by itself. What has changed after that is another alert.
 */
export const alertLifecycle: Lifecycle<AlertState, AlertAction, Actor> = {
  refresh: { from: ['open'], to: 'open', by: ['workflow'] },
  move: { from: ['open'], to: 'open', by: ['workflow'] },
  dispose: { from: ['open'], to: 'disposed', by: alertDisposers },
};
