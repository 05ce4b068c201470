import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { KeyStore } from '../../domain/store/key-store.ts';
import type { DataKeys, Generation } from '../crypto/data-keys.ts';
import { openHouseholdKeys, rewrapped } from '../crypto/household-keys.ts';
import { readWrapped } from '../crypto/person-key.ts';
import { storedKeysIn } from './household-row.ts';
import { householdIn, householdPrefix } from './keys.ts';
import type { Item } from './reading.ts';
import type { Tables } from './tables.ts';

/** Rows looked at in one request, whatever they are of: few enough to be done well within the time of a request. */
const rowsPerPage = 1_000;
/** Rows being written at the same moment. */
const inFlight = 16;

const Position = z.strictObject({ pk: z.string(), sk: z.string() });

/** The keys of the households in the next stretch of the table, and nothing else of them. */
const readKeys = async (
  { client, roster }: Tables,
  position: string | null,
): Promise<{ items: readonly Item[]; next: string | null }> => {
  const answer = await client.send(
    new ScanCommand({
      TableName: roster,
      Limit: rowsPerPage,
      ConsistentRead: true,
      FilterExpression: 'begins_with(pk, :household)',
      ProjectionExpression: 'pk, sk, #keys, erased',
      ExpressionAttributeNames: { '#keys': 'keys' },
      ExpressionAttributeValues: { ':household': householdPrefix },
      ...(position === null ? {} : { ExclusiveStartKey: Position.parse(JSON.parse(position)) }),
    }),
  );
  const next = answer.LastEvaluatedKey;
  return { items: answer.Items ?? [], next: next === undefined ? null : JSON.stringify(Position.parse(next)) };
};

/**
 * Wraps the keys of one household anew, if they are still those that were read: whoever wrote the household or erased somebody in
 * between is not undone. Its version stays, since nothing that it says has changed.
 */
const rewrapOne = async (
  { client, roster }: Tables,
  item: Item,
  dataKeys: DataKeys,
  newest: Generation,
): Promise<'rewrapped' | 'lost' | 'new'> => {
  const before = storedKeysIn(item);
  const keys = rewrapped(await openHouseholdKeys(householdIn(item), before, dataKeys), newest);
  if (keys === undefined) return 'new';
  try {
    await client.send(
      new UpdateCommand({
        TableName: roster,
        Key: { pk: item['pk'], sk: item['sk'] },
        UpdateExpression: 'SET #keys = :keys',
        ConditionExpression: '#keys = :before',
        ExpressionAttributeNames: { '#keys': 'keys' },
        ExpressionAttributeValues: { ':keys': keys, ':before': before.keys },
      }),
    );
    return 'rewrapped';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'lost';
    throw error;
  }
};

/** The port `KeyStore` on DynamoDB. */
export const dynamodbKeyStore = (tables: Tables, dataKeys: DataKeys): KeyStore => ({
  generations: () => dataKeys.all(),
  make: (generation) => dataKeys.make(generation),
  use: async (position) => {
    const { items, next } = await readKeys(tables, position);
    const households = new Map<number, number>();
    for (const item of items) {
      const { keys } = storedKeysIn(item);
      for (const generation of new Set(keys.map((wrapped) => readWrapped(wrapped).generation))) {
        households.set(generation, (households.get(generation) ?? 0) + 1);
      }
    }
    return { households, next };
  },
  rewrap: async (position) => {
    const newest = await dataKeys.newestNow();
    const { items, next } = await readKeys(tables, position);
    const results: Awaited<ReturnType<typeof rewrapOne>>[] = [];
    const waiting = items.values();
    const work = async (): Promise<void> => {
      for (const item of waiting) results.push(await rewrapOne(tables, item, dataKeys, newest));
    };
    await Promise.all(Array.from({ length: inFlight }, work));
    const count = (of: string): number => results.filter((result) => result === of).length;
    return { generation: newest.number, rewrapped: count('rewrapped'), lost: count('lost'), next };
  },
});
