import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { Instant } from '../../domain/dates.ts';
import { ApplicationId, DeterminationId, HouseholdId, ReferralId } from '../../domain/ids.ts';
import type {
  ScannedHousehold,
  ScannedRecords,
  ScannedReferral,
  ScannedRows,
} from '../../domain/missed-needs/scan-store.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { DataKeys } from '../crypto/data-keys.ts';
import { openHouseholdKeys } from '../crypto/household-keys.ts';
import type { Marks } from '../crypto/likeness.ts';
import { gatheredReads } from './gathered-reads.ts';
import { circumstancesOf, identitiesOf, storedKeysIn } from './household-row.ts';
import {
  applicationKey,
  assistanceEntryKey,
  determinationKey,
  householdIn,
  householdPrefix,
  type Key,
  paymentLineKey,
  referralPrefix,
  reviewKey,
  taskKey,
} from './keys.ts';
import { getManyItems, type Item } from './reading.ts';
import { rowReader } from './row-reader.ts';
import type { Aggregate, AggregateKind } from './rows.ts';
import { Position, rowsOfLargePage, type Stretch } from './scanning.ts';
import type { Tables } from './tables.ts';

const UnderWay = z.object({
  applicationId: ApplicationId.nullable().default(null),
  determinationId: DeterminationId.nullable().default(null),
});
const OpenReferral = z.object({
  referralId: ReferralId,
  householdId: HouseholdId,
  division: DivisionCode,
  due: z.object({ dueAt: Instant }),
  escalatedAt: Instant.nullable(),
  escalations: z.int().min(0),
});

const referralOf = (item: Item): ScannedReferral => {
  const { due, ...referral } = OpenReferral.parse(item);
  return { ...referral, dueAt: due.dueAt };
};

/** A household as its row has it, with the keys that opened it. Names go no further than this: of people the marks are told. */
const householdOf = async (item: Item, dataKeys: Pick<DataKeys, 'generation'>, marks: Marks) => {
  const keys = await openHouseholdKeys(householdIn(item), storedKeysIn(item), dataKeys);
  const { householdId, household } = circumstancesOf(item, keys);
  const people = marks(household, identitiesOf(item, keys));
  return { householdId, household, people, keys, ...UnderWay.parse(item) };
};
type OpenedHousehold = Awaited<ReturnType<typeof householdOf>>;

/** The households with the decisions that stand of them, which are read together: one by one they would take most of a night. */
const withStanding = async (
  tables: Tables,
  dataKeys: Pick<DataKeys, 'generation'>,
  opened: readonly OpenedHousehold[],
): Promise<readonly ScannedHousehold[]> => {
  const ids = opened.flatMap(({ determinationId }) => determinationId ?? []);
  const keys = new Map(opened.map((each) => [each.householdId, each.keys]));
  const items = (await getManyItems(tables, ids.map(determinationKey))).filter((item) => item !== undefined);
  const found = await rowReader(tables, dataKeys).asFarAsReadable('determination', items, keys);
  const standing = new Map(found.map((determination) => [determination?.determinationId, determination]));
  return opened.map(({ householdId, household, people, applicationId, determinationId }) => ({
    householdId,
    household,
    people,
    applicationId,
    standing: determinationId === null ? null : (standing.get(determinationId) ?? 'unreadable'),
  }));
};

/** What an entry gives stays sealed: whoever knows its id knows of which item it is. */
const ChainEntry = AssistanceEntry.pick({ period: true, state: true, deliveredAt: true, endedAfter: true }).strip();

/** Records one by one; of what is asked for at the same time, the rows and those of the households with their keys are read together. */
export const scannedRecords = (tables: Tables, dataKeys: Pick<DataKeys, 'generation'>): ScannedRecords => {
  const read = gatheredReads((keys) => getManyItems(tables, keys));
  const rows = rowReader(tables, dataKeys, (keys) => Promise.all(keys.map(read)));
  const record = async <Kind extends AggregateKind>(kind: Kind, key: Key): Promise<Aggregate<Kind> | undefined> => {
    const item = await read(key);
    return item === undefined ? undefined : rows.one(kind, item);
  };
  return {
    task: (id) => record('task', taskKey(id)),
    application: (id) => record('application', applicationKey(id)),
    review: (id) => record('review', reviewKey(id)),
    determination: (id) => record('determination', determinationKey(id)),
    chainEntry: async (id) => {
      const item = await read(assistanceEntryKey(id));
      return item === undefined ? undefined : ChainEntry.parse(item);
    },
    paymentLine: (id) => record('payment-line', paymentLineKey(id)),
  };
};

/**
 * The next households and open referrals of a segment, in one pass over the table. Who they are stays in it, and what a referral is
 * for. A referral is in a list as long as somebody has something to do. A page is the megabyte of rows that the store looks at in one request, and may be
 * empty while there are more.
 */
export const readScannedRows = async (
  tables: Tables,
  dataKeys: Pick<DataKeys, 'generation'>,
  marks: Marks,
  { segment, of, position }: Stretch,
): Promise<ScannedRows> => {
  const { client, roster } = tables;
  const answer = await client.send(
    new ScanCommand({
      TableName: roster,
      Segment: segment,
      TotalSegments: of,
      Limit: rowsOfLargePage,
      ConsistentRead: true,
      FilterExpression:
        '(begins_with(pk, :household) AND attribute_exists(#circumstances)) OR (begins_with(pk, :referral) AND attribute_exists(wpk))',
      ProjectionExpression:
        'pk, sk, version, #keys, erased, #identity, #health, #circumstances, applicationId, determinationId, referralId, householdId, division, due, escalatedAt, escalations',
      ExpressionAttributeNames: {
        '#keys': 'keys',
        '#identity': 'sealed.identity',
        '#health': 'sealed.health',
        '#circumstances': 'sealed.circumstances',
      },
      ExpressionAttributeValues: { ':household': householdPrefix, ':referral': referralPrefix },
      ...(position === null ? {} : { ExclusiveStartKey: Position.parse(JSON.parse(position)) }),
    }),
  );
  const opened: OpenedHousehold[] = [];
  const referrals: ScannedReferral[] = [];
  for (const item of answer.Items ?? []) {
    if (String(item['pk']).startsWith(referralPrefix)) referrals.push(referralOf(item));
    else opened.push(await householdOf(item, dataKeys, marks));
  }
  const households = await withStanding(tables, dataKeys, opened);
  const next = answer.LastEvaluatedKey;
  return { households, referrals, next: next === undefined ? null : JSON.stringify(Position.parse(next)) };
};
