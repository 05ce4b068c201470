import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Row } from './roster-rows.ts';

/** Which table to fill. */
export interface WriteTarget {
  readonly client: DynamoDBDocumentClient;
  readonly rosterTable: string;
}

/** BatchWriteItem takes 25 items at most. */
const batchSize = 25;
/** Batches under way at once: more does not help an engine that writes one at a time. */
const inFlight = 4;
/** DynamoDB refuses what it has no room for just now; the rest is sent again after a growing pause. */
const longestPauseMs = 2_000;
const maximumAttempts = 12;

const writeBatch = async ({ client, rosterTable }: WriteTarget, rows: readonly Row[]): Promise<void> => {
  let rest: NonNullable<BatchWriteCommand['input']['RequestItems']> = {
    [rosterTable]: rows.map((Item) => ({ PutRequest: { Item } })),
  };
  for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems: rest }));
    if (Object.keys(UnprocessedItems).length === 0) return;
    rest = UnprocessedItems;
    await pause(Math.min(20 * 2 ** attempt, longestPauseMs));
  }
  throw new Error(`${rosterTable} left items of a batch unwritten after ${maximumAttempts} attempts`);
};

/** Cuts rows into batches and keeps a few of them under way. */
export const startWriter = (target: WriteTarget) => {
  const underWay = new Set<Promise<void>>();
  let waiting: Row[] = [];
  let items = 0;
  const send = async (rows: readonly Row[]): Promise<void> => {
    while (underWay.size >= inFlight) await Promise.race(underWay);
    const written = writeBatch(target, rows);
    underWay.add(written);
    // A failed one stays, so that whoever waits next hears of it.
    written.then(
      () => underWay.delete(written),
      () => undefined,
    );
    items += rows.length;
  };
  return {
    add: async (rows: readonly Row[]): Promise<void> => {
      waiting.push(...rows);
      while (waiting.length >= batchSize) {
        await send(waiting.slice(0, batchSize));
        waiting = waiting.slice(batchSize);
      }
    },
    end: async (): Promise<number> => {
      if (waiting.length > 0) await send(waiting);
      await Promise.all(underWay);
      return items;
    },
  };
};
