import type { TaskResult, TaskView } from '../../contracts/api/tasks.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { conflictOfDuty } from '../../domain/access/separation-of-duty.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { HouseholdId, TaskId } from '../../domain/ids.ts';
import { taskLifecycle, taskPerformers } from '../../domain/lifecycles/task.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';
import { isCaseTask, isGrievanceTask, isMissedNeedTask, type Task } from '../../domain/tasks/task.ts';
import { checkedChange } from './checked-change.ts';
import { foundFacts } from './found-facts.ts';
import { visibleTask } from './read-task.ts';
import { remedyFaults } from './remedy-faults.ts';
import { reviewedHousehold, visitIn } from './reviewed-household.ts';
import { taskViewOf } from './task-view.ts';

export interface Completion {
  principal: Principal;
  taskId: TaskId;
  result: TaskResult;
  ifMatch: number | null;
}

/**
 * Finishes a task once. What was found is written to the household in the same transaction; the event lets the workflow go on.
 * The same result from the same caller again gets the same answer, another one is told that the task is done.
 */
export const completeTask = async (dependencies: Dependencies, completion: Completion): Promise<Outcome<TaskView>> => {
  const { store, now, newId, policies, digest } = dependencies;
  const { principal, taskId, result, ifMatch } = completion;
  const task = await visibleTask(dependencies, principal, taskId);
  if (task === undefined) return refuse('not-found');
  const policy = await policies.inForce();
  const requestHash = digest(JSON.stringify([principal.subject, result]));
  if (task.state === 'completed') {
    return task.completion?.requestHash === requestHash
      ? succeed(taskViewOf(task, policy), { version: task.version, replayed: true })
      : refuse('task-already-completed', { state: task.state });
  }
  const refusal = await refusalOf(dependencies, task, completion);
  if (refusal !== undefined) return refusal;
  if (ifMatch !== null && ifMatch !== task.version) return refuse('version-conflict', { version: task.version });

  const at = now();
  const findings = await findingsOf(dependencies, task, completion, at);
  if (!findings.ok) return findings;
  const done: Task = {
    ...task,
    version: task.version + 1,
    state: taskLifecycle.complete.to,
    completion: {
      at,
      by: principal.subject,
      outcome: outcomeOf(result),
      investigators: visitIn(result)?.visit.investigators ?? [],
      note: result.note ?? null,
      requestHash,
    },
  };
  const aggregates: AggregateWrite[] = [
    { kind: 'task', value: done, from: taskLifecycle.complete.from },
    ...findings.body,
  ];
  const reviewed = await reviewedHousehold(dependencies, task, result);
  const committed = await store.commit({
    aggregates,
    event: newEvent(eventOf(task, reviewed), at, newId, reviewed === undefined ? task : { ...task, changed: reviewed }),
    actor: { role: principal.role, subject: principal.subject },
    division: task.division,
  });
  if (committed.ok) return succeed(taskViewOf(done, policy), { version: done.version });
  return afterConflict(dependencies, task, requestHash);
};

/** What the result leads to beside the finished task, or why it may not be. */
const findingsOf = async (
  dependencies: Dependencies,
  task: Task,
  { principal, result }: Completion,
  at: Instant,
): Promise<Outcome<readonly AggregateWrite[]>> => {
  if (isGrievanceTask(task)) return remedyFaults(dependencies, task, principal, { result, at });
  if (isMissedNeedTask(task)) return foundFacts(dependencies, task, result, at);
  if (!isCaseTask(task)) return fullReviewFaults(dependencies, principal, result);
  return result.kind === 'policy-change-check'
    ? checkedChange(dependencies, task, result.decision, principal.subject)
    : foundFacts(dependencies, task, result, at);
};

/**
 * Only a review waits for its tasks. A policy change that was checked takes effect here, or what stood goes on standing; a household that was
 * reviewed without an application is decided anew.
 */
