import type { Instant } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { type GrievanceId, TaskId } from '../ids.ts';
import { type GrievanceTaskKind, taskLifecycle } from '../lifecycles/task.ts';
import { type Clocks, openedTask } from '../tasks/new-task.ts';
import type { GrievanceTask, TaskCompletion } from '../tasks/task.ts';
import type { Grievance, GrievanceKind } from './grievance.ts';

/** Which task examines a grievance of a kind: each kind has a deadline of its own. */
export const examinationOf = {
  'complaint': 'grievance-complaint',
  'administrative-review': 'grievance-review',
} as const satisfies Readonly<Record<GrievanceKind, GrievanceTaskKind>>;

/** A task's id follows from the grievance and the kind: each grievance has one of each kind at the most. */
export const grievanceTaskIdOf = (digest: Digest, id: GrievanceId, kind: GrievanceTaskKind): TaskId =>
  TaskId.parse(`tsk_${digest(['grievance', id, kind].join('|')).slice(0, 32)}`);

/** The next task of a grievance, due by the policy's clock for its kind from this moment on. */
export const newGrievanceTask = (
  dependencies: { digest: Digest } & Clocks,
  { grievanceId, division }: Pick<Grievance, 'grievanceId' | 'division'>,
  kind: GrievanceTaskKind,
  at: Instant,
): GrievanceTask =>
  openedTask(
    dependencies,
    { taskId: grievanceTaskIdOf(dependencies.digest, grievanceId, kind), kind, grievanceId, division },
    at,
  );

/** The task, done by the same command that did what it asked for. */
export const doneGrievanceTask = (
  task: GrievanceTask,
  done: Pick<TaskCompletion, 'at' | 'by' | 'outcome'>,
): GrievanceTask => ({
  ...task,
  version: task.version + 1,
  state: taskLifecycle.complete.to,
  completion: { ...done, investigators: [], note: null, requestHash: '' },
});

/** The task of a grievance that was taken back: nobody needs to do it any more. */
export const cancelledGrievanceTask = (task: GrievanceTask): GrievanceTask => ({
  ...task,
  version: task.version + 1,
  state: taskLifecycle.cancel.to,
});
