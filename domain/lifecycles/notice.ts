import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const noticeStates = ['published', 'ended', 'objected', 'withdrawn'] as const;
export type NoticeState = (typeof noticeStates)[number];
export type NoticeAction = 'end' | 'object' | 'withdraw';

/** A notice ends by itself when its days have passed, and by nobody's hand earlier; an objection leads to a new assessment. */
export const noticeLifecycle: Lifecycle<NoticeState, NoticeAction, Actor> = {
  end: { from: ['published'], to: 'ended', by: ['sweep'] },
  object: { from: ['published'], to: 'objected', by: ['public'] },
  withdraw: { from: ['published'], to: 'withdrawn', by: ['township-worker', 'county-worker', 'agency', 'workflow'] },
};
