import type { PublicReportView, ReportSummary, ReportView } from '../../contracts/api/reports.ts';
import { dateInChina, type Instant } from '../../domain/dates.ts';
import { clockOn, taskClockOn } from '../../domain/policy/look-up.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { hardshipTexts, reporterTexts } from '../../domain/reports/kinds.ts';
import type { Account, Report } from '../../domain/reports/report.ts';

/** Where a report stands, with the rules its days come from; nothing of what was told. */
export const reportSummaryOf = (report: Report, policy: PolicyPack): ReportSummary => {
  const due = taskClockOn(policy, 'outreach', dateInChina(report.receivedAt));
  const kept = clockOn(policy, 'report.retention', dateInChina(report.endedAt ?? report.receivedAt));
  return {
    reportId: report.reportId,
    state: report.state,
    division: report.division,
    identified: report.identified,
    timesTold: report.timesTold,
    joinedTo: report.joinedTo,
    taskId: report.taskId,
    receivedAt: report.receivedAt,
    dueOn: report.dueOn,
    dueRule: { basis: due.basis, citation: due.citation },
    followedUpAt: report.followedUpAt,
    endedAt: report.endedAt,
    applicationId: report.applicationId,
    keptUntil: report.keptUntil,
    keptRule: { basis: kept.basis, citation: kept.citation },
    erasedAt: report.erasedAt,
  };
};

const accountViewOf = ({ reporter, hardship, ...account }: Account) => ({
  ...account,
  reporter: { code: reporter, ...reporterTexts[reporter] },
  hardship: { code: hardship, ...hardshipTexts[hardship] },
});

/** What is found out beside the report when somebody reads it. */
type Beside = Pick<ReportView, 'known' | 'possibleDuplicates'>;

/** The whole of it. */
export const reportViewOf = (
  report: Report,
  policy: PolicyPack,
  { known, possibleDuplicates }: Beside,
): ReportView => ({
  ...reportSummaryOf(report, policy),
  accounts: report.accounts?.map(accountViewOf) ?? null,
  known,
  coverage: report.coverage,
  note: report.note,
  possibleDuplicates,
});

/**
 * How a report stands, for whoever told. Of one that was joined to an earlier one (`followed`) only what happened after it was told, so that
 * nobody learns that others had told before.
 */
export const publicReportOf = (report: Report, followed: Report): PublicReportView => {
  const since = (at: Instant | null) => (at !== null && at >= report.receivedAt ? dateInChina(at) : null);
  const followedUpOn = since(followed.followedUpAt);
  const endedOn = since(followed.endedAt);
  const begun = followedUpOn === null ? 'received' : 'followed-up';
  return {
    reportId: report.reportId,
    state: endedOn === null ? begun : 'ended',
    receivedOn: dateInChina(report.receivedAt),
    followedUpOn,
    endedOn,
  };
};
