import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { outboxShards, parkedShardKey } from '../../../adapters/dynamodb/keys.ts';
import { Instant } from '../../../domain/dates.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { type ReviewSteps, rememberingWorkflows, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReviewSteps;
let workflows = rememberingWorkflows();
beforeEach(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
  workflows = rememberingWorkflows();
  return () => roster.stop();
});

const runSweep = () => sweep({ ...roster.dependencies, workflows }, [], () => undefined);

/** Events that no relay can pass on, in one shard of the outbox, all of them older than any good one. */
const poison = async (count: number, item: object = {}): Promise<void> => {
  for (let index = 0; index < count; index += 1) {
    const eventId = `evt_${index.toString(16).padStart(31, '0')}0`;
    const at = '2026-03-01T00:00:00.000Z';
    const none = { applicationId: null, reviewId: null, taskId: null, noticeId: null };
    await roster.tables.client.send(
      new PutCommand({
        TableName: roster.tables.roster,
        Item: {
          ...{ pk: 'OUTBOX#0', sk: `${at}#${eventId}`, eventId, type: 'TaskCompleted', at, division: '140922' },
          ...none,
          ...item,
        },
      }),
    );
  }
};

const parkedItems = async (): Promise<Record<string, unknown>[]> => {
  const answers = await Promise.all(
    outboxShards.map((shard) =>
      roster.tables.client.send(
        new QueryCommand({
          TableName: roster.tables.roster,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': parkedShardKey(shard) },
        }),
      ),
    ),
  );
  return answers.flatMap(({ Items = [] }) => Items);
};

test('a shard of nothing but failures does not hold back the events of the others', async () => {
  await poison(210);
  const { reviewId } = await steps.submit();
  roster.pass({ minutes: 20 });
  expect(await runSweep()).toMatchObject({ eventsRelayed: 1 });
  expect(workflows.calls).toEqual([`start ${reviewId}`]);
});

test('an item that cannot be read fails alone', async () => {
  await poison(1, { type: 'NoSuchEvent' });
  const { reviewId } = await steps.submit();
  roster.pass({ minutes: 20 });
  expect(await runSweep()).toMatchObject({ eventsRelayed: 1, failed: 1 });
  expect(workflows.calls).toEqual([`start ${reviewId}`]);
});

test('what fails eight times is parked with its reason, and nothing of it is lost', async () => {
  await poison(1);
  for (let round = 1; round < 8; round += 1) {
    roster.pass({ minutes: 15 });
    expect(await runSweep()).toMatchObject({ failed: 1, parked: 0 });
  }
  expect(await parkedItems()).toEqual([]);
  roster.pass({ minutes: 15 });
  expect(await runSweep()).toMatchObject({ failed: 1, parked: 1 });
  expect(await roster.store.strandedEvents(Instant.parse('2027-01-01T00:00:00.000Z'), 10)).toEqual([]);
  expect(await parkedItems()).toMatchObject([
    {
      eventId: `evt_${'0'.repeat(32)}`,
      attempts: 9,
      reason: 'EventIncomplete',
      failedIn: 'sweep',
      type: 'TaskCompleted',
    },
  ]);
  // No longer a failure of each sweep, and still tried.
  roster.pass({ minutes: 15 });
  expect(await runSweep()).toMatchObject({ failed: 0, parked: 0 });
  expect(await parkedItems()).toMatchObject([{ attempts: 10 }]);
});

test('a parked event is relayed as soon as it can be, and then it is gone', async () => {
  const { reviewId } = await steps.submit();
  const failing = { ...workflows, start: () => Promise.reject(new TypeError('the machine is not there')) };
  for (let round = 1; round <= 8; round += 1) {
    roster.pass({ minutes: 16 });
    await sweep({ ...roster.dependencies, workflows: failing }, [], () => undefined);
  }
  expect(await parkedItems()).toMatchObject([{ reviewId, reason: 'TypeError' }]);
  expect(await runSweep()).toMatchObject({ eventsRelayed: 1 });
  expect(workflows.calls).toEqual([`start ${reviewId}`]);
  expect(await parkedItems()).toEqual([]);
});

test('an outage parks nothing: attempts that fail for what passes by itself do not count', async () => {
  await steps.submit();
  const failing = { ...workflows, start: () => Promise.reject(new Error('throttled')) };
  for (let round = 1; round <= 12; round += 1) {
    roster.pass({ minutes: 16 });
    await sweep(
      { ...roster.dependencies, workflows: failing },
      [],
      () => undefined,
      (_error, at) => ({
        ...{ reason: 'ThrottlingException', failedIn: 'sweep', code: 'SWEEP_ITEM_FAILED', at, passes: true },
      }),
    );
  }
  expect(await parkedItems()).toEqual([]);
  expect(await runSweep()).toMatchObject({ eventsRelayed: 1 });
});
