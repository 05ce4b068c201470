import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { Instant } from '../../domain/dates.ts';
import { ApplicationId, type AssistanceEntryId, DeterminationId, HouseholdId, ReferralId } from '../../domain/ids.ts';
import type { ScannedHousehold, ScannedReferral, ScannedRows } from '../../domain/missed-needs/scan-store.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { DataKeys } from '../crypto/data-keys.ts';
import { type HouseholdKeys, openHouseholdKeys } from '../crypto/household-keys.ts';
import type { Marks } from '../crypto/likeness.ts';
import { circumstancesOf, identitiesOf, storedKeysIn } from './household-row.ts';
import {
  assistanceEntryKey,
  determinationKey,
  householdIn,
  householdPrefix,
  type Key,
  referralPrefix,
} from './keys.ts';
import { getManyItems, type Item } from './reading.ts';
import { rowReader } from './row-reader.ts';
import type { Aggregate, AggregateKind } from './rows.ts';
import { Position, rowsPerPage, type Stretch } from './scanning.ts';
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

/** Records by their keys, in that order; undefined for what is not there, or nobody can read any more. */
const readTogether = async <Kind extends AggregateKind>(
  tables: Tables,
  dataKeys: Pick<DataKeys, 'generation'>,
  kind: Kind,
  keys: readonly Key[],
  known?: ReadonlyMap<HouseholdId, HouseholdKeys>,
): Promise<readonly (Aggregate<Kind> | undefined)[]> => {
  const items = await getManyItems(tables, keys);
  const present = items.filter((item) => item !== undefined);
  const found = await rowReader(tables, dataKeys).asFarAsReadable(kind, present, known);
  const byItem = new Map(present.map((item, index) => [item, found[index]]));
  return items.map((item) => (item === undefined ? undefined : byItem.get(item)));
};

/** The households with the decisions that stand of them, which are read together: one by one they would take most of a night. */
const withStanding = async (
  tables: Tables,
  dataKeys: Pick<DataKeys, 'generation'>,
  opened: readonly OpenedHousehold[],
): Promise<readonly ScannedHousehold[]> => {
  const ids = opened.flatMap(({ determinationId }) => determinationId ?? []);
  const keys = new Map(opened.map((each) => [each.householdId, each.keys]));
  const found = await readTogether(tables, dataKeys, 'determination', ids.map(determinationKey), keys);
  const standing = new Map(ids.map((id, index) => [id, found[index]]));
  return opened.map(({ householdId, household, people, applicationId, determinationId }) => ({
    householdId,
    household,
    people,
    applicationId,
    standing: determinationId === null ? null : (standing.get(determinationId) ?? 'unreadable'),
  }));
};

/** Entries of the assistance chain by their ids, read together. */
export const readScannedEntries = (
  tables: Tables,
  dataKeys: Pick<DataKeys, 'generation'>,
  ids: readonly AssistanceEntryId[],
): Promise<readonly (AssistanceEntry | undefined)[]> =>
  readTogether(tables, dataKeys, 'assistance-entry', ids.map(assistanceEntryKey));

/**
 * The next households and open referrals of a segment, in one pass over the table. Who they are stays in it, and what a referral is
 * for. A referral is in a list as long as somebody has something to do. A page may be empty while there are more.
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
      Limit: rowsPerPage,
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
