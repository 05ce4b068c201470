import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Vault } from '../adapters/crypto/vault.ts';
import { Marker, markerKey } from './county-marker.ts';
import { type CountySummary, startTally } from './county-summary.ts';
import { type CountyOptions, generateHouseholds } from './households.ts';
import { type Row, rosterRows } from './roster-rows.ts';

/** Where to write a county. */
export interface SeedTarget {
  readonly client: DynamoDBDocumentClient;
  readonly rosterTable: string;
  readonly vault: Vault;
}

/** What was found or done: `alreadySeeded` when the table had the county, complete, before. */
export interface Seeded {
  readonly county: Omit<CountyOptions, 'split'>;
  readonly summary: CountySummary;
  readonly alreadySeeded: boolean;
  readonly items: number;
}

/** BatchWriteItem takes 25 items at most. */
const batchSize = 25;
/** Batches under way at once: more does not help an engine that writes one at a time. */
const inFlight = 4;
/** DynamoDB refuses what it has no room for just now; the rest is sent again after a growing pause. */
const longestPauseMs = 2_000;
const maximumAttempts = 12;

const writeBatch = async ({ client, rosterTable }: SeedTarget, rows: readonly Row[]): Promise<void> => {
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
const startWriter = (target: SeedTarget) => {
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

/**
 * Fills the Roster table with a synthetic county, once. A table that has one already is left as it is, whatever is asked for; one
 * whose filling was cut off is filled again with the county that was begun: the same households, under the same keys.
 * `progress` is told how many households have been handed over for writing.
 */
export const seedCounty = async (
  target: SeedTarget,
  wanted: CountyOptions,
  progress: (households: number) => void,
): Promise<Seeded> => {
  const { client, rosterTable, vault } = target;
  const found = await client.send(new GetCommand({ TableName: rosterTable, Key: markerKey, ConsistentRead: true }));
  const marker = found.Item === undefined ? undefined : Marker.parse(found.Item);
  if (marker !== undefined && marker.summary !== null) {
    return { county: marker.county, summary: marker.summary, alreadySeeded: true, items: 0 };
  }
  const { seed, count, county, date } = marker?.county ?? wanted;
  const chosen = { seed, count, county, date };
  const mark = (summary: CountySummary | null) =>
    client.send(new PutCommand({ TableName: rosterTable, Item: { ...markerKey, county: chosen, summary } }));
  await mark(null);
  const tally = startTally();
  const writer = startWriter(target);
  const sealing = { keyring: await vault.keyring(), newest: await vault.dataKeys.newest() };
  for (const household of generateHouseholds({ ...wanted, ...chosen })) {
    tally.add(household);
    await writer.add(rosterRows(household, sealing));
    progress(tally.summary().households);
  }
  const items = await writer.end();
  await mark(tally.summary());
  return { county: chosen, summary: tally.summary(), alreadySeeded: false, items };
};
