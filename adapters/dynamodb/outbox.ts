import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { Instant } from '../../domain/dates.ts';
import { DomainEvent } from '../../domain/events/event.ts';
import type { RelayFailure, WaitingEvent } from '../../domain/store/roster-store.ts';
import { type Key, outboxShardKey, outboxShards, parkedKey, parkedPrefix, parkedShardKey } from './keys.ts';
import { type Item, readOutbox } from './reading.ts';
import type { Tables } from './tables.ts';

/**
 * After so many failures an event is parked. The stream tries six times within seconds; two sweeps, a quarter of an hour apart, have
 * tried as well by then. What is parked is not given up: it only stands behind what has not failed.
 */
const attemptsBeforeParking = 8;
const endOfTime = Instant.parse('9999-12-31T23:59:59.999Z');

const Keyed = z.looseObject({ pk: z.string(), sk: z.string() });
const Attempts = z.looseObject({ attempts: z.int().min(0).default(0) });
/** Attributes of an outbox item that are not the event. */
const OutboxRow = z.looseObject({ pk: z.string(), sk: z.string(), division: z.string() });
const failureAttributes = ['attempts', 'reason', 'failedIn', 'code', 'failedAt', 'redriven'] as const;

/** The event in an outbox item, as read from the table or from a stream image. */
export const eventOf = (item: unknown): DomainEvent => {
  const { pk: _pk, sk: _sk, division: _division, ...event } = OutboxRow.parse(item);
  for (const attribute of failureAttributes) delete event[attribute];
  return DomainEvent.parse(event);
};

export const placeOf = (item: unknown): string => {
  const { pk, sk } = Keyed.parse(item);
  return `${pk} ${sk}`;
};
const keyAt = (place: string): Key => {
  const [pk = '', sk = ''] = place.split(' ');
  return { pk, sk };
};
const waiting = (item: Item): WaitingEvent => ({ place: placeOf(item), event: () => eventOf(item) });

/** The first of each list, then the second of each, and so on: a list of nothing but failures delays the others by one item each. */
const inTurn = <Each>(lists: readonly (readonly Each[])[], limit: number): readonly Each[] => {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1)))
    .flat()
    .slice(0, limit);
};

const read = async (
  tables: Tables,
  partitionOf: (shard: string) => string,
  before: Instant,
  limit: number,
): Promise<readonly WaitingEvent[]> => {
  const lists = await Promise.all(outboxShards.map((shard) => readOutbox(tables, partitionOf(shard), before, limit)));
  return inTurn(lists, limit).map(waiting);
};

export const strandedEvents = (tables: Tables, before: Instant, limit: number): Promise<readonly WaitingEvent[]> =>
  read(tables, outboxShardKey, before, limit);

export const parkedEvents = (tables: Tables, limit: number): Promise<readonly WaitingEvent[]> =>
  read(tables, parkedShardKey, endOfTime, limit);

/** Notes the failure with the item, if it is still there: it may have been relayed by another in the same moment. */
const noted = async (tables: Tables, key: Key, failure: RelayFailure): Promise<Item | undefined> => {
  const { reason, failedIn, code, at, passes } = failure;
  try {
    const answer = await tables.client.send(
      new UpdateCommand({
        TableName: tables.roster,
        Key: key,
        UpdateExpression:
          'SET reason = :reason, failedIn = :failedIn, #code = :code, failedAt = :failedAt ADD attempts :one',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#code': 'code' },
        ExpressionAttributeValues: {
          ':reason': reason,
          ':failedIn': failedIn,
          ':code': code,
          ':failedAt': at,
          ':one': passes ? 0 : 1,
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return answer.Attributes;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};

/** Puts an item under another key in one transaction; false when it was gone already. */
const moved = async ({ client, roster: TableName }: Tables, item: Item, to: Key): Promise<boolean> => {
  const { pk, sk } = Keyed.parse(item);
  try {
    await client.send(
      new TransactWriteCommand({
        TransactItems: [
          { Delete: { TableName, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' } },
          { Put: { TableName, Item: { ...item, ...to }, ConditionExpression: 'attribute_not_exists(pk)' } },
        ],
      }),
    );
    return true;
  } catch (error) {
    const isGone =
      error instanceof TransactionCanceledException &&
      (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
    if (isGone) return false;
    throw error;
  }
};

export const eventFailed = async (
  tables: Tables,
  place: string,
  failure: RelayFailure,
): Promise<'kept' | 'parked' | 'gone'> => {
  const key = keyAt(place);
  const item = await noted(tables, key, failure);
  if (item === undefined) return 'gone';
  const isParked = key.pk.startsWith(parkedPrefix);
  if (!isParked && Attempts.parse(item).attempts < attemptsBeforeParking) return 'kept';
  const shard = key.pk.slice(key.pk.indexOf('#') + 1);
  const to = parkedKey(shard, failure.at, key.sk.slice(key.sk.indexOf('#') + 1));
  if (to.pk === key.pk && to.sk === key.sk) return 'parked';
  return (await moved(tables, item, to)) ? 'parked' : 'gone';
};

export const parkedRelayed = async (tables: Tables, place: string): Promise<void> => {
  await tables.client.send(new DeleteCommand({ TableName: tables.roster, Key: keyAt(place) }));
};
