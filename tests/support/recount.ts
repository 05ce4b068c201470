import { marshall } from '@aws-sdk/util-dynamodb';
import { storedItemOf } from '../../adapters/dynamodb/stored.ts';
import { countAlerts } from '../../cli/reconcile/count-alerts.ts';
import { countAssistance } from '../../cli/reconcile/count-assistance.ts';
import { countCases } from '../../cli/reconcile/count-cases.ts';
import { countEmergencies } from '../../cli/reconcile/count-emergencies.ts';
import { countEvents, countTokens } from '../../cli/reconcile/count-events.ts';
import { countGrievances } from '../../cli/reconcile/count-grievances.ts';
import { countHouseholds } from '../../cli/reconcile/count-households.ts';
import { countMissedNeeds } from '../../cli/reconcile/count-missed-needs.ts';
import { countPayments } from '../../cli/reconcile/count-payments.ts';
import { countRecords } from '../../cli/reconcile/count-records.ts';
import { countReferrals } from '../../cli/reconcile/count-referrals.ts';
import { countReports } from '../../cli/reconcile/count-reports.ts';
import { collectFindings } from '../../cli/reconcile/findings.ts';
import { openLedger } from '../../cli/reconcile/ledger.ts';
import { startLoading } from '../../cli/reconcile/load.ts';
import type { Item } from './engine.ts';
import type { TestRoster } from './roster.ts';

/** What a recount of the tables says is broken, as `I2: 140121100: …`; `changed` changes the rows of the roster before. */
export const violationsIn = async (
  roster: Pick<TestRoster, 'items' | 'at'>,
  changed: (items: readonly Item[]) => readonly Item[] = (items) => items,
): Promise<string[]> => {
  const findings = collectFindings();
  const ledger = openLedger();
  try {
    const loading = startLoading(ledger, findings);
    const tables = { roster: changed(await roster.items('roster')), audit: await roster.items('audit') };
    for (const table of ['roster', 'audit'] as const)
      for (const item of tables[table])
        loading.add(table, storedItemOf(marshall(item, { removeUndefinedValues: true })));
    const now = roster.at();
    const moments = { now, justNow: now, swept: now };
    countRecords(ledger, findings, loading.takenOver());
    countCases(ledger, findings, moments);
    countReferrals(ledger, findings, moments);
    countHouseholds(ledger, findings);
    countAssistance(ledger, findings);
    countEmergencies(ledger, findings, moments);
    countGrievances(ledger, findings, moments);
    countReports(ledger, findings, moments);
    countMissedNeeds(ledger, findings, moments);
    countAlerts(ledger, findings, moments);
    countPayments(ledger, findings);
    countEvents(ledger, findings, now);
    countTokens(ledger, findings);
    return findings.all().flatMap(({ id, first }) => first.map((where) => `${id}: ${where}`));
  } finally {
    ledger.close();
  }
};
