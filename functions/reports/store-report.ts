import type { ReportReceipt } from '../../contracts/api/reports.ts';
import { dateInChina, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ReportId } from '../../domain/ids.ts';
import { openReportStates } from '../../domain/lifecycles/report.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { isOpen, outreachOf, type PlacedAccount, type Report, withAccount } from '../../domain/reports/report.ts';
import { movedOutreach } from '../../domain/reports/report-tasks.ts';
import type { AggregateWrite, Change, CommitResult } from '../../domain/store/roster-store.ts';
import { outreachTaskOf } from './ended-report.ts';
import { accountOf, joinedReport, openedReport, type Told } from './opened-report.ts';

/** Of what is told of one person at the same moment one is stored, and the others read again: each round one of them is done. */
const mostAtOnce = 24;

/** By whom a report is stored, and what is kept so that a repetition gets the same answer. */
export interface Storing {
  readonly reportId: ReportId;
  readonly secret: string;
  readonly actor: Change['actor'];
  readonly idempotency: (receipt: Readonly<Record<string, unknown>>) => Change['idempotency'];
}
/** `at-rest`: a file tells of somebody who is to be left in peace. `otherwise`: it was stored before, or others were faster each time. */
export type Stored = { stored: 'done'; receipt: ReportReceipt } | { stored: 'at-rest' | 'otherwise' };

/** Stores a report with its outreach, or adds it to the open one of the same person and county: there is one outreach at a time. */
export const storeReport = async (dependencies: Dependencies, told: Told, storing: Storing): Promise<Stored> => {
  const policy = await dependencies.policies.inForce();
  for (let attempt = 0; attempt < mostAtOnce; attempt += 1) {
    const { change, receipt } = await changeFor({ ...dependencies, policy }, told, storing);
    if (change === 'at-rest') return { stored: change };
    if (change === 'stored-before') break;
    if (change === undefined) continue;
    const result = await dependencies.store.commit(change);
    if (result.ok) return { stored: 'done', receipt };
    if (isThere(result)) break;
  }
  return { stored: 'otherwise' };
};

/** The same report was stored before. Everything else is another reporter, or whoever ended the report: what they did is read again. */
const isThere = ({ conflict }: Exclude<CommitResult, { ok: true }>): boolean =>
  conflict === 'idempotency' || conflict === 'exists';

const changeFor = async (
  dependencies: Dependencies & { policy: PolicyPack },
  told: Told,
  { reportId, secret, actor, idempotency }: Storing,
): Promise<{ change: Change | 'stored-before' | 'at-rest' | undefined; receipt: ReportReceipt }> => {
  const { store, now, newId } = dependencies;
  const { residentId } = told.person;
  const at = now();
  const { report, task } = openedReport(dependencies, told, { reportId, secret }, at);
  const { division } = report;
  const receipt: ReportReceipt = { reportId, secret, receivedOn: dateInChina(at) };
  const kept = idempotency({ ...receipt });
  const common = { ...(kept === undefined ? {} : { idempotency: kept }), actor, division };
  const outreach = residentId === null ? undefined : outreachOf(residentId, countyOf(division));
  const underWay = outreach === undefined ? undefined : await store.reportUnderWay(outreach);
  if (underWay === undefined) {
    if (outreach !== undefined && (await isAtRest(store, { ...told, outreach }, dateInChina(at))))
      return { change: 'at-rest', receipt };
    const change: Change = {
      ...common,
      aggregates: [
        { kind: 'report', value: report, from: [] },
        { kind: 'task', value: task, from: [] },
      ],
      event: newEvent('ReportReceived', at, newId, { taskId: task.taskId }),
    };
    return {
      receipt,
      change: outreach === undefined ? change : { ...change, reportOnce: { does: 'take', outreach, reportId } },
    };
  }
  // A report is not added to itself: whoever stores the same one at the same moment was faster.
  if (underWay === reportId) return { change: 'stored-before', receipt };
  const first = await store.report(underWay);
  if (first === undefined || !isOpen(first)) return { change: undefined, receipt };
  const change: Change = {
    ...common,
    aggregates: [
      { kind: 'report', value: joinedReport(report, first), from: [] },
      ...(await addedTo(dependencies, first, accountOf(reportId, told, at))),
    ],
    event: newEvent('ReportJoined', at, newId, { taskId: first.taskId }),
  };
  return { change, receipt };
};

/** The open report with another account; with its outreach where the account moves it to another desk, so that both lie on the same one. */
const addedTo = async (
  dependencies: Pick<Dependencies, 'store'>,
  first: Report,
  account: PlacedAccount,
): Promise<AggregateWrite[]> => {
  const value = withAccount(first, account);
  const report: AggregateWrite = { kind: 'report', value, from: openReportStates };
  if (value.division === first.division) return [report];
  const task = movedOutreach(await outreachTaskOf(dependencies, first), value);
  return [report, { kind: 'task', value: task, from: taskLifecycle.complete.from }];
};

/** Whether nobody goes there for what a department's file says. What a person tells is gone after at any time. */
export const isAtRest = async (
  store: Dependencies['store'],
  { reporter, outreach, hardship }: Pick<Told, 'reporter' | 'hardship'> & { readonly outreach: string },
  today: LocalDate,
): Promise<boolean> => {
  if (reporter !== 'feed') return false;
  const until = await store.outreachRest(outreach, hardship);
  return until !== undefined && today <= until;
};
