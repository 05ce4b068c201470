import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from 'vitest';
import { outboxEventsOf, StreamEvent } from '../../../adapters/dynamodb/stream.ts';
import {
  AwaitNoticeInput,
  CheckCompletenessInput,
  EvaluateTiersInput,
  OpenTaskInput,
  RecordDeterminationInput,
  VerifyMeansInput,
} from '../../../contracts/tasks/classified-review.ts';
import { relayBatch } from '../../../functions/relay/relay-batch.ts';
import { recordsOf } from '../../support/records.ts';
import { rememberingWorkflows } from '../../support/reviews.ts';
import { attackedWorld } from './attacked.ts';

const { world } = attackedWorld();

const good = () => {
  const event = recordsOf('unsafe').eventOf('ApplicationSubmitted');
  return { pk: 'OUTBOX#0', sk: `${event.at}#${event.eventId}`, ...event, division: '140121100' };
};
const recordOf = (item: unknown, sequence = '1') => ({ dynamodb: { SequenceNumber: sequence, NewImage: item } });
const relayed = async (items: readonly unknown[]) => {
  const workflows = rememberingWorkflows();
  const batch = StreamEvent.parse({ Records: items.map((item, index) => recordOf(item, String(index))) });
  const failures = await relayBatch(
    { ...world().roster.dependencies, workflows },
    outboxEventsOf(batch),
    () => undefined,
  );
  return { failed: failures.map(({ itemIdentifier }) => itemIdentifier), calls: workflows.calls };
};

describe('API10: what comes from upstream is not what it should be', () => {
  test.for<[string, (item: Record<string, unknown>) => Record<string, unknown>]>([
    ['another type of event', (item) => ({ ...item, type: 'Nothing' })],
    ['a type from the prototype', (item) => ({ ...item, type: 'constructor' })],
    ['an id of another kind', (item) => ({ ...item, reviewId: 'app_0' })],
    ['an id that is a path', (item) => ({ ...item, reviewId: '../../x' })],
    ['a field more', (item) => ({ ...item, note: 'x' })],
    ['no event id', ({ eventId: _, ...item }) => item],
    ['a number for a text', (item) => ({ ...item, type: 7 })],
    ['a time that is none', (item) => ({ ...item, at: 'yesterday' })],
    ['no review', (item) => ({ ...item, reviewId: null })],
  ])('a stream record with %s fails alone, and starts nothing', async ([, mangle]) => {
    const { failed, calls } = await relayed([marshall(mangle(good())), marshall(good())]);
    expect(failed).toEqual(['0']);
    expect(calls).toEqual([`start ${good().reviewId}`]);
  });

  test('a record without an image, and one that is no record, fail alone', async () => {
    const { failed, calls } = await relayed([undefined, { pk: { S: 'x' } }, { type: { X: 'y' } }, marshall(good())]);
    expect(failed).toEqual(['0', '1', '2']);
    expect(calls).toHaveLength(1);
  });

  test('an event that arrives many times starts a workflow by one name', async () => {
    const { calls } = await relayed([marshall(good()), marshall(good()), marshall(good())]);
    expect(new Set(calls).size).toBe(1);
  });

  test.for<[string, unknown]>([
    ['nothing', null],
    ['a text', 'x'],
    ['an id of another kind', { reviewId: 'app_0', kind: 'field-assessment', taskToken: 'x', stage: 'first-opinion' }],
    [
      'a name with it',
      {
        reviewId: `rev_${'0'.repeat(32)}`,
        kind: 'field-assessment',
        taskToken: 'x',
        stage: 'first-opinion',
        name: '张测试',
      },
    ],
    ['an empty token', { reviewId: `rev_${'0'.repeat(32)}`, kind: 'field-assessment', taskToken: '' }],
    [
      'a token without end',
      { reviewId: `rev_${'0'.repeat(32)}`, kind: 'field-assessment', taskToken: 'x'.repeat(9_999) },
    ],
    ['a kind that is none', { reviewId: `rev_${'0'.repeat(32)}`, kind: 'toString', taskToken: 'x' }],
  ])('no step of the workflow takes %s', ([, input]) => {
    for (const schema of [
      CheckCompletenessInput,
      VerifyMeansInput,
      EvaluateTiersInput,
      OpenTaskInput,
      AwaitNoticeInput,
      RecordDeterminationInput,
    ])
      expect(schema.safeParse(input).success).toBe(false);
  });

  test('a task token that is forged or moved opens nothing', async () => {
    const { roster, lead } = world();
    const [one, other] = [await lead('visit'), await lead('visit')];
    const { PutCommand, GetCommand } = await import('@aws-sdk/lib-dynamodb');
    const { client, roster: table } = roster.tables;
    const key = (id: unknown) => ({ pk: `TASK#${String(id)}`, sk: 'TOKEN' });
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key(other.taskId) }));
    expect(await roster.store.token(one.taskId as never)).toContain(one.reviewId);
    await client.send(new PutCommand({ TableName: table, Item: { ...Item, ...key(one.taskId) } }));
    await expect(roster.store.token(one.taskId as never)).rejects.toThrow();
  });
});
