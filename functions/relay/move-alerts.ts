import type { Alert } from '../../domain/alerts/alert.ts';
import { alertIdOf, movedAlert } from '../../domain/alerts/alert-moves.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { alertLifecycle } from '../../domain/lifecycles/alert.ts';
import { divisionOf } from '../../domain/policy-versions/change-determination.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { taskOfAlert } from '../alerts/read-alerts.ts';
import { readable } from './fired-alerts.ts';
import { alertActor, maximumAttempts, type Place, standingAlert } from './raise-alert.ts';

type Where = Pick<Place, 'opened' | 'division'>;

/**
 * Takes the open alerts of a household with it, each with its task, to the division in which the next would be raised: also those whose rule
 * does not fire any more, since nobody else ends them. From then on they are nothing to whom the household has left. Repeated, it finds
 * them where they are.
 */
export const moveAlerts = async (dependencies: Dependencies, householdId: HouseholdId): Promise<void> => {
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const open = await openAlerts(dependencies, householdId);
    if (open.length === 0) return;
    // After the alerts: where another has moved one since, by an older household or a newer one, the write of it fails and all is read again.
    const where = await whereNow(dependencies, householdId);
    if (where === undefined) return;
    const left = open.filter(({ division }) => division !== where.division);
    const moved = await Promise.all(left.map((alert) => isMoved(dependencies, where, alert)));
    if (!moved.includes(false)) return;
  }
  throw new WriteConflict(`the alerts of ${householdId} are being written all the time`);
};

/** The open alerts of a household by any rule there ever was; without those that nobody can read any more. */
const openAlerts = async (dependencies: Dependencies, householdId: HouseholdId): Promise<readonly Alert[]> => {
  const { store, policies, digest } = dependencies;
  const [opened, policy] = await Promise.all([ifReadable(store.openedHousehold(householdId)), policies.inForce()]);
  // Nobody is left in it of whom anything could be read.
  if (opened === undefined) return [];
  const rules = [...new Set(policy.alertRules.map(({ code }) => code))];
  const alertIds = rules.map((rule) => alertIdOf(digest, householdId, rule, 1));
  const { alerts } = await opened.records({ determinationId: null, applicationId: null, alertIds });
  const standing = await Promise.all(rules.map((rule) => standingAlert(dependencies, householdId, rule, alerts)));
  return standing.flatMap(({ last }) => (last?.state === 'open' ? [last] : []));
};

const whereNow = async ({ store }: Dependencies, householdId: HouseholdId): Promise<Where | undefined> => {
  const opened = await ifReadable(store.openedHousehold(householdId));
  if (opened === undefined) return undefined;
  const { determinationId } = opened.roster;
  const { determination } = await opened.records({ determinationId, applicationId: null, alertIds: [] });
  return { opened, division: divisionOf(readable(determination), opened.roster) };
};

/** The entry is kept where the alert goes, as that of a plan that moves is: where it comes from, the change in the household tells why. */
const isMoved = async (dependencies: Dependencies, { opened, division }: Where, from: Alert): Promise<boolean> => {
  const { store, now, newId } = dependencies;
  const before = await taskOfAlert(dependencies, from);
  const { alert, task } = movedAlert(from, before, division);
  const { ok } = await store.commit({
    aggregates: [
      { kind: 'alert', value: alert, from: alertLifecycle.move.from },
      { kind: 'task', value: task, from: [before.state] },
    ],
    event: newEvent('AlertMoved', now(), newId, { taskId: task.taskId }),
    actor: alertActor,
    division,
    opened,
  });
  return ok;
};
