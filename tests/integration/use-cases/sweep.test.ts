import { beforeEach, expect, test } from 'vitest';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { extendTask } from '../../../functions/tasks/extend-task.ts';
import { county, countyWorker, otherCounty, townshipWorker } from '../../support/people.ts';
import { bodyOf, type ReviewSteps, rememberingWorkflows, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReviewSteps;
beforeEach(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
  return () => roster.stop();
});
let workflows = rememberingWorkflows();
beforeEach(() => {
  workflows = rememberingWorkflows();
});

let failures: unknown[] = [];
beforeEach(() => {
  failures = [];
});
const runSweep = () =>
  sweep(
    { ...roster.dependencies, workflows },
    [county, otherCounty].map((code) => DivisionCode.parse(code)),
    (error) => failures.push(error),
  );
const nothing = {
  reminded: 0,
  escalated: 0,
  noticesEnded: 0,
  referralsReminded: 0,
  referralsEscalated: 0,
  reportsErased: 0,
  eventsRelayed: 0,
  parked: 0,
  failed: 0,
};

test('a task is reminded of at four fifths of its time, once, and escalated at the end of its last day, once', async () => {
  const { reviewId } = await steps.submitToVisit();
  const task = await steps.taskNow(reviewId, 'field-assessment');
  expect(task).toMatchObject({ openedAt: '2026-03-02T01:00:00.000Z', dueOn: '2026-03-16' });
  // Opened at 09:00 on 2 March, due at midnight after 16 March: four fifths of 14 days and 15 hours.
  expect(task.remindAt).toBe('2026-03-13T17:48:00.000Z');

  roster.setTime('2026-03-13T17:47:59.999Z');
  expect(await runSweep()).toMatchObject({ reminded: 0, escalated: 0 });
  roster.setTime('2026-03-13T17:48:00.000Z');
  expect(await runSweep()).toMatchObject({ reminded: 1, escalated: 0 });
  expect(await runSweep()).toEqual(nothing);
  expect(await steps.taskNow(reviewId, 'field-assessment')).toMatchObject({
    state: 'open',
    remindedAt: '2026-03-13T17:48:00.000Z',
  });

  roster.setTime('2026-03-16T15:59:59.999Z');
  expect(await runSweep()).toEqual(nothing);
  roster.setTime('2026-03-16T16:00:00.000Z');
  expect(await runSweep()).toEqual({ ...nothing, escalated: 1 });
  roster.pass({ days: 30 });
  expect(await runSweep()).toEqual(nothing);
  expect(await steps.taskNow(reviewId, 'field-assessment')).toMatchObject({
    state: 'escalated',
    escalatedAt: '2026-03-16T16:00:00.000Z',
  });
});

test('an escalated task can be finished, and an extended one is open again with its own reminder', async () => {
  const [one, other] = [await steps.submitToVisit(), await steps.submitToVisit()];
  roster.setTime('2026-03-17T01:00:00.000Z');
  expect(await runSweep()).toMatchObject({ escalated: 2, reminded: 0 });
  const late = await steps.taskNow(one.reviewId, 'field-assessment');
  expect(await steps.complete(late.taskId, steps.visitResult(), townshipWorker)).toMatchObject({ ok: true });

  const { taskId, version } = await steps.taskNow(other.reviewId, 'field-assessment');
  bodyOf(await extendTask(roster.dependencies, countyWorker, taskId, 'hard-to-check', version));
  expect(await roster.store.task(taskId)).toMatchObject({ state: 'open', escalatedAt: null, dueOn: '2026-04-07' });
  roster.setTime('2026-04-07T01:00:00.000Z');
  expect(await runSweep()).toMatchObject({ reminded: 1, escalated: 0 });
  roster.setTime('2026-04-07T16:00:00.000Z');
  expect(await runSweep()).toMatchObject({ reminded: 0, escalated: 1 });
});

