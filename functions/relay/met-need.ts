import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import { standingTaskOf } from '../../domain/missed-needs/missed-need.ts';
import { dailyScanActor } from '../../domain/missed-needs/scan-of.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { isMissedNeedTask, type MissedNeedTask, type Task } from '../../domain/tasks/task.ts';
import { isInLedger } from './payment-facts.ts';

type Closing = Pick<Dependencies, 'store' | 'digest' | 'now' | 'newId'>;

/**
 * Takes back a task of the daily scan whose need has been met since it was opened, so that nobody is reminded of what is done: the month of the
 * item is in the ledger, or the referral has gone on and is in time again. There is no other reason to cancel such a task. True when it was
 * taken back here; what cannot be read stays open.
 */
export const closedIfMet = async (dependencies: Closing, task: Task): Promise<boolean> => {
  if (!isMissedNeedTask(task) || !taskLifecycle.cancel.from.includes(task.state)) return false;
  if (!(await isMet(dependencies, task))) return false;
  const { store, now, newId } = dependencies;
  const result = await store.commit({
    aggregates: [
      {
        kind: 'task',
        value: { ...task, version: task.version + 1, state: taskLifecycle.cancel.to },
        from: taskLifecycle.cancel.from,
      },
    ],
    event: newEvent('TaskCancelled', now(), newId, task),
    actor: dailyScanActor,
    division: task.division,
  });
  return result.ok;
};

/** Takes back the open task of a referral that has gone on. While one of its tasks is open there is no other. */
export const closeTaskOf = async (dependencies: Closing, referralId: ReferralId): Promise<void> => {
  const { store, digest } = dependencies;
  const referral = await store.referral(referralId);
  if (referral === undefined) throw new Error(`${referralId} is not in the store`);
  const { householdId, division, escalations } = referral;
  // The scan may have been there before the sweep has marked the referral as late once more.
  for (let lateness = escalations + 1; lateness >= 1; lateness -= 1) {
    const need = { kind: 'referral-unanswered', referralId, householdId, division, lateness } as const;
    const { task } = await standingTaskOf(digest, need, (taskId) => store.task(taskId));
    if (task === undefined) continue;
    await closedIfMet(dependencies, task);
    return;
  }
};

const isMet = async (dependencies: Closing, task: MissedNeedTask): Promise<boolean> => {
  const { kind, referralId } = task;
  if (kind === 'entitled-not-delivered') return isDelivered(dependencies, task);
  if (kind !== 'referral-unanswered' || referralId === null) return false;
  const referral = await ifReadable(dependencies.store.referral(referralId));
  return referral !== undefined && isInTime(referral, dependencies.now());
};

/** Whether nobody's time has passed: a referral that has ended has no step that is due. */
const isInTime = ({ due }: Referral, at: string): boolean => due === null || at < due.dueAt;

/** Whether the ledger has the month of the item by now, by whomever it was given. */
const isDelivered = async (
  { store }: Closing,
  { householdId, determinationId, entitlement, month }: MissedNeedTask,
): Promise<boolean> => {
  if (determinationId === null || entitlement === null || month === null) return false;
  const due = (await ifReadable(store.determination(determinationId)))?.entitlements[entitlement];
  if (due === undefined) return false;
  const { item, personId } = due;
  return (await ifReadable(isInLedger(store, { item, personId, householdId, month }))) === true;
};
