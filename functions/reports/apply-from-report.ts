import type { SubmitApplicationBody, SubmittedApplication } from '../../contracts/api/applications.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReportId } from '../../domain/ids.ts';
import { reportLifecycle } from '../../domain/lifecycles/report.ts';
import { toldResidentId } from '../../domain/reports/report.ts';
import { type Beside, submitApplication } from '../applications/submit-application.ts';
import { endedReport, outreachTaskOf } from './ended-report.ts';
import { visibleReport } from './read-reports.ts';

export interface Applying {
  principal: Principal;
  reportId: ReportId;
  body: SubmitApplicationBody;
  idempotencyKey: string;
  fingerprint: string;
}

/**
 * Takes an application on behalf of somebody who was reported: the ordinary one, by the ordinary use case. The report and its outreach end
 * in the same transaction, so that no report ends in an application that is not there, and no application is taken twice.
 */
export const applyFromReport = async (
  dependencies: Dependencies,
  { reportId, ...submission }: Applying,
): Promise<Outcome<SubmittedApplication>> => {
  const { principal } = submission;
  // First, so that whoever does not reach the report learns nothing of it, whatever else is wrong.
  if ((await visibleReport(dependencies, principal, reportId)) === undefined) return refuse('not-found');
  return submitApplication(dependencies, submission, endingOf(dependencies, principal, reportId));
};

const endingOf =
  (dependencies: Dependencies, principal: Principal, reportId: ReportId): Beside =>
  async ({ applicationId, residentIds, at }) => {
    const report = await visibleReport(dependencies, principal, reportId);
    if (report === undefined) return refuse('not-found');
    const { from } = reportLifecycle['take-application'];
    if (!from.includes(report.state)) return refuse('lifecycle-conflict', { state: report.state });
    const told = toldResidentId(report);
    if (told !== null && !residentIds.includes(told)) {
      return refuse('validation-failed', { errors: [{ field: '/members', code: fault('report.person') }] });
    }
    const clocks = { calendar: dependencies.calendar, policy: await dependencies.policies.inForce() };
    const task = await outreachTaskOf(dependencies, report);
    const { aggregates, reportOnce } = endedReport(clocks, report, task, {
      outcome: 'application-taken',
      from,
      at,
      by: principal.subject,
      changes: { applicationId },
    });
    return succeed({ aggregates, reportOnce });
  };
