import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { Instant } from '../../domain/dates.ts';
import { ApplicationId, DeterminationId, HouseholdId, ReferralId } from '../../domain/ids.ts';
import type { ScannedHousehold, ScannedReferral, ScannedRows } from '../../domain/missed-needs/scan-store.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { DataKeys } from '../crypto/data-keys.ts';
import { openHouseholdKeys } from '../crypto/household-keys.ts';
import { circumstancesOf, storedKeysIn } from './household-row.ts';
import { householdIn, householdPrefix, referralPrefix } from './keys.ts';
import type { Item } from './reading.ts';
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

const householdOf = async (item: Item, dataKeys: Pick<DataKeys, 'generation'>): Promise<ScannedHousehold> => {
  const keys = await openHouseholdKeys(householdIn(item), storedKeysIn(item), dataKeys);
  const { householdId, household } = circumstancesOf(item, keys);
  return { householdId, household, ...UnderWay.parse(item) };
};

/**
 * The next households and open referrals of a segment, in one pass over the table. Who they are stays in it, and what a referral is
 * for. A referral is in a list as long as somebody has something to do. A page may be empty while there are more.
 */
export const readScannedRows = async (
  { client, roster }: Tables,
  dataKeys: Pick<DataKeys, 'generation'>,
  { segment, of, position }: Stretch,
): Promise<ScannedRows> => {
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
        'pk, sk, version, #keys, erased, #health, #circumstances, applicationId, determinationId, referralId, householdId, division, due, escalatedAt, escalations',
      ExpressionAttributeNames: {
        '#keys': 'keys',
        '#health': 'sealed.health',
        '#circumstances': 'sealed.circumstances',
      },
      ExpressionAttributeValues: { ':household': householdPrefix, ':referral': referralPrefix },
      ...(position === null ? {} : { ExclusiveStartKey: Position.parse(JSON.parse(position)) }),
    }),
  );
  const households: ScannedHousehold[] = [];
  const referrals: ScannedReferral[] = [];
  for (const item of answer.Items ?? []) {
    if (String(item['pk']).startsWith(referralPrefix)) referrals.push(referralOf(item));
    else households.push(await householdOf(item, dataKeys));
  }
  const next = answer.LastEvaluatedKey;
  return { households, referrals, next: next === undefined ? null : JSON.stringify(Position.parse(next)) };
};
