import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Vault } from '../adapters/crypto/vault.ts';
import { Marker, markerKey } from './county-marker.ts';
import { type CountySummary, startTally } from './county-summary.ts';
import { type CountyOptions, generateHouseholds } from './households.ts';
import { rosterRows, takenOverRow } from './roster-rows.ts';
import { startWriter } from './row-writer.ts';

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
  await client.send(new PutCommand({ TableName: rosterTable, Item: takenOverRow(date) }));
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
