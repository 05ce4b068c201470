import type { Report } from '../../domain/reports/report.ts';
import type { ReportReads } from '../../domain/reports/report-store.ts';
import type { Page } from '../../domain/store/roster-store.ts';
import type { Vault } from '../crypto/vault.ts';
import { reportKey } from './keys.ts';
import { getItem, readWorklist, type WorklistRange } from './reading.ts';
import { outreachRest, reportUnderWay } from './report-guard.ts';
import { receivedRange, reportRange, toEraseRange } from './report-lists.ts';
import type { rowReader } from './row-reader.ts';
import type { Tables } from './tables.ts';

/** What is read of reports. */
export const reportReads = (tables: Tables, vault: Vault, rows: ReturnType<typeof rowReader>): ReportReads => {
  const page = async (range: WorklistRange): Promise<Page<Report>> => {
    const { items, next } = await readWorklist(tables, range);
    return { items: await rows.several('report', items), next };
  };
  return {
    report: async (id) => {
      const item = await getItem(tables, reportKey(id));
      return item === undefined ? undefined : rows.one('report', item);
    },
    reportUnderWay: async (outreach) => reportUnderWay(tables, await vault.keyring(), outreach),
    outreachRest: async (outreach, hardship) => outreachRest(tables, await vault.keyring(), { outreach, hardship }),
    reportsOf: (county, query, limit, position) =>
      page(reportRange(county, query, position === null ? ' ' : `${position} `, limit)),
    reportsReceived: async (division, span, limit) => (await page(receivedRange(division, span, limit))).items,
    reportsToErase: async (county, at, limit) => (await page(toEraseRange(county, at, limit))).items,
  };
};
