import type { AlertDispositionBody, AlertView } from '../../contracts/api/alerts.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Alert, AlertDisposal } from '../../domain/alerts/alert.ts';
import { disposedAlert } from '../../domain/alerts/alert-moves.ts';
import type { CountedDisposal } from '../../domain/alerts/counted-alerts.ts';
import { monthIn } from '../../domain/assistance/period.ts';
import { dateInChina, type Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { AlertId } from '../../domain/ids.ts';
import { alertLifecycle } from '../../domain/lifecycles/alert.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { alertViewOf } from './alert-view.ts';
import { taskOfAlert, visibleAlert } from './read-alerts.ts';

export interface Disposing {
  readonly principal: Principal;
  readonly alertId: AlertId;
  readonly ifMatch: number;
  readonly body: AlertDispositionBody;
}

/** An ended alert is not looked at again: what stands in the household now was not what it was about. */
const nothingMore = { firesNow: null, wouldBe: null };

/**
 * Ends an alert, with its task and the count of whether it was right, in one transaction. It changes nothing in the household and nothing
 * of what it is paid: what is to be done follows from the disposition, by a review or by the department. The same, sent again by the same
 * officer, gets the same answer.
 */
export const disposeAlert = async (
  dependencies: Dependencies,
  { principal, alertId, ifMatch, body }: Disposing,
): Promise<Outcome<AlertView>> => {
  const { store, policies, now, newId } = dependencies;
  const alert = await visibleAlert(dependencies, principal, alertId);
  if (alert === undefined) return refuse('not-found');
  const policy = await policies.inForce();
  const task = await taskOfAlert(dependencies, alert);
  const { disposition, verdict, note } = body;
  const disposal: AlertDisposal = { disposition, verdict, grounds: [...body.grounds], note, by: principal.subject };
  if (isSame(alert.disposal, disposal)) {
    return succeed(alertViewOf(alert, task, policy, nothingMore), { version: alert.version, replayed: true });
  }
  if (!alertLifecycle.dispose.from.includes(alert.state)) return refuse('lifecycle-conflict', { state: alert.state });
  if (ifMatch !== alert.version) return refuse('version-conflict', { version: alert.version });
  const at = now();
  const done = disposedAlert(alert, task, disposal, at);
  const result = await store.commit({
    aggregates: [
      { kind: 'alert', value: done.alert, from: alertLifecycle.dispose.from },
      { kind: 'task', value: done.task, from: taskLifecycle.complete.from },
    ],
    disposes: countedAs(alert, disposal, at),
    event: newEvent('AlertDisposed', at, newId, { taskId: task.taskId }),
    actor: { role: principal.role, subject: principal.subject },
    division: alert.division,
  });
  if (!result.ok) return refuse('version-conflict');
  return succeed(alertViewOf(done.alert, done.task, policy, nothingMore), { version: done.alert.version });
};

const isSame = (one: AlertDisposal | null, other: AlertDisposal): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const countedAs = ({ division, rule, evidence }: Alert, { verdict }: AlertDisposal, at: Instant): CountedDisposal => ({
  county: countyOf(division),
  month: monthIn(dateInChina(at)),
  rule,
  datasets: [...new Set(evidence.map(({ dataset }) => dataset))],
  verdict,
});
