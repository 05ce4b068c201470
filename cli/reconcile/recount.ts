import { join } from 'node:path';
import { itemsOf, openExport, type RosterExport } from '../export/read-export.ts';
import { countAlerts } from './count-alerts.ts';
import { countAssistance } from './count-assistance.ts';
import { countCases } from './count-cases.ts';
import { countChain } from './count-chain.ts';
import { countEmergencies } from './count-emergencies.ts';
import { countEvents, countTokens } from './count-events.ts';
import { countGrievances } from './count-grievances.ts';
import { countHouseholds } from './count-households.ts';
import { countMissedNeeds } from './count-missed-needs.ts';
import { countPayments } from './count-payments.ts';
import { countRecords } from './count-records.ts';
import { countReferrals } from './count-referrals.ts';
import { countReports } from './count-reports.ts';
import { collectFindings, type Finding } from './findings.ts';
import { openLedger } from './ledger.ts';
import { startLoading } from './load.ts';

/** What a recount came to, and of which moment. */
export interface Recount {
  readonly exportTime: string;
  readonly items: number;
  readonly findings: readonly Finding[];
}

const minutes = (count: number): number => count * 60_000;
/** The sweep comes by every fifteen minutes and takes a few; the relay and the steps of a review take seconds. */
const patience = minutes(20);

const before = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) - milliseconds).toISOString();

/**
 * Counts invariants I1 to I10 again from an export, with code of its own: it shares no rule, no key and no schema with what wrote the
 * rows. It needs no key, since envelopes stay closed, and memory of one size. Throws a CommandFailure when the export cannot be relied on.
 */
export const recount = async (folder: string, progress: (text: string) => void): Promise<Recount> => {
  const exported: RosterExport = openExport(folder);
  const findings = collectFindings();
  const ledger = openLedger();
  try {
    const loading = startLoading(ledger, findings);
    let items = 0;
    for (const table of ['roster', 'audit'] as const) {
      progress(`reading ${join(folder, table)}`);
      for await (const batch of itemsOf(exported[table])) {
        items += batch.length;
        for (const item of batch) loading.add(table, item);
      }
    }
    const { exportTime } = exported.roster.summary;
    const now = new Date(exportTime).toISOString();
    const moments = { now, justNow: before(now, patience), swept: before(now, patience) };
    progress('counting records');
    countRecords(ledger, findings, loading.takenOver());
    progress('counting cases');
    countCases(ledger, findings, moments);
    countReferrals(ledger, findings, moments);
    progress('counting households');
    countHouseholds(ledger, findings);
    progress('counting the assistance chain');
    countAssistance(ledger, findings);
    progress('counting emergencies');
    countEmergencies(ledger, findings, moments);
    progress('counting grievances');
    countGrievances(ledger, findings, moments);
    progress('counting reports');
    countReports(ledger, findings, moments);
    progress('counting what the daily scan found');
    countMissedNeeds(ledger, findings, moments);
    progress('counting alerts');
    countAlerts(ledger, findings, moments);
    progress('counting payments');
    countPayments(ledger, findings);
    progress('counting events');
    countEvents(ledger, findings, moments.justNow);
    countTokens(ledger, findings);
    progress('verifying the chain');
    await countChain(exported.audit, findings, loading.blocks());
    return { exportTime: now, items, findings: findings.all() };
  } finally {
    ledger.close();
  }
};
