import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TaskResult } from '../../../contracts/api/tasks.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { TaskId } from '../../../domain/ids.ts';
import { extendTask } from '../../../functions/tasks/extend-task.ts';
import { countyWorker, couple, townshipWorker, unclearCouple } from '../../support/people.ts';
import { bodyOf, type ReviewSteps, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReviewSteps;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());

const visitOf = async () => {
  const submitted = await steps.submitToVisit();
  return { ...submitted, task: await steps.taskNow(submitted.reviewId, 'field-assessment') };
};
const panelAnswer = TaskResult.parse({ kind: 'case-panel', findings: [], note: 'The panel has looked at it.' });

describe('extending a deadline', () => {
  const extend = (taskId: TaskId, reason: string, ifMatch = 1, principal: Principal = countyWorker) =>
    extendTask(roster.dependencies, principal, taskId, reason, ifMatch);

  test('adds what the law adds, for a statutory reason, and reminds anew', async () => {
    const { task } = await visitOf();
    expect(task.dueOn).toBe('2026-03-16');
    const extended = bodyOf(await extend(task.taskId, 'hard-to-check'));
    // 15 working days after 16 March 2026, over the holiday of Qingming on 6 April.
    expect(extended).toMatchObject({ dueOn: '2026-04-07', state: 'open', extendedFor: 'hard-to-check' });
    const stored = await roster.store.task(task.taskId);
    expect(stored?.remindAt && stored.remindAt > task.remindAt).toBe(true);
  });

  test('is done once', async () => {
    const { task } = await visitOf();
    bodyOf(await extend(task.taskId, 'objection'));
    expect(await writesNothing(roster, () => extend(task.taskId, 'out-of-area', 2))).toEqual({
      ok: false,
      problem: 'extension-not-allowed',
    });
  });

  test('is not done for another reason, on an older version, or for a task the law gives no more time', async () => {
    const { task } = await visitOf();
    expect(await writesNothing(roster, () => extend(task.taskId, 'much-to-do'))).toMatchObject({
      problem: 'validation-failed',
      errors: [{ field: '/reason', code: 'extension.reason' }],
    });
    expect(await writesNothing(roster, () => extend(task.taskId, 'objection', 5))).toMatchObject({
      problem: 'version-conflict',
      version: 1,
    });
    const { reviewId } = await steps.submit(couple({ papers: 'none', consents: false }));
    const papers = await steps.open(reviewId, 'supply-papers');
    expect(await extend(papers.taskId, 'objection')).toMatchObject({ problem: 'extension-not-allowed' });
  });

  test('of a finished task is refused with its state', async () => {
    const { task } = await visitOf();
    bodyOf(await steps.complete(task.taskId, steps.visitResult(), townshipWorker));
    expect(await extend(task.taskId, 'objection', 2)).toMatchObject({
      problem: 'lifecycle-conflict',
      state: 'completed',
    });
  });
});

describe('opening a task', () => {
  test('twice for one step, after a lost reply, is one task with the newer token', async () => {
    const { task, reviewId } = await visitOf();
    const before = (await roster.items('audit')).length;
    const { openTask } = await import('../../../functions/open-task/open-task.ts');
    const again = await openTask(roster.dependencies, reviewId, 'field-assessment', 'a newer token');
    expect(again).toEqual({ opened: task.taskId });
    expect(await roster.store.token(task.taskId)).toBe('a newer token');
    expect((await roster.items('audit')).length).toBe(before);
  });

  test('a case nobody can decide goes to the panel once, and from there to a new visit', async () => {
    const { reviewId } = await steps.submitToVisit(unclearCouple());
    expect(await steps.visit(reviewId)).toBe('panel');
    const panel = await steps.open(reviewId, 'case-panel');
    const again = await steps.open(reviewId, 'case-panel');
    expect(again).toEqual(panel);
    expect(await steps.reviewNow(reviewId)).toMatchObject({ state: 'with-panel', round: 2 });
    bodyOf(await steps.complete(panel.taskId, panelAnswer, countyWorker));
    const visit = await steps.toVisit(reviewId);
    expect(await steps.reviewNow(reviewId)).toMatchObject({ state: 'assessing', round: 2 });
    expect(visit.state).toBe('open');
  });
});
