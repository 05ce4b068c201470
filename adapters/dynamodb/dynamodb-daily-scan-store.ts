import { z } from 'zod';
import { Month } from '../../domain/assistance/period.ts';
import { DailyScan, ScanProgress } from '../../domain/missed-needs/daily-scan.ts';
import type { DailyScanStore } from '../../domain/missed-needs/scan-store.ts';
import type { DataKeys } from '../crypto/data-keys.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { marksOf } from '../crypto/likeness.ts';
import { dailyScanKey, dailyScanPartition, deliveriesSinceKey, scannedKey } from './keys.ts';
import { behind, storeNote } from './notes.ts';
import { getItem, type Item, readPartition } from './reading.ts';
import { readScannedRows, scannedRecords } from './scan-rows.ts';
import { estimateRows } from './scanning.ts';
import type { Tables } from './tables.ts';

const withoutKey = ({ pk: _pk, sk: _sk, ...values }: Item): Item => values;
const progressOf = (item: Item): ScanProgress => ScanProgress.parse(withoutKey(item));
const scanOf = (item: Item): DailyScan => DailyScan.parse(withoutKey(item));

/** The item by which a roster that is taken over says so. */
const DeliveriesSince = z.object({ month: Month });
export const deliveriesSinceRow = (month: Month): Item => ({ ...deliveriesSinceKey, month });

/** The port `DailyScanStore` on DynamoDB. */
export const dynamodbDailyScanStore = (
  tables: Tables,
  { dataKeys, keyring }: { dataKeys: Pick<DataKeys, 'generation'>; keyring: () => Promise<Keyring> },
): DailyScanStore => ({
  estimatedRows: () => estimateRows(tables),
  deliveriesSince: async () => {
    const item = await getItem(tables, deliveriesSinceKey);
    return item === undefined ? null : DeliveriesSince.parse(item).month;
  },
  rows: async ({ day, ...stretch }) =>
    readScannedRows(tables, dataKeys, marksOf((await keyring())('fingerprint'), day), stretch),
  records: scannedRecords(tables, dataKeys),
  begin: async (scan) => {
    const key = dailyScanKey(scan.day);
    if (await storeNote(tables, { ...key, ...scan }, behind('parts', 0))) return scan;
    const item = await getItem(tables, key);
    if (item === undefined) throw new Error(`${key.pk} could not be stored`);
    return scanOf(item);
  },
  begun: async (day) => {
    const item = await getItem(tables, dailyScanKey(day));
    return item === undefined ? undefined : scanOf(item);
  },
  scan: async (day) => {
    // One item more than there are segments.
    const items = await readPartition(tables, dailyScanPartition(day));
    const { sk } = dailyScanKey(day);
    const head = items.find((item) => item['sk'] === sk);
    if (head === undefined) return undefined;
    return { scan: scanOf(head), progress: items.filter((item) => item !== head).map(progressOf) };
  },
  segment: async (day, segment) => {
    const item = await getItem(tables, scannedKey(day, segment));
    return item === undefined ? undefined : progressOf(item);
  },
  storeProgress: (day, progress) =>
    storeNote(tables, { ...scannedKey(day, progress.segment), ...progress }, behind('parts', progress.parts - 1)),
});
