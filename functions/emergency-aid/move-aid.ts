import type { EmergencyAidView, EmergencyPapersBody } from '../../contracts/api/emergency-aid.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { EmergencyAid } from '../../domain/emergency/emergency-aid.ts';
import { doneTask, newEmergencyTask } from '../../domain/emergency/emergency-tasks.ts';
import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { EmergencyAidId } from '../../domain/ids.ts';
import { type EmergencyAidAction, emergencyAidLifecycle } from '../../domain/lifecycles/emergency-aid.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import type { EmergencyTask } from '../../domain/tasks/task.ts';
import { aidToMove, type Moving, reachableAid } from './aid-of.ts';
import { aidViewOf } from './aid-view.ts';

/** Quick aid as it stands. */
export const readEmergencyAid = async (
  dependencies: Dependencies,
  principal: Principal,
  emergencyAidId: EmergencyAidId,
): Promise<Outcome<EmergencyAidView>> => {
  const aid = await reachableAid(dependencies, principal, emergencyAidId);
  if (aid === undefined) return refuse('not-found');
  return succeed(aidViewOf(aid, await dependencies.policies.inForce()), { version: aid.version });
};

/** The aid has reached the person. Only now are papers due, so the task for them is opened with it. */
export const payEmergencyAid = async (
  dependencies: Dependencies,
  moving: Moving,
  paidOn: LocalDate,
): Promise<Outcome<EmergencyAidView>> => {
  const { policies, now } = dependencies;
  const aid = await reachableAid(dependencies, moving.principal, moving.emergencyAidId);
  if (aid === undefined) return refuse('not-found');
  const task = await aidToMove(dependencies, aid, moving, 'pay', 'emergency-payment');
  if (!task.ok) return task;
  const at = now();
  if (paidOn > dateInChina(at)) return refused('/paidOn', 'date.future');
  if (paidOn < aid.reportedOn) return refused('/paidOn', 'emergency.order');
  const policy = await policies.inForce();
  const papers = newEmergencyTask({ ...dependencies, policy }, aid, 'emergency-papers', at, paidOn);
  return storeMove(dependencies, moving, {
    action: 'pay',
    event: 'EmergencyAidPaid',
    at,
    aid: { ...aid, paidOn, papersDueOn: papers.dueOn },
    done: doneTask(task.body, { at, by: moving.principal.subject, outcome: 'paid' }),
    next: [papers],
  });
};

/** The papers that belong to aid that was paid. What is left is to look whether the hardship lasts. */
export const supplyEmergencyPapers = async (
  dependencies: Dependencies,
  moving: Moving,
  { papers }: EmergencyPapersBody,
): Promise<Outcome<EmergencyAidView>> => {
  const { policies, now } = dependencies;
  const aid = await reachableAid(dependencies, moving.principal, moving.emergencyAidId);
  if (aid === undefined) return refuse('not-found');
  const task = await aidToMove(dependencies, aid, moving, 'supply-papers', 'emergency-papers');
  if (!task.ok) return task;
  const at = now();
  const policy = await policies.inForce();
  return storeMove(dependencies, moving, {
    action: 'supply-papers',
    event: 'EmergencyPapersSupplied',
    at,
    aid: { ...aid, papers, papersReceivedAt: at },
    done: doneTask(task.body, { at, by: moving.principal.subject, outcome: 'papers-supplied' }),
    next: [newEmergencyTask({ ...dependencies, policy }, aid, 'emergency-closure', at)],
  });
};

const refused = (field: string, code: 'date.future' | 'emergency.order') =>
  refuse('validation-failed', { errors: [{ field, code: fault(code) }] });

/** One step of an aid: its new values, the task that is done with it, and what opens next. */
export interface Step {
  readonly action: EmergencyAidAction;
  readonly event: EventType;
  readonly at: EmergencyAid['decidedAt'];
  readonly aid: EmergencyAid;
  readonly done: EmergencyTask;
  readonly next: readonly EmergencyTask[];
}

/** The writes of a step: there is never a moment at which an aid waits and nobody has the task. */
export const writesOf = ({ action, aid, done, next }: Step): AggregateWrite[] => {
  const { from, to } = emergencyAidLifecycle[action];
  return [
    { kind: 'emergency-aid', value: { ...aid, version: aid.version + 1, state: to }, from },
    { kind: 'task', value: done, from: taskLifecycle.complete.from },
    ...next.map((value): AggregateWrite => ({ kind: 'task', value, from: [] })),
  ];
};

/** Stores a step as one command. */
export const storeMove = async (
  { store, newId, policies }: Dependencies,
  { principal }: Moving,
  step: Step,
): Promise<Outcome<EmergencyAidView>> => {
  const { emergencyAidId, incidentDivision, version } = step.aid;
  const result = await store.commit({
    aggregates: writesOf(step),
    event: newEvent(step.event, step.at, newId, { emergencyAidId, taskId: step.done.taskId }),
    actor: { role: principal.role, subject: principal.subject },
    division: incidentDivision,
  });
  if (!result.ok) return refuse('version-conflict');
  const moved = { ...step.aid, version: version + 1, state: emergencyAidLifecycle[step.action].to };
  return succeed(aidViewOf(moved, await policies.inForce()), { version: moved.version });
};
