import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const paymentRunStates = ['preparing', 'checked', 'releasing', 'released'] as const;
export type PaymentRunState = (typeof paymentRunStates)[number];
export type PaymentRunAction = 'list' | 'check' | 'release' | 'pay' | 'finish';

/**
 * A county's payments of a month: listed page by page and checked as they are listed; released by somebody else than who asked for
 * the list, and then checked once more, line by line, as each is paid.
 */
export const paymentRunLifecycle: Lifecycle<PaymentRunState, PaymentRunAction, Actor> = {
  list: { from: ['preparing'], to: 'preparing', by: ['workflow'] },
  check: { from: ['preparing'], to: 'checked', by: ['workflow'] },
  release: { from: ['checked'], to: 'releasing', by: ['county-worker', 'approver'] },
  pay: { from: ['releasing'], to: 'releasing', by: ['workflow'] },
  finish: { from: ['releasing'], to: 'released', by: ['workflow'] },
};

export const paymentLineStates = ['ready', 'held', 'released'] as const;
export type PaymentLineState = (typeof paymentLineStates)[number];
export type PaymentLineAction = 'release' | 'hold';

/** A line begins `ready`, or `held` with its reasons. Once held or released it is never written again: corrections are entries. */
export const paymentLineLifecycle: Lifecycle<PaymentLineState, PaymentLineAction, Actor> = {
  release: { from: ['ready'], to: 'released', by: ['workflow'] },
  hold: { from: ['ready'], to: 'held', by: ['workflow'] },
};
