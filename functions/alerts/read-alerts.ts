import type { AlertSummary, AlertView } from '../../contracts/api/alerts.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach, partSeen } from '../../domain/access/reach.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import { reasons } from '../../domain/eligibility/explain.ts';
import type { AlertId } from '../../domain/ids.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { monthlyAmountOf } from '../../domain/reviews/form-opinion.ts';
import { type AlertTask, isAlertTask } from '../../domain/tasks/task.ts';
import { firedAlerts } from '../relay/fired-alerts.ts';
import { alertSummaryOf, alertViewOf, type Looked } from './alert-view.ts';

export interface AlertListRequest {
  readonly county?: DivisionCode | undefined;
  readonly state: Alert['state'];
  readonly limit: number;
  readonly after: string | null;
}

/** The alerts of a county in a state, of those open the most urgent first. Callers of one county need not name it. */
export const listAlerts = async (
  { store, policies }: Dependencies,
  principal: Principal,
  { county: asked, state, limit, after }: AlertListRequest,
): Promise<Outcome<{ alerts: AlertSummary[] }>> => {
  const county = asked ?? (principal.division.length >= 6 ? countyOf(principal.division) : undefined);
  if (county === undefined)
    return refuse('validation-failed', { errors: [{ in: 'query', field: '/county', code: fault('required') }] });
  if (partSeen(principal, county) !== county)
    return refuse('forbidden', { errors: [{ in: 'query', field: '/county', code: fault('division.out-of-scope') }] });
  const page = await store.alertsOf(county, state, limit, after);
  const policy = await policies.inForce();
  return succeed({ alerts: page.items.map((alert) => alertSummaryOf(alert, policy)) }, { next: page.next });
};

/** An alert the caller reaches; undefined when there is none or it is another's, which look the same from outside. */
export const visibleAlert = async (
  { store }: Pick<Dependencies, 'store'>,
  principal: Principal,
  alertId: AlertId,
): Promise<Alert | undefined> => {
  const alert = await store.alert(alertId);
  return alert !== undefined && mayReach(principal, alert) ? alert : undefined;
};

/** The task of an alert. Throws when it is not there: the two are stored together. */
export const taskOfAlert = async (
  { store }: Pick<Dependencies, 'store'>,
  { alertId, taskId }: Alert,
): Promise<AlertTask> => {
  const task = await store.task(taskId);
  if (task === undefined || !isAlertTask(task)) throw new Error(`${alertId} has no task`);
  return task;
};

export const readAlert = async (
  dependencies: Dependencies,
  principal: Principal,
  alertId: AlertId,
): Promise<Outcome<AlertView>> => {
  const alert = await visibleAlert(dependencies, principal, alertId);
  if (alert === undefined) return refuse('not-found');
  const policy = await dependencies.policies.inForce();
  const [task, looked] = await Promise.all([taskOfAlert(dependencies, alert), lookedAt(dependencies, policy, alert)]);
  return succeed(alertViewOf(alert, task, policy, looked), { version: alert.version });
};

/** Of an open alert what the rules say of the household as it is now. */
const lookedAt = async (dependencies: Dependencies, policy: PolicyPack, alert: Alert): Promise<Looked> => {
  const { store, now } = dependencies;
  const opened = alert.state === 'open' ? await store.openedHousehold(alert.householdId) : undefined;
  if (opened === undefined) return { firesNow: null, wouldBe: null };
  const { roster } = opened;
  const evaluation = evaluate(roster.household, policy, dateInChina(now()));
  const isDecided = evaluation.status === 'decided';
  const { fired } = await firedAlerts(dependencies, {
    opened,
    policy,
    evaluation,
    withDecision: true,
    afterReview: false,
    alertsOf: () => [],
  });
  return {
    firesNow: fired.some(({ rule }) => rule.code === alert.rule),
    wouldBe: {
      status: evaluation.status,
      tierStanding: roster.household.tier,
      tier: isDecided ? evaluation.householdTier : null,
      amount: isDecided ? monthlyAmountOf(evaluation.entitlements) : null,
      reasons: { zh: reasons(evaluation, 'zh'), en: reasons(evaluation, 'en') },
    },
  };
};
