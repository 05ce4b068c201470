import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outboxEventsOf, StreamEvent } from '../../../adapters/dynamodb/stream.ts';
import { withCorrelation } from '../../../adapters/telemetry/correlation.ts';
import type { DomainEvent, EventType } from '../../../domain/events/event.ts';
import { ReviewId } from '../../../domain/ids.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { relayBatch } from '../../../functions/relay/relay-batch.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { approver, couple, townshipWorker } from '../../support/people.ts';
import { policyDependencies, policySteps, standardDraft } from '../../support/policies.ts';
import { bodyOf, type ReviewSteps, rememberingWorkflows, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { unrelayedEvents } from '../../support/unrelayed-events.ts';

let roster: TestRoster;
let steps: ReviewSteps;
let workflows = rememberingWorkflows();
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());
beforeEach(() => {
  workflows = rememberingWorkflows();
});

const unrelayed = () => unrelayedEvents(roster.store);
const eventOf = async (reviewId: ReviewId, type: EventType): Promise<DomainEvent> => {
  const event = (await unrelayed()).find((found) => found.reviewId === reviewId && found.type === type);
  if (event === undefined) throw new Error(`no event ${type} for ${reviewId}`);
  return event;
};
const relay = (event: DomainEvent) => relayEvent({ ...roster.dependencies, workflows }, event);

describe('relaying an event', () => {
  test('of a submission starts the review under its id; a second time it is asked for again and does no harm', async () => {
    const { reviewId } = await steps.submit();
    const event = await eventOf(reviewId, 'ApplicationSubmitted');
    await relay(event);
    expect(await unrelayed()).not.toContainEqual(event);
    await relay(event);
    expect(workflows.calls).toEqual([`start ${reviewId}`, `start ${reviewId}`]);
  });

  test('hands the correlation id of the request that stored it to the review, and none where there was none', async () => {
    const given: (string | null)[] = [];
    const seeing = {
      ...workflows,
      start: async (_: ReviewId, correlationId: string | null) => void given.push(correlationId),
    };
    for (const id of ['request-00000001', null]) {
      const { reviewId } = await withCorrelation(id, () => steps.submit());
      await relayEvent({ ...roster.dependencies, workflows: seeing }, await eventOf(reviewId, 'ApplicationSubmitted'));
    }
    expect(given).toEqual(['request-00000001', null]);
  });

  test('of a finished visit lets the step go on with its token, each time it comes', async () => {
    const { reviewId } = await steps.submitToVisit();
    const { taskId } = await steps.taskNow(reviewId, 'field-assessment');
    bodyOf(await steps.complete(taskId, steps.visitResult(), townshipWorker));
    const event = await eventOf(reviewId, 'TaskCompleted');
    await relay(event);
    await relay(event);
    const expected = `goOn ${steps.tokenOf(reviewId, 'field-assessment')}`;
    expect(workflows.calls).toEqual([expected, expected]);
  });

  test('of a return by the county interrupts the step', async () => {
    const { reviewId } = await steps.submitToConfirmation();
    const { taskId } = await steps.taskNow(reviewId, 'county-confirmation');
    bodyOf(await steps.complete(taskId, steps.decision('return'), approver));
    const event = (await unrelayed()).find((found) => found.taskId === taskId);
    if (event === undefined) throw new Error('no event for the return');
    await relay(event);
    const token = steps.tokenOf(reviewId, 'county-confirmation');
    expect(workflows.calls).toEqual([`interrupt ${token} ReturnedForReassessment`]);
  });

  test('of the last missing paper lets the step that asked for it go on', async () => {
    const { supplementApplication } = await import('../../../functions/applications/supplement-application.ts');
    const { applicationId, reviewId, missingPapers } = await steps.submit(couple({ papers: 'none' }));
    await steps.open(reviewId, 'supply-papers');
    const body = { papers: missingPapers, consents: [] };
    bodyOf(await supplementApplication(roster.dependencies, townshipWorker, applicationId, body, 2));
    await relay(await eventOf(reviewId, 'TaskCompleted'));
    expect(workflows.calls).toEqual([`goOn ${steps.tokenOf(reviewId, 'supply-papers')}`]);
  });

  test('of a withdrawal stops the review and cancels what a step under way has opened since', async () => {
    const { applicationId, reviewId } = await steps.submit();
    bodyOf(await withdrawApplication(roster.dependencies, townshipWorker, applicationId, null));
    // The step read the review before the household withdrew, and stores its task after it.
    const { newTask } = await import('../../../domain/tasks/new-task.ts');
    const review = await steps.reviewNow(reviewId);
    const task = newTask(
      { ...roster.dependencies, policy: await roster.dependencies.policies.inForce() },
      review,
      'field-assessment',
      roster.at(),
    );
    const { newEvent } = await import('../../../domain/events/new-event.ts');
    await roster.store.commit({
      aggregates: [{ kind: 'task', value: task, from: [] }],
      event: newEvent('TaskOpened', roster.at(), roster.dependencies.newId, task),
      actor: { role: 'workflow', subject: 'classified-review' },
      division: task.division,
    });
    const event = await eventOf(reviewId, 'ApplicationWithdrawn');
    await relay(event);
    expect(workflows.calls).toEqual([`stop ${reviewId}`]);
    expect(await roster.store.task(task.taskId)).toMatchObject({ state: 'cancelled', version: 2 });
    await relay(event);
    expect(await roster.store.task(task.taskId)).toMatchObject({ state: 'cancelled', version: 2 });
  });

  test('of a policy run that was asked for starts it under its id, each time it comes', async () => {
    const policies = policySteps(policyDependencies(roster));
    bodyOf(await policies.draft(standardDraft()));
    const { simulationId } = bodyOf(await policies.simulate('shanxi-2026.2'));
    const event = (await unrelayed()).find(({ policyRunId }) => policyRunId === simulationId);
    if (event === undefined) throw new Error('no event for the run');
    await relay(event);
    await relay(event);
    expect(workflows.calls).toEqual([`startPolicyRun ${simulationId}`, `startPolicyRun ${simulationId}`]);
    expect(await unrelayed()).not.toContainEqual(event);
  });

  test('stays in the outbox when the workflows do not answer', async () => {
    const { reviewId } = await steps.submit();
    const event = await eventOf(reviewId, 'ApplicationSubmitted');
    const silent = { ...workflows, start: () => Promise.reject(new Error('no answer')) };
    await expect(relayEvent({ ...roster.dependencies, workflows: silent }, event)).rejects.toThrow('no answer');
    expect(await unrelayed()).toContainEqual(event);
  });

  test('that names a task without a token fails, and is kept', async () => {
    const { reviewId } = await steps.submitToVisit();
    const task = await steps.taskNow(reviewId, 'field-assessment');
    bodyOf(await steps.complete(task.taskId, steps.visitResult(), townshipWorker));
    const event = await eventOf(reviewId, 'TaskCompleted');
    const forgetful = { ...roster.store, token: async () => undefined };
    const dependencies = { ...roster.dependencies, store: forgetful, workflows };
    await expect(relayEvent(dependencies, event)).rejects.toThrow(/no task token/u);
    expect(await unrelayed()).toContainEqual(event);
  });
});

