import type { Alert } from '../../domain/alerts/alert.ts';
import { alertIdOf, raisedAlert, refreshedAlert } from '../../domain/alerts/alert-moves.ts';
import type { Fired } from '../../domain/alerts/fired.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { AlertId, HouseholdId } from '../../domain/ids.ts';
import { alertLifecycle } from '../../domain/lifecycles/alert.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import { RecordErased } from '../../domain/store/record-erased.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';

/** Who raises alerts, as the audit names it. */
const alertActor = { role: 'workflow', subject: 're-evaluation' } as const;
/** The same household may be looked at by several at once; whoever loses looks again, this often at the most. */
const maximumAttempts = 6;

interface Place {
  readonly householdId: HouseholdId;
  readonly division: DivisionCode;
}

/** The last alert of a household by a rule, where there is one, and the id of the next. */
interface Standing {
  readonly last: Alert | undefined;
  readonly nextId: AlertId;
}

/** Goes along the alerts of a household by a rule, in the order in which they were raised; one that nobody can read any more counts as ended. */
const standingOf = async (
  { store, digest }: Dependencies,
  { householdId }: Place,
  { rule }: Fired,
): Promise<Standing> => {
  let last: Alert | undefined;
  for (let number = 1; ; number += 1) {
    const nextId = alertIdOf(digest, householdId, rule.code, number);
    try {
      const found = await store.alert(nextId);
      if (found === undefined) return { last, nextId };
      last = found;
      if (found.state === 'open') return { last, nextId };
    } catch (error) {
      if (!(error instanceof RecordErased)) throw error;
      last = undefined;
    }
  }
};

/**
 * Raises an alert with its task, in one command; or makes the evidence of the open one new; or does nothing, where the very same was raised
 * before, open or ended. One household has one open alert by a rule at the most, whoever comes first: the others find it.
 */
export const raiseAlert = async (
  dependencies: Dependencies,
  policy: PolicyPack,
  place: Place,
  fired: Fired,
): Promise<void> => {
  const { store, now, newId } = dependencies;
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const { last, nextId } = await standingOf(dependencies, place, fired);
    if (last?.mark === fired.mark) return;
    const at = now();
    const isRefreshed = last?.state === 'open';
    const { alert, writes } = isRefreshed
      ? refreshing(refreshedAlert(last, fired, at))
      : raising(raisedAlert({ ...dependencies, policy }, { ...place, alertId: nextId }, fired, at));
    const result = await store.commit({
      aggregates: writes,
      event: newEvent(isRefreshed ? 'AlertRefreshed' : 'AlertRaised', at, newId, { taskId: alert.taskId }),
      actor: alertActor,
      division: alert.division,
    });
    if (result.ok) return;
  }
  throw new WriteConflict(`the alerts of ${place.householdId} are being written all the time`);
};

interface Writing {
  readonly alert: Alert;
  readonly writes: readonly AggregateWrite[];
}

const refreshing = (alert: Alert): Writing => ({
  alert,
  writes: [{ kind: 'alert', value: alert, from: alertLifecycle.refresh.from }],
});

const raising = ({ alert, task }: ReturnType<typeof raisedAlert>): Writing => ({
  alert,
  writes: [
    { kind: 'alert', value: alert, from: [] },
    { kind: 'task', value: task, from: [] },
  ],
});
