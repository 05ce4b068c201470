import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { CountedHousehold } from '../../domain/policy-versions/run-store.ts';
import type { DataKeys } from '../crypto/data-keys.ts';
import { openHouseholdKeys } from '../crypto/household-keys.ts';
import { circumstancesOf, storedKeysIn } from './household-row.ts';
import { householdIn, householdPrefix } from './keys.ts';
import type { Item } from './reading.ts';
import type { Tables } from './tables.ts';

/** A stretch of the whole table: a segment of so many, from a position on. */
export interface Stretch {
  segment: number;
  of: number;
  position: string | null;
}

/** Rows looked at in one request, whatever they are of; it bounds what a page holds in memory. */
const rowsPerPage = 500;
/**
 * Rows looked at in one request where a page is to be as large as the store makes it: a megabyte is fewer of ours. An engine that reads before it
 * cuts is kept from reading the rest of the segment with each page.
 */
export const rowsOfLargePage = 2_000;
/** One segment of so many is counted to estimate the table. DynamoDB spreads partition keys evenly over segments. */
const sampleOf = 4_096;

/** Where a scan goes on: the key of the last row that was looked at. */
export const Position = z.strictObject({ pk: z.string(), sk: z.string() });

/** Roughly how many rows the table has, from a sample of a few thousandths of a per cent. */
export const estimateRows = async ({ client, roster }: Pick<Tables, 'client' | 'roster'>): Promise<number> => {
  let rows = 0;
  let start: Item | undefined;
  do {
    const answer = await client.send(
      new ScanCommand({
        TableName: roster,
        Segment: 0,
        TotalSegments: sampleOf,
        Select: 'COUNT',
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    rows += answer.Count ?? 0;
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return rows * sampleOf;
};

/**
 * The next households of a segment. Only what is decided on is read: identities stay in the table. A page may be empty while there
 * are more, because most rows are of something else.
 */
export const readHouseholds = async (
  { client, roster }: Tables,
  dataKeys: Pick<DataKeys, 'generation'>,
  { segment, of, position }: Stretch,
): Promise<{ households: readonly CountedHousehold[]; next: string | null }> => {
  const answer = await client.send(
    new ScanCommand({
      TableName: roster,
      Segment: segment,
      TotalSegments: of,
      Limit: rowsPerPage,
      ConsistentRead: true,
      // A household in which everybody was erased has no circumstances any more.
      FilterExpression: 'begins_with(pk, :household) AND attribute_exists(#circumstances)',
      ProjectionExpression: 'pk, sk, version, #keys, erased, #health, #circumstances',
      ExpressionAttributeNames: {
        '#keys': 'keys',
        '#health': 'sealed.health',
        '#circumstances': 'sealed.circumstances',
      },
      ExpressionAttributeValues: { ':household': householdPrefix },
      ...(position === null ? {} : { ExclusiveStartKey: Position.parse(JSON.parse(position)) }),
    }),
  );
  const households: CountedHousehold[] = [];
  for (const item of answer.Items ?? []) {
    const keys = await openHouseholdKeys(householdIn(item), storedKeysIn(item), dataKeys);
    households.push(circumstancesOf(item, keys));
  }
  const next = answer.LastEvaluatedKey;
  return { households, next: next === undefined ? null : JSON.stringify(Position.parse(next)) };
};
