import type { EmergencyAidView, EmergencyClosureBody } from '../../contracts/api/emergency-aid.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { type EmergencyAid, occasionOf } from '../../domain/emergency/emergency-aid.ts';
import { doneTask, newEmergencyTask } from '../../domain/emergency/emergency-tasks.ts';
import { afterMovement } from '../../domain/emergency/reserve.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { emergencyAidLifecycle } from '../../domain/lifecycles/emergency-aid.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import type { EmergencyTask } from '../../domain/tasks/task.ts';
import { aidToMove, type Moving, reachableAid } from './aid-of.ts';
import { aidViewOf } from './aid-view.ts';
import { mostAtOnce } from './grant-emergency-aid.ts';
import { storeMove } from './move-aid.ts';

/**
 * Ends quick aid: paid and documented, with a task to take a full application where the hardship lasts; or never paid out, with
 * the money back in the reserve and the event free to be aided by somebody else.
 */
export const closeEmergencyAid = async (
  dependencies: Dependencies,
  moving: Moving,
  body: EmergencyClosureBody,
): Promise<Outcome<EmergencyAidView>> => {
  const aid = await reachableAid(dependencies, moving.principal, moving.emergencyAidId);
  if (aid === undefined) return refuse('not-found');
  return body.outcome === 'paid'
    ? close(dependencies, moving, aid, body.hardshipLasts)
    : withdraw(dependencies, moving, aid, body.reason);
};

const close = async (
  dependencies: Dependencies,
  moving: Moving,
  aid: EmergencyAid,
  hardshipLasts: boolean,
): Promise<Outcome<EmergencyAidView>> => {
  const task = await aidToMove(dependencies, aid, moving, 'close', 'emergency-closure');
  if (!task.ok) return task;
  const at = dependencies.now();
  const policy = await dependencies.policies.inForce();
  return storeMove(dependencies, moving, {
    action: 'close',
    event: 'EmergencyAidClosed',
    at,
    aid: { ...aid, hardshipLasts, closedAt: at },
    done: doneTask(task.body, { at, by: moving.principal.subject, outcome: 'closed' }),
    next: hardshipLasts ? [newEmergencyTask({ ...dependencies, policy }, aid, 'emergency-full-review', at)] : [],
  });
};

const withdraw = async (
  dependencies: Dependencies,
  moving: Moving,
  aid: EmergencyAid,
  notPaidFor: NonNullable<EmergencyAid['notPaidFor']>,
): Promise<Outcome<EmergencyAidView>> => {
  const task = await aidToMove(dependencies, aid, moving, 'withdraw', 'emergency-payment');
  if (!task.ok) return task;
  const { from, to } = emergencyAidLifecycle.withdraw;
  const value: EmergencyAid = {
    ...aid,
    version: aid.version + 1,
    state: to,
    closedAt: dependencies.now(),
    notPaidFor,
  };
  for (let attempt = 0; attempt < mostAtOnce; attempt += 1) {
    const result = await giveBack(dependencies, moving, { value, from, task: task.body });
    if (result.ok) return succeed(aidViewOf(value, await dependencies.policies.inForce()), { version: value.version });
    const isOurs = 'kind' in result && (result.kind === 'emergency-aid' || result.kind === 'task');
    if (isOurs) return refuse('version-conflict');
  }
  return refuse('store-unavailable', { retryAfterSeconds: 1 });
};

interface Withdrawal {
  readonly value: EmergencyAid;
  readonly from: readonly EmergencyAid['state'][];
  readonly task: EmergencyTask;
}

const giveBack = async (
  { store, now, newId }: Dependencies,
  { principal }: Moving,
  { value, from, task }: Withdrawal,
) => {
  const at = now();
  const { emergencyAidId, amount, reserve } = value;
  const movement = { entry: 'return', amount, emergencyAidId, at, by: principal.subject } as const;
  const moved = afterMovement(reserve, await store.emergencyReserve(reserve), movement);
  if (moved === undefined) throw new RangeError(`the reserve of ${reserve} cannot take back what it gave`);
  return store.commit({
    aggregates: [
      { kind: 'emergency-aid', value, from },
      {
        kind: 'task',
        value: doneTask(task, { at, by: principal.subject, outcome: 'not-paid' }),
        from: taskLifecycle.complete.from,
      },
      { kind: 'emergency-reserve', value: moved.reserve },
      { kind: 'reserve-entry', value: moved.entry },
    ],
    emergencyOnce: { does: 'free', occasion: occasionOf(value), emergencyAidId },
    event: newEvent('EmergencyAidWithdrawn', at, newId, { emergencyAidId, taskId: task.taskId }),
    actor: { role: principal.role, subject: principal.subject },
    division: value.incidentDivision,
  });
};