test('a notice ends when its seven days have passed, and the review goes on', async () => {
  const { reviewId } = await steps.submitToVisit();
  await steps.visit(reviewId);
  const { endsOn } = await steps.publish(reviewId);
  expect(endsOn).toBe('2026-03-09');
  roster.setTime('2026-03-09T15:59:00.000Z');
  expect(await runSweep()).toMatchObject({ noticesEnded: 0 });
  roster.setTime('2026-03-09T16:00:00.000Z');
  expect(await runSweep()).toMatchObject({ noticesEnded: 1 });
  expect(await steps.noticeNow(reviewId)).toMatchObject({ state: 'ended', version: 2 });
  roster.pass({ minutes: 20 });
  expect(await runSweep()).toMatchObject({ noticesEnded: 0 });
  expect(workflows.calls).toContain(`goOn ${steps.tokenOf(reviewId, 'notice')}`);
});

test('an event that was left behind is relayed a quarter of an hour later, and then it is gone', async () => {
  const { reviewId } = await steps.submit();
  roster.pass({ minutes: 14 });
  expect(await runSweep()).toEqual(nothing);
  expect(workflows.calls).toEqual([]);
  roster.pass({ minutes: 2 });
  expect(await runSweep()).toEqual({ ...nothing, eventsRelayed: 1 });
  expect(workflows.calls).toEqual([`start ${reviewId}`]);
  expect(await runSweep()).toEqual(nothing);
});

test('what fails is counted and tried again by the next sweep, and keeps nothing else from being done', async () => {
  const { reviewId } = await steps.submitToVisit();
  const second = await steps.submitToVisit();
  roster.setTime('2026-03-13T17:48:00.000Z');
  let refusals = 0;
  const failing = {
    ...workflows,
    start: async (id: string) => {
      if (id === reviewId && refusals === 0) {
        refusals += 1;
        throw new Error('no answer from the workflows');
      }
    },
  };
  const dependencies = { ...roster.dependencies, workflows: failing };
  const counties = [DivisionCode.parse(county)];
  const first = await sweep(dependencies, counties, (error) => failures.push(error));
  expect(first).toEqual({ ...nothing, reminded: 2, eventsRelayed: 1, failed: 1 });
  expect(failures.map(String)).toContain('Error: no answer from the workflows');
  expect(await sweep(dependencies, counties, () => undefined)).toEqual({ ...nothing, eventsRelayed: 1 });
  expect(await steps.taskNow(second.reviewId, 'field-assessment')).toMatchObject({ remindedAt: expect.any(String) });
});

test('two sweeps at the same moment remind once', async () => {
  const { reviewId } = await steps.submitToVisit();
  roster.setTime('2026-03-13T17:48:00.000Z');
  const counts = await Promise.all([runSweep(), runSweep()]);
  expect(counts.reduce((sum, { reminded }) => sum + reminded, 0)).toBe(1);
  expect((await steps.taskNow(reviewId, 'field-assessment')).version).toBe(2);
});

test('a task finished between reading and reminding stays finished', async () => {
  const { reviewId } = await steps.submitToVisit();
  const { taskId } = await steps.taskNow(reviewId, 'field-assessment');
  roster.setTime('2026-03-13T17:48:00.000Z');
  const store = {
    ...roster.store,
    tasksNeedingAttention: async (...asked: Parameters<typeof roster.store.tasksNeedingAttention>) => {
      const found = await roster.store.tasksNeedingAttention(...asked);
      if (found.length > 0) bodyOf(await steps.complete(taskId, steps.visitResult(), townshipWorker));
      return found;
    },
  };
  const dependencies = { ...roster.dependencies, store, workflows };
  const counts = await sweep(dependencies, [DivisionCode.parse(county)], (error) => failures.push(error));
  expect(counts).toMatchObject({ reminded: 0, escalated: 0, failed: 0 });
  expect(await roster.store.task(taskId)).toMatchObject({ state: 'completed', remindedAt: null });
});
