import type { ReportOutcomeBody, ReportView } from '../../contracts/api/reports.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ReportId } from '../../domain/ids.ts';
import { type ReportAction, reportLifecycle } from '../../domain/lifecycles/report.ts';
import { type Coverage, type Report, toldResidentId } from '../../domain/reports/report.ts';
import { visibleHousehold } from '../households/visible-member.ts';
import { coverageOf, foundByResidentId } from './coverage-of.ts';
import { endedReport, outreachTaskOf } from './ended-report.ts';
import { visibleReport } from './read-reports.ts';
import { reportViewOf } from './report-view.ts';

/** Which version of which report a caller moves. */
export interface Moving {
  readonly principal: Principal;
  readonly reportId: ReportId;
  readonly ifMatch: number | null;
}

/** A report that may be moved so, or why not. */
const toMove = async (
  dependencies: Dependencies,
  { principal, reportId, ifMatch }: Moving,
  action: ReportAction,
): Promise<Outcome<Report>> => {
  const report = await visibleReport(dependencies, principal, reportId);
  if (report === undefined) return refuse('not-found');
  if (!reportLifecycle[action].from.includes(report.state))
    return refuse('lifecycle-conflict', { state: report.state });
  if (ifMatch !== null && ifMatch !== report.version) return refuse('version-conflict', { version: report.version });
  return succeed(report);
};

/** What a move answers: the roster is not looked at again for it. */
const answerOf = async ({ policies }: Dependencies, report: Report): Promise<Outcome<ReportView>> =>
  succeed(reportViewOf(report, await policies.inForce(), { known: null, possibleDuplicates: [] }), {
    version: report.version,
  });

/** Records that somebody has gone, or called: whoever told can see it from now on. The outreach stays open until its outcome. */
export const followUpReport = async (dependencies: Dependencies, moving: Moving): Promise<Outcome<ReportView>> => {
  const { store, now, newId } = dependencies;
  const found = await toMove(dependencies, moving, 'follow-up');
  if (!found.ok) return found;
  const at = now();
  const { from, to } = reportLifecycle['follow-up'];
  const moved: Report = { ...found.body, version: found.body.version + 1, state: to, followedUpAt: at };
  const result = await store.commit({
    aggregates: [{ kind: 'report', value: moved, from }],
    event: newEvent('ReportFollowedUp', at, newId, { taskId: moved.taskId }),
    actor: { role: moving.principal.role, subject: moving.principal.subject },
    division: moved.division,
  });
  return result.ok ? answerOf(dependencies, moved) : refuse('version-conflict');
};

const actionOf = {
  'known-already': 'find-known',
  'not-found': 'not-find',
  'not-in-need': 'find-no-need',
  'not-wanted': 'respect-refusal',
} as const satisfies Readonly<Record<ReportOutcomeBody['outcome'], ReportAction>>;

/**
 * Ends a report and its outreach with what came of it, at the version that was read: an account that came in since has to be read first. Whom
 * something covers already is looked up, and not taken on trust.
 */
export const endReport = async (
  dependencies: Dependencies,
  moving: Moving & { readonly ifMatch: number },
  body: ReportOutcomeBody,
): Promise<Outcome<ReportView>> => {
  const { store, policies, calendar, now, newId } = dependencies;
  const { principal } = moving;
  const action = actionOf[body.outcome];
  const found = await toMove(dependencies, moving, action);
  if (!found.ok) return found;
  const covered = await coverageNamed(dependencies, principal, found.body, body);
  if (!covered.ok) return covered;
  const at = now();
  const clocks = { calendar, policy: await policies.inForce() };
  const { report, aggregates, reportOnce } = endedReport(
    clocks,
    found.body,
    await outreachTaskOf(dependencies, found.body),
    {
      outcome: body.outcome,
      from: reportLifecycle[action].from,
      at,
      by: principal.subject,
      changes: { coverage: covered.body, note: body.note },
    },
  );
  const result = await store.commit({
    aggregates,
    ...(reportOnce === undefined ? {} : { reportOnce }),
    event: newEvent('ReportEnded', at, newId, { taskId: report.taskId }),
    actor: { role: principal.role, subject: principal.subject },
    division: report.division,
  });
  return result.ok ? answerOf(dependencies, report) : refuse('version-conflict');
};

const notCovered: Refusal = refuse('validation-failed', {
  errors: [{ field: '/householdId', code: fault('report.not-covered') }],
});

const notTheirs: Refusal = refuse('validation-failed', {
  errors: [{ field: '/householdId', code: fault('report.person') }],
});

/**
 * What covers the person of a report that is said to be known already; null for every other outcome. A household that is named is that of
 * whoever has the ID that was told: what covers others covers nobody else. Without an ID, whose household it is only the officer can say.
 */
const coverageNamed = async (
  { store }: Dependencies,
  principal: Principal,
  report: Report,
  body: ReportOutcomeBody,
): Promise<Outcome<Coverage | null>> => {
  if (body.outcome !== 'known-already') return succeed(null);
  const told = toldResidentId(report);
  const found = await foundByResidentId(store, principal, told);
  if (body.householdId === null) {
    return found === undefined || found.coverage === null ? notCovered : succeed(found.coverage);
  }
  const roster = await visibleHousehold(store, principal, body.householdId);
  if (roster === undefined) return notCovered;
  if (told !== null && found?.roster.household.householdId !== body.householdId) return notTheirs;
  const { applicationId } = roster;
  const coverage =
    found === undefined
      ? await coverageOf(store, principal, roster, { personId: null, applicationId })
      : found.coverage;
  return coverage === null ? notCovered : succeed(coverage);
};