const eventOf = (task: Task, reviewed: HouseholdId | undefined): EventType => {
  if (reviewed !== undefined) return 'HouseholdReviewed';
  if (isGrievanceTask(task)) return 'GrievanceRemedied';
  if (isMissedNeedTask(task)) return 'MissedNeedSettled';
  if (!isCaseTask(task)) return 'EmergencyFullReviewSettled';
  return task.kind === 'policy-change-check' ? 'PolicyChangeChecked' : 'TaskCompleted';
};

/** The full application that follows an emergency has to be there, where the caller can see it. */
const fullReviewFaults = async (
  { store }: Dependencies,
  principal: Principal,
  result: TaskResult,
): Promise<Outcome<readonly AggregateWrite[]>> => {
  if (result.kind !== 'emergency-full-review' || result.applicationId === null) return succeed([]);
  const application = await store.application(result.applicationId);
  if (application !== undefined && mayReach(principal, application)) return succeed([]);
  return refuse('validation-failed', {
    errors: [{ field: '/applicationId', code: fault('emergency.application') }],
  });
};

const outcomeOf = (result: TaskResult): NonNullable<Task['completion']>['outcome'] => {
  switch (result.kind) {
    case 'field-assessment':
      return 'assessed';
    case 'county-confirmation':
      return result.decision === 'confirm' ? 'confirmed' : 'returned';
    case 'case-panel':
      return 'panel-answered';
    case 'policy-change-check':
      return 'change-checked';
    case 'emergency-full-review':
      return result.applicationId === null ? 'not-wanted' : 'application-taken';
    case 'grievance-remedy':
      return 'remedied';
    case 'entitled-not-delivered':
    case 'referral-unanswered':
    case 'left-still-in-hardship':
    case 'undecided-in-hardship':
    case 'possible-double-registration':
      return result.outcome;
    case 'periodic-review':
      return 'reviewed';
  }
};

const refusalOf = async (
  { store }: Dependencies,
  task: Task,
  { principal, result }: Completion,
): Promise<ReturnType<typeof refuse> | undefined> => {
  if (!taskPerformers[task.kind].includes(principal.role)) return refuse('forbidden');
  if (!taskLifecycle.complete.from.includes(task.state)) return refuse('lifecycle-conflict', { state: task.state });
  if (result.kind !== task.kind) {
    return refuse('validation-failed', { errors: [{ field: '/kind', code: fault('task.result-kind') }] });
  }
  const seen = visitIn(result);
  if (seen !== undefined && !seen.visit.investigators.includes(principal.subject)) {
    return refuse('validation-failed', {
      errors: [{ field: `${seen.at}/investigators`, code: fault('assessor.caller-absent') }],
    });
  }
  if (result.kind === 'county-confirmation' && isCaseTask(task)) {
    const [review, application] = await Promise.all([
      store.review(task.reviewId),
      store.application(task.applicationId),
    ]);
    // Without the records nobody can say who had a hand in it: then nobody confirms.
    if (review === undefined || application === undefined) return refuse('four-eyes');
    const before = [
      { duty: 'hand-in', subject: application.submittedBy } as const,
      ...review.assessors.map((subject) => ({ duty: 'assess', subject }) as const),
    ];
    const conflict = conflictOfDuty('confirm', principal.subject, before);
    if (conflict !== undefined) return refuse(conflict.problem);
  }
  return undefined;
};

/** Somebody was faster. If it was the same request, its answer is the answer; if not, the caller learns what stands. */
const afterConflict = async (
  { store, policies }: Dependencies,
  { taskId }: Task,
  requestHash: string,
): Promise<Outcome<TaskView>> => {
  const task = await store.task(taskId);
  if (task === undefined) return refuse('not-found');
  const policy = await policies.inForce();
  if (task.state !== 'completed') return refuse('version-conflict', { version: task.version });
  return task.completion?.requestHash === requestHash
    ? succeed(taskViewOf(task, policy), { version: task.version, replayed: true })
    : refuse('task-already-completed', { state: task.state });
};
