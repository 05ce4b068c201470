import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/access/roles.ts';
import { alertLifecycle, alertStates } from '../../../domain/lifecycles/alert.ts';
import { applicationLifecycle, applicationStates } from '../../../domain/lifecycles/application.ts';
import { emergencyAidLifecycle, emergencyAidStates } from '../../../domain/lifecycles/emergency-aid.ts';
import { feedLifecycle, feedStates } from '../../../domain/lifecycles/feed.ts';
import { grievanceLifecycle, grievanceStates } from '../../../domain/lifecycles/grievance.ts';
import type { Lifecycle } from '../../../domain/lifecycles/lifecycle.ts';
import { noticeLifecycle, noticeStates } from '../../../domain/lifecycles/notice.ts';
import {
  paymentLineLifecycle,
  paymentLineStates,
  paymentRunLifecycle,
  paymentRunStates,
} from '../../../domain/lifecycles/payment-run.ts';
import { reportLifecycle, reportStates } from '../../../domain/lifecycles/report.ts';
import { reviewLifecycle, reviewStates } from '../../../domain/lifecycles/review.ts';
import { taskKinds, taskLifecycle, taskPerformers, taskStates } from '../../../domain/lifecycles/task.ts';

const tables: readonly (readonly [string, Lifecycle<string, string, Actor>, readonly string[], readonly string[]])[] = [
  ['application', applicationLifecycle, applicationStates, ['granted', 'refused', 'withdrawn']],
  ['review', reviewLifecycle, reviewStates, ['concluded', 'cancelled']],
  ['task', taskLifecycle, taskStates, ['completed', 'cancelled']],
  ['quick aid', emergencyAidLifecycle, emergencyAidStates, ['closed', 'withdrawn']],
  ['alert', alertLifecycle, alertStates, ['disposed']],
  ['grievance', grievanceLifecycle, grievanceStates, ['refused', 'upheld', 'rejected', 'withdrawn']],
  ['feed', feedLifecycle, feedStates, ['applied', 'failed', 'discarded']],
  [
    'report',
    reportLifecycle,
    reportStates,
    ['application-taken', 'known-already', 'not-found', 'not-in-need', 'not-wanted'],
  ],
  ['payment run', paymentRunLifecycle, paymentRunStates, ['released']],
  ['payment line', paymentLineLifecycle, paymentLineStates, ['held', 'released']],
  ['notice', noticeLifecycle, noticeStates, ['ended', 'objected', 'withdrawn']],
];

describe.each(tables)('the lifecycle of a %s', (_name, lifecycle, states, ends) => {
  it('knows every state it names, and leads on from none of its ends', () => {
    const moves = Object.values(lifecycle);
    for (const { from, to } of moves) {
      expect(states).toContain(to);
      for (const state of from) expect(states).toContain(state);
      for (const end of ends) expect(from).not.toContain(end);
    }
  });

  it('reaches every end from its first state', () => {
    const reached = new Set([states[0]]);
    for (let grown = true; grown; ) {
      const before = reached.size;
      for (const { from, to } of Object.values(lifecycle))
        if (from.some((state) => reached.has(state))) reached.add(to);
      grown = reached.size > before;
    }
    for (const end of ends) expect(reached).toContain(end);
  });
});

describe('the separation of duties', () => {
  it('has nobody but the approver confirm at the county, and no approver assess', () => {
    expect(taskPerformers['county-confirmation']).toStrictEqual(['approver']);
    expect(taskPerformers['field-assessment']).not.toContain('approver');
  });

  it('has a performer who may complete the task, for every kind', () => {
    for (const kind of taskKinds) {
      expect(taskPerformers[kind].length).toBeGreaterThan(0);
      for (const actor of taskPerformers[kind]) expect(taskLifecycle.complete.by).toContain(actor);
    }
    expect(taskLifecycle.complete.from).toContain('open');
  });
});
