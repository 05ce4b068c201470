import type { TaskView } from '../../contracts/api/tasks.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina, endOfDayInChina } from '../../domain/dates.ts';
import { ExtensionReason } from '../../domain/deadlines/clock.ts';
import { reminderInstant } from '../../domain/deadlines/due.ts';
import { addWorkingDays } from '../../domain/deadlines/working-days.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { TaskId } from '../../domain/ids.ts';
import { type TaskKind, taskLifecycle } from '../../domain/lifecycles/task.ts';
import { clockOn } from '../../domain/policy/look-up.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { visibleTask } from './read-task.ts';
import { taskViewOf } from './task-view.ts';

/** The steps that are part of the statutory total, which is what the law lets grow. */
const extendable: readonly TaskKind[] = ['field-assessment', 'county-confirmation'];

/**
 * Moves a deadline by what the law adds for special cases (D57 article 22: from 30 to 45 working days), once, and only for one
 * of its reasons. An escalated task is open again afterwards.
 */
export const extendTask = async (
  dependencies: Dependencies,
  principal: Principal,
  taskId: TaskId,
  reasonCode: string,
  ifMatch: number,
): Promise<Outcome<TaskView>> => {
  const { store, now, newId, policies } = dependencies;
  const task = await visibleTask(dependencies, principal, taskId);
  if (task === undefined) return refuse('not-found');
  if (!taskLifecycle.extend.from.includes(task.state)) return refuse('lifecycle-conflict', { state: task.state });
  if (task.version !== ifMatch) return refuse('version-conflict', { version: task.version });
  const reason = ExtensionReason.safeParse(reasonCode);
  if (!reason.success) {
    return refuse('validation-failed', { errors: [{ field: '/reason', code: fault('extension.reason') }] });
  }
  if (task.extendedFor !== null || !extendable.includes(task.kind)) return refuse('extension-not-allowed');
  const policy = await policies.inForce();
  const extended = extend({ ...dependencies, policy }, task, reason.data);
  const result = await store.commit({
    aggregates: [{ kind: 'task', value: extended, from: taskLifecycle.extend.from }],
    event: newEvent('TaskExtended', now(), newId, task),
    actor: { role: principal.role, subject: principal.subject },
    division: task.division,
  });
  if (!result.ok) return refuse('version-conflict');
  return succeed(taskViewOf(extended, policy), { version: extended.version });
};

const extend = (
  { policy, calendar }: Pick<Dependencies, 'calendar'> & { policy: PolicyPack },
  task: Task,
  reason: ExtensionReason,
): Task => {
  const opened = dateInChina(task.openedAt);
  const added = clockOn(policy, 'review.total-special', opened).amount - clockOn(policy, 'review.total', opened).amount;
  const { date, provisional } = addWorkingDays(calendar, task.dueOn, added);
  return {
    ...task,
    version: task.version + 1,
    state: taskLifecycle.extend.to,
    dueOn: date,
    dueProvisional: provisional,
    remindAt: reminderInstant(task.openedAt, endOfDayInChina(date)),
    remindedAt: null,
    escalatedAt: null,
    extendedFor: reason,
  };
};
