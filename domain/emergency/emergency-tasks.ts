import { dateInChina, endOfDayInChina, type Instant, type LocalDate, plusDays } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { type EmergencyAidId, TaskId } from '../ids.ts';
import { type EmergencyTaskKind, taskLifecycle } from '../lifecycles/task.ts';
import { type Clocks, openedTask } from '../tasks/new-task.ts';
import type { EmergencyTask, TaskCompletion } from '../tasks/task.ts';
import type { EmergencyAid } from './emergency-aid.ts';

/** A task's id follows from the aid and the kind: each aid has one of each kind at the most. */
export const emergencyTaskIdOf = (digest: Digest, id: EmergencyAidId, kind: EmergencyTaskKind): TaskId =>
  TaskId.parse(`tsk_${digest(['emergency', id, kind].join('|')).slice(0, 32)}`);

const startOf = (day: LocalDate): Instant => endOfDayInChina(plusDays(day, -1));

/** The next task of an aid. Its clock starts on `from`; payment is counted from the report, not from when somebody wrote it down. */
export const newEmergencyTask = (
  dependencies: { digest: Digest } & Clocks,
  { emergencyAidId, incidentDivision }: Pick<EmergencyAid, 'emergencyAidId' | 'incidentDivision'>,
  kind: EmergencyTaskKind,
  at: Instant,
  from: LocalDate = dateInChina(at),
): EmergencyTask =>
  openedTask(
    dependencies,
    {
      taskId: emergencyTaskIdOf(dependencies.digest, emergencyAidId, kind),
      kind,
      emergencyAidId,
      division: incidentDivision,
    },
    at,
    startOf(from),
  );

/** The task, done by the same command that did what it asked for. */
export const doneTask = (task: EmergencyTask, done: Pick<TaskCompletion, 'at' | 'by' | 'outcome'>): EmergencyTask => ({
  ...task,
  version: task.version + 1,
  state: taskLifecycle.complete.to,
  completion: { ...done, investigators: [], note: null, requestHash: '' },
});