describe('a batch of the stream', () => {
  const recordOf = (event: DomainEvent, sequence: string) => ({
    eventName: 'INSERT',
    dynamodb: {
      SequenceNumber: sequence,
      NewImage: marshall({ pk: 'OUTBOX#1', sk: `${event.at}#${event.eventId}`, division: '140121100', ...event }),
    },
  });

  test('names the items that failed, so that only they come again', async () => {
    const reviews = [await steps.submit(), await steps.submit(), await steps.submit()];
    const events = await Promise.all(reviews.map(({ reviewId }) => eventOf(reviewId, 'ApplicationSubmitted')));
    const records = events.map((event, index) => recordOf(event, `seq-${index}`));
    const unreadable = { eventName: 'INSERT', dynamodb: { SequenceNumber: 'seq-3', NewImage: { pk: { S: 'x' } } } };
    const batch = StreamEvent.parse({ Records: [...records, unreadable] });
    const failing = {
      ...workflows,
      start: (reviewId: ReviewId, correlationId: string | null) =>
        reviewId === reviews[1]?.reviewId
          ? Promise.reject(new Error('throttled'))
          : workflows.start(reviewId, correlationId),
    };
    const seen: { eventId?: string }[] = [];
    const failures = await relayBatch(
      { ...roster.dependencies, workflows: failing },
      outboxEventsOf(batch),
      (_, ids) => void seen.push(ids),
    );
    expect(failures).toEqual([{ itemIdentifier: 'seq-1' }, { itemIdentifier: 'seq-3' }]);
    expect(seen).toEqual(expect.arrayContaining([{ eventId: events[1]?.eventId }, {}]));
    expect(workflows.calls.toSorted()).toEqual(
      [`start ${reviews[0]?.reviewId}`, `start ${reviews[2]?.reviewId}`].toSorted(),
    );
  });

  /** What is relayed when each start of a review takes until those of the others have begun; `failing`: the how-manieth of a review fails. */
  const relayedInTurn = async (reviewIds: readonly ReviewId[], failing: string | null) => {
    const told: string[] = [];
    const times = new Map<ReviewId, number>();
    const slow = {
      ...workflows,
      start: async (reviewId: ReviewId) => {
        const time = (times.get(reviewId) ?? 0) + 1;
        times.set(reviewId, time);
        const name = `${reviewIds.indexOf(reviewId)}.${time}`;
        told.push(`begin ${name}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (name === failing) throw new Error('throttled');
        told.push(`end ${name}`);
      },
    };
    const { newEvent } = await import('../../../domain/events/new-event.ts');
    const { newId } = roster.dependencies;
    const records = reviewIds.map((reviewId, index) => ({
      sequenceNumber: `seq-${index}`,
      event: () => newEvent('ApplicationSubmitted', roster.at(), newId, { reviewId }),
    }));
    const failures = await relayBatch({ ...roster.dependencies, workflows: slow }, records, () => undefined);
    return { told, failures };
  };
  const one = ReviewId.parse(`rev_${'1'.repeat(32)}`);
  const other = ReviewId.parse(`rev_${'2'.repeat(32)}`);

  test('is worked on side by side, but what is about the same review in its order', async () => {
    const { told, failures } = await relayedInTurn([one, other, one], null);
    expect(failures).toEqual([]);
    expect(told.slice(0, 2)).toEqual(['begin 0.1', 'begin 1.1']);
    expect(told.indexOf('begin 0.2')).toBeGreaterThan(told.indexOf('end 0.1'));
  });

  test('lets nothing overtake what failed of the same review, and goes on with the others', async () => {
    const { told, failures } = await relayedInTurn([one, other, one], '0.1');
    expect(failures).toEqual([{ itemIdentifier: 'seq-0' }, { itemIdentifier: 'seq-2' }]);
    expect(told).toEqual(['begin 0.1', 'begin 1.1', 'end 1.1']);
  });
});
