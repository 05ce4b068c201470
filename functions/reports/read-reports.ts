import type { PublicReportView, ReportSummary, ReportView } from '../../contracts/api/reports.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { fieldsSeenBy } from '../../domain/access/field-groups.ts';
import { mayReach, partSeen } from '../../domain/access/reach.ts';
import { dateInChina, endOfDayInChina, type Instant, plusDays } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ReportId } from '../../domain/ids.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { isOpen, type Report, toldResidentId } from '../../domain/reports/report.ts';
import type { ReportList } from '../../domain/reports/report-store.ts';
import { actorOf, recordReading } from '../households/record-looking.ts';
import { foundByResidentId } from './coverage-of.ts';
import { receiptText } from './opened-report.ts';
import { publicReportOf, reportSummaryOf, reportViewOf } from './report-view.ts';

/** So many reports of a day are named as possible duplicates: more than that is no help to anybody. */
const mostDuplicates = 20;

/** A report of the caller's division; undefined when there is none or it is another's, which look the same from outside. */
export const visibleReport = async (
  { store }: Pick<Dependencies, 'store'>,
  principal: Principal,
  reportId: ReportId,
): Promise<Report | undefined> => {
  const report = await store.report(reportId);
  return report !== undefined && mayReach(principal, report) ? report : undefined;
};

/**
 * A report with what was told, what the roster knows of the person, and what may be the same. Whoever sees the person is recorded before
 * anything is answered: in the audit, and in the person's own record where the roster has them.
 */
export const readReport = async (
  dependencies: Dependencies,
  principal: Principal,
  reportId: ReportId,
): Promise<Outcome<ReportView>> => {
  const report = await visibleReport(dependencies, principal, reportId);
  if (report === undefined) return refuse('not-found');
  const policy = await dependencies.policies.inForce();
  const seesPerson = fieldsSeenBy('report', principal.role).has('accounts') && report.accounts !== null;
  const known = seesPerson ? await knownNow(dependencies, principal, report) : null;
  const possibleDuplicates = await duplicatesOf(dependencies, report);
  return succeed(reportViewOf(report, policy, { known, possibleDuplicates }), { version: report.version });
};

const knownNow = async (
  dependencies: Dependencies,
  principal: Principal,
  report: Report,
): Promise<ReportView['known']> => {
  const { store, now, newId } = dependencies;
  const at = now();
  const recorded = await store.commit({
    aggregates: [],
    event: newEvent('ReportRead', at, newId, { taskId: report.taskId }),
    actor: actorOf(principal),
    division: report.division,
  });
  if (!recorded.ok) throw new Error(`the reading of ${report.reportId} was not recorded: ${recorded.conflict}`);
  const found = await foundByResidentId(store, principal, toldResidentId(report));
  if (found === undefined) return null;
  const { roster, personId, coverage } = found;
  const seen = { roster, personIds: [personId], purpose: 'case-work', fields: ['tier'] } as const;
  await recordReading(dependencies, principal, seen, at);
  return coverage;
};

/** Open reports of the same division and day. Nothing of what they say is compared: that is for whoever reads them. */
const duplicatesOf = async ({ store }: Dependencies, report: Report): Promise<ReportId[]> => {
  if (!isOpen(report)) return [];
  const day = dateInChina(report.receivedAt);
  const span: { from: Instant; before: Instant } = {
    from: endOfDayInChina(plusDays(day, -1)),
    before: endOfDayInChina(day),
  };
  const same = await store.reportsReceived(report.division, span, mostDuplicates + 1);
  return same
    .filter(({ reportId, division }) => reportId !== report.reportId && division === report.division)
    .map(({ reportId }) => reportId)
    .slice(0, mostDuplicates);
};

export interface ReportListRequest {
  county: DivisionCode | undefined;
  list: ReportList;
  limit: number;
  after: string | null;
}

/** The reports of a county or a part of it, without what was told. Callers of one county need not name it. */
export const listReports = async (
  { store, policies }: Dependencies,
  principal: Principal,
  { county: asked, list, limit, after }: ReportListRequest,
): Promise<Outcome<{ reports: ReportSummary[] }>> => {
  const county = asked ?? (principal.division.length >= 6 ? countyOf(principal.division) : undefined);
  if (county === undefined) {
    return refuse('validation-failed', { errors: [{ in: 'query', field: '/county', code: fault('required') }] });
  }
  const within = partSeen(principal, county);
  if (within === undefined) {
    return refuse('forbidden', { errors: [{ in: 'query', field: '/county', code: fault('division.out-of-scope') }] });
  }
  const page = await store.reportsOf(county, { list, within }, limit, after);
  const policy = await policies.inForce();
  return succeed({ reports: page.items.map((each) => reportSummaryOf(each, policy)) }, { next: page.next });
};

/** That a report was followed up, and when, to whoever has its receipt; a wrong secret finds nothing. */
export const readPublicReport = async (
  { store, digest }: Dependencies,
  reportId: ReportId,
  secret: string,
): Promise<Outcome<PublicReportView>> => {
  const report = await store.report(reportId);
  if (report === undefined || report.receiptHash !== digest(receiptText(reportId, secret))) return refuse('not-found');
  const followed = report.joinedTo === null ? report : await store.report(report.joinedTo);
  if (followed === undefined) throw new Error(`${reportId} was joined to a report that is not there`);
  return succeed(publicReportOf(report, followed));
};
