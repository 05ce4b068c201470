import type { Actor } from '../access/roles.ts';
import type { Lifecycle } from './lifecycle.ts';

export const feedStates = ['announced', 'checking', 'checked', 'applying', 'applied', 'failed', 'discarded'] as const;
export type FeedState = (typeof feedStates)[number];
export type FeedAction = 'check' | 'report' | 'commit' | 'finish' | 'fail' | 'discard';

const givers = ['agency', 'provincial', 'administrator'] as const;

/**
 * A department's file: announced and uploaded in parts; checked by a dry run that changes nothing; committed on what the dry run showed, and
 * applied row by row. A file that cannot be read fails as a whole.
 */
export const feedLifecycle: Lifecycle<FeedState, FeedAction, Actor> = {
  check: { from: ['announced'], to: 'checking', by: givers },
  report: { from: ['checking'], to: 'checked', by: ['workflow'] },
  commit: { from: ['checked'], to: 'applying', by: givers },
  finish: { from: ['applying'], to: 'applied', by: ['workflow'] },
  fail: { from: ['checking', 'applying'], to: 'failed', by: ['workflow'] },
  discard: { from: ['announced', 'checked'], to: 'discarded', by: givers },
};
