import { z } from 'zod';
import { endOfDayInChina, LocalDate } from '../../domain/dates.ts';
import { ReportId } from '../../domain/ids.ts';
import type { ReportedHardship } from '../../domain/reports/kinds.ts';
import { restOf } from '../../domain/reports/report.ts';
import type { ReportOnce } from '../../domain/reports/report-store.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { ConditionalItem } from './conditional-item.ts';
import { outreachRestKey, reportOnceKey } from './keys.ts';
import { getItem } from './reading.ts';
import type { Tables } from './tables.ts';

const Taken = z.object({ reportId: ReportId });
const Rest = z.object({ until: LocalDate });

/** The item that makes an outreach one for everybody: its key is the keyed hash of person and county. The end of the report frees it. */
export const reportGuardItems = (
  { roster: TableName }: Tables,
  keyring: Keyring,
  { reportOnce }: Change,
): ConditionalItem[] => {
  if (reportOnce === undefined) return [];
  const { outreach, reportId } = reportOnce;
  const key = reportOnceKey(fingerprint(keyring('fingerprint'), outreach));
  const conflict = () => ({ conflict: 'reported' as const });
  if (reportOnce.does === 'take')
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
  return [{ item, conflict }, ...restItems(TableName, keyring, reportOnce)];
};

/**
 * What says until when files lead to no outreach: a day under the keyed hash of person, county and kind of hardship, and nothing else. A later
 * end sets a later day. The store removes it when the day is over.
 */
const restItems = (
  TableName: string,
  keyring: Keyring,
  { outreach, rest }: Extract<ReportOnce, { does: 'free' }>,
): ConditionalItem[] => {
  if (rest === null) return [];
  const { hardships, until } = rest;
  const expiresAt = Date.parse(endOfDayInChina(until)) / 1_000;
  return hardships.map((hardship) => {
    const key = outreachRestKey(fingerprint(keyring('fingerprint'), restOf(outreach, hardship)));
    return {
      item: { Put: { TableName, Item: { ...key, until, expiresAt } } },
      conflict: () => ({ conflict: 'reported' }),
    };
  });
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

/** The last day of a rest. The store removes it when it gets to it, so that the day is to be held against today. */
export const outreachRest = async (
  tables: Tables,
  keyring: Keyring,
  { outreach, hardship }: { readonly outreach: string; readonly hardship: ReportedHardship },
): Promise<LocalDate | undefined> => {
  const mark = fingerprint(keyring('fingerprint'), restOf(outreach, hardship));
  const item = await getItem(tables, outreachRestKey(mark));
  return item === undefined ? undefined : Rest.parse(item).until;
};
