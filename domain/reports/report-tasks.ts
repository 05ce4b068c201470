import type { Instant } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { type ReportId, TaskId } from '../ids.ts';
import { taskLifecycle } from '../lifecycles/task.ts';
import { type Clocks, openedTask } from '../tasks/new-task.ts';
import type { OutreachTask, TaskCompletion } from '../tasks/task.ts';
import type { Report } from './report.ts';

/** A task's id follows from the report: each has one outreach. */
const outreachTaskIdOf = (digest: Digest, id: ReportId): TaskId =>
  TaskId.parse(`tsk_${digest(['outreach', id].join('|')).slice(0, 32)}`);

/** The outreach to the person of a report, due by the policy's clock from this moment on. */
export const newOutreach = (
  dependencies: { digest: Digest } & Clocks,
  { reportId, division }: Pick<Report, 'reportId' | 'division'>,
  at: Instant,
): OutreachTask =>
  openedTask(
    dependencies,
    { taskId: outreachTaskIdOf(dependencies.digest, reportId), kind: 'outreach', reportId, division },
    at,
  );

/** The outreach on the desk of whoever its report belongs to now. Its deadline stays. */
export const movedOutreach = (task: OutreachTask, { division }: Pick<Report, 'division'>): OutreachTask => ({
  ...task,
  version: task.version + 1,
  division,
});

/** The outreach, done by the command that ended the report. */
export const doneOutreach = (
  task: OutreachTask,
  done: Pick<TaskCompletion, 'at' | 'by' | 'outcome'>,
): OutreachTask => ({
  ...task,
  version: task.version + 1,
  state: taskLifecycle.complete.to,
  completion: { ...done, investigators: [], note: null, requestHash: '' },
});
