import type { Alert } from '../../domain/alerts/alert.ts';
import { alertIdOf, raisedAlert, refreshedAlert } from '../../domain/alerts/alert-moves.ts';
import { hasComeBack } from '../../domain/alerts/come-back.ts';
import { type Fired, isMarked } from '../../domain/alerts/fired.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { AlertId, HouseholdId } from '../../domain/ids.ts';
import { alertLifecycle } from '../../domain/lifecycles/alert.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import type { HouseholdRecords, OpenHousehold } from '../../domain/store/open-household.ts';
import { RecordErased } from '../../domain/store/record-erased.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';

/** Who raises alerts, as the audit names it. */
export const alertActor = { role: 'workflow', subject: 're-evaluation' } as const;
/** The same household may be looked at by several at once; whoever loses looks again, this often at the most. */
export const maximumAttempts = 6;
/** Whoever lost knows nothing any more of what was read before. */
const readAgain: HouseholdRecords['alerts'] = new Map();

/** Whose alerts they are: the household as it was opened, the division they lie in, and those of its alerts that were read with it. */
export interface Place {
  readonly householdId: HouseholdId;
  readonly division: DivisionCode;
  readonly opened: OpenHousehold;
  readonly alerts: HouseholdRecords['alerts'];
}

/** The last alert of a household by a rule, where there is one, and the id of the next. */
interface Standing {
  readonly last: Alert | undefined;
  readonly nextId: AlertId;
}

const alertOrErased = async (store: Dependencies['store'], alertId: AlertId): Promise<Alert | 'erased' | undefined> => {
  try {
    return await store.alert(alertId);
  } catch (error) {
    if (error instanceof RecordErased) return 'erased';
    throw error;
  }
};

/** Goes along the alerts of a household by a rule, in the order in which they were raised; one that nobody can read any more counts as ended. */
export const standingAlert = async (
  { store, digest }: Dependencies,
  householdId: HouseholdId,
  rule: string,
  known: HouseholdRecords['alerts'],
): Promise<Standing> => {
  let last: Alert | undefined;
  for (let number = 1; ; number += 1) {
    const nextId = alertIdOf(digest, householdId, rule, number);
    const found = known.has(nextId) ? known.get(nextId) : await alertOrErased(store, nextId);
    if (found === undefined) return { last, nextId };
    last = found === 'erased' ? undefined : found;
    if (last?.state === 'open') return { last, nextId };
  }
};

/**
 * Raises an alert with its task, in one command; or makes the evidence of the open one new; or does nothing, where the very same was raised
 * before, open or ended, and has not come back since. One household has one open alert by a rule at the most, whoever comes first: the others find it.
 */
export const raiseAlert = async (
  dependencies: Dependencies,
  policy: PolicyPack,
  place: Place,
  fired: Fired,
): Promise<void> => {
  const { store, now, newId } = dependencies;
  const { householdId, division, opened } = place;
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const known = attempt === 0 ? place.alerts : readAgain;
    const { last, nextId } = await standingAlert(dependencies, householdId, fired.rule.code, known);
    if (last !== undefined && isMarked(last, fired) && !hasComeBack(last, fired, opened.roster.household)) return;
    const at = now();
    const isRefreshed = last?.state === 'open';
    const { alert, writes } = isRefreshed
      ? refreshing(refreshedAlert(last, fired, at))
      : raising(raisedAlert({ ...dependencies, policy }, { householdId, division, alertId: nextId }, fired, at));
    const result = await store.commit({
      aggregates: writes,
      event: newEvent(isRefreshed ? 'AlertRefreshed' : 'AlertRaised', at, newId, { taskId: alert.taskId }),
      actor: alertActor,
      division: alert.division,
      opened,
    });
    if (result.ok) return;
  }
  throw new WriteConflict(`the alerts of ${householdId} are being written all the time`);
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
