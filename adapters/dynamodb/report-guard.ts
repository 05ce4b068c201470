import { z } from 'zod';
import { ReportId } from '../../domain/ids.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { ConditionalItem } from './conditional-item.ts';
import { reportOnceKey } from './keys.ts';
import { getItem } from './reading.ts';
import type { Tables } from './tables.ts';

const Taken = z.object({ reportId: ReportId });

/** The item that makes an outreach one for everybody: its key is the keyed hash of person and county. The end of the report frees it. */
export const reportGuardItems = (
  { roster: TableName }: Tables,
  keyring: Keyring,
  { reportOnce }: Change,
): ConditionalItem[] => {
  if (reportOnce === undefined) return [];
  const { does, outreach, reportId } = reportOnce;
  const key = reportOnceKey(fingerprint(keyring('fingerprint'), outreach));
  const conflict = () => ({ conflict: 'reported' as const });
  if (does === 'take')
    return [
      {
        item: { Put: { TableName, Item: { ...key, reportId }, ConditionExpression: 'attribute_not_exists(pk)' } },
        conflict,
      },
    ];
  const item = {
    Delete: {
      TableName,
      Key: key,
      ConditionExpression: 'reportId = :report',
      ExpressionAttributeValues: { ':report': reportId },
    },
  };
  return [{ item, conflict }];
};

/** The report by which somebody is going to a person. */
export const reportUnderWay = async (
  tables: Tables,
  keyring: Keyring,
  outreach: string,
): Promise<ReportId | undefined> => {
  const item = await getItem(tables, reportOnceKey(fingerprint(keyring('fingerprint'), outreach)));
  return item === undefined ? undefined : Taken.parse(item).reportId;
};
