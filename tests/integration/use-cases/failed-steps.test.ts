import { afterAll, beforeAll, expect, test } from 'vitest';
import { TaskResult } from '../../../contracts/api/tasks.ts';
import { objectToNotice } from '../../../functions/notices/object-to-notice.ts';
import { approver, countyWorker, couple } from '../../support/people.ts';
import { bodyOf, type ReviewSteps, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

/** A step may fail after it has stored what it opened: its function ran out of time, or its reply was lost for good. */

let roster: TestRoster;
let steps: ReviewSteps;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());

test('a notice whose step failed is taken out of public as the panel takes over: no objection to it can be lost', async () => {
  const { reviewId } = await steps.submitToVisit();
  await steps.visit(reviewId);
  const notice = await steps.publish(reviewId);
  const panel = await steps.open(reviewId, 'case-panel');
  expect(await roster.store.notice(notice.noticeId)).toMatchObject({ state: 'withdrawn', version: 2 });
  const objection = {
    noticeId: notice.noticeId,
    grounds: 'They let a shop on the main street.',
    idempotencyKey: 'an-objection-too-late',
    fingerprint: 'a fingerprint',
  };
  expect(await objectToNotice(roster.dependencies, objection)).toEqual({
    ok: false,
    problem: 'lifecycle-conflict',
    state: 'withdrawn',
  });
  const answer = TaskResult.parse({ kind: 'case-panel', findings: [], note: 'The panel has looked at it.' });
  bodyOf(await steps.complete(panel.taskId, answer, countyWorker));
  await steps.toVisit(reviewId);
  await steps.visit(reviewId);
  expect((await steps.publish(reviewId)).noticeId).not.toBe(notice.noticeId);
});

test('a confirmation whose step failed is asked of nobody any more', async () => {
  const { reviewId } = await steps.submitToConfirmation();
  const { taskId } = await steps.taskNow(reviewId, 'county-confirmation');
  await steps.open(reviewId, 'case-panel');
  expect(await roster.store.task(taskId)).toMatchObject({ state: 'cancelled' });
  expect(await steps.complete(taskId, steps.decision('confirm'), approver)).toMatchObject({
    problem: 'lifecycle-conflict',
    state: 'cancelled',
  });
});

test('papers stay asked for when the step that asked for them failed, since they are still missing', async () => {
  const { reviewId } = await steps.submit(couple({ papers: 'none' }));
  const { taskId } = await steps.open(reviewId, 'supply-papers');
  await steps.open(reviewId, 'case-panel');
  expect(await roster.store.task(taskId)).toMatchObject({ state: 'open' });
});
