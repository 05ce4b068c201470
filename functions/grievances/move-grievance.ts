import type { GrievanceView } from '../../contracts/api/grievances.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { conflictOfDuty } from '../../domain/access/separation-of-duty.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { Grievance } from '../../domain/grievances/grievance.ts';
import { examinationOf, grievanceTaskIdOf } from '../../domain/grievances/grievance-tasks.ts';
import type { GrievanceId } from '../../domain/ids.ts';
import { type GrievanceAction, grievanceLifecycle } from '../../domain/lifecycles/grievance.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { type GrievanceTask, isGrievanceTask } from '../../domain/tasks/task.ts';
import { grievanceViewOf } from './grievance-view.ts';
import { visibleGrievance } from './read-grievances.ts';

/** Which version of which grievance a caller moves. */
export interface Moving {
  readonly principal: Principal;
  readonly grievanceId: GrievanceId;
  readonly ifMatch: number | null;
}

/** What a move is given: the grievance, its one open task, the moment and the policy. */
export interface Standing {
  readonly grievance: Grievance;
  readonly task: GrievanceTask;
  readonly at: Instant;
  readonly policy: PolicyPack;
}

/** What a move comes to: what changes in the grievance, the task as it ends, and the one that opens next. */
export interface Step {
  readonly changes: Partial<Grievance>;
  readonly ends: GrievanceTask;
  readonly next: GrievanceTask | null;
}

const eventOf = {
  accept: 'GrievanceAccepted',
  refuse: 'GrievanceRefused',
  uphold: 'GrievanceUpheld',
  reject: 'GrievanceRejected',
  withdraw: 'GrievanceWithdrawn',
} as const satisfies Readonly<Record<GrievanceAction, EventType>>;

/**
 * Moves a grievance and its task in one transaction, so that there is never a moment at which it waits and nobody has it. Whoever had
 * a hand in what is complained of moves nothing, in any direction: neither may they decide on it, nor make it disappear.
 */
export const moveGrievance = async (
  dependencies: Dependencies,
  { principal, grievanceId, ifMatch }: Moving,
  action: GrievanceAction,
  step: (standing: Standing) => Step,
): Promise<Outcome<GrievanceView>> => {
  const { store, policies, now } = dependencies;
  const grievance = await visibleGrievance(dependencies, principal, grievanceId);
  if (grievance === undefined) return refuse('not-found');
  const conflict = conflictOfDuty('examine-grievance', principal.subject, grievance.involved);
  if (conflict !== undefined) return refuse(conflict.problem);
  const { from, to } = grievanceLifecycle[action];
  if (!from.includes(grievance.state)) return refuse('lifecycle-conflict', { state: grievance.state });
  if (ifMatch !== null && ifMatch !== grievance.version)
    return refuse('version-conflict', { version: grievance.version });
  const policy = await policies.inForce();
  const at = now();
  const { changes, ends, next } = step({ grievance, task: await taskOf(dependencies, grievance), at, policy });
  const moved: Grievance = { ...grievance, ...changes, version: grievance.version + 1, state: to };
  const writes: AggregateWrite[] = [
    { kind: 'grievance', value: moved, from },
    { kind: 'task', value: ends, from: taskLifecycle.complete.from },
    ...(next === null ? [] : [{ kind: 'task' as const, value: next, from: [] }]),
  ];
  const result = await store.commit({
    aggregates: writes,
    event: newEvent(eventOf[action], at, dependencies.newId, { taskId: ends.taskId }),
    actor: { role: principal.role, subject: principal.subject },
    division: grievance.division,
  });
  if (!result.ok) return refuse('version-conflict');
  return succeed(grievanceViewOf(moved, policy, principal), { version: moved.version });
};

/** The task a grievance waits with: to accept it, or to examine what was accepted. */
const taskOf = async ({ store, digest }: Dependencies, grievance: Grievance): Promise<GrievanceTask> => {
  const kind = grievance.state === 'received' ? 'grievance-acceptance' : examinationOf[grievance.kind];
  const task = await store.task(grievanceTaskIdOf(digest, grievance.grievanceId, kind));
  if (task === undefined || !isGrievanceTask(task)) throw new Error(`${grievance.grievanceId} has no task ${kind}`);
  return task;
};
