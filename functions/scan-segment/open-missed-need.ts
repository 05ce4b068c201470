import { dateInChina, type LocalDate, monthsBetween, plusDays } from '../../domain/dates.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { TaskId } from '../../domain/ids.ts';
import {
  aboutMissedNeed,
  type MissedNeed,
  missedNeedTaskIdOf,
  type Seen,
  standingTaskOf,
} from '../../domain/missed-needs/missed-need.ts';
import { dailyScanActor } from '../../domain/missed-needs/scan-of.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import { openedTask } from '../../domain/tasks/new-task.ts';
import { isMissedNeedTask, type Task } from '../../domain/tasks/task.ts';
import type { Missed, Scanning } from './scanning.ts';

/** What a task is opened with. */
export type Opening = Pick<Scanning, 'dependencies' | 'policy' | 'day'>;

/** A line with the task that is there for it already, if nothing else covers it. */
export const withTask = async (scanning: Scanning, missed: Missed): Promise<Missed> => {
  if (missed.cover !== undefined) return missed;
  const { scans, digest } = scanning.dependencies;
  const { need, task } = await standingTaskOf(digest, missed.need, scans.records.task);
  return { need, cover: task === undefined ? undefined : asSeen(task, scanning) };
};

/**
 * Opens the task of a line of which none was found: once, whoever finds the line and however often. A task that this day's scan opened
 * counts as opened also when a repeated call finds it.
 */
export const opened = async (scanning: Opening, need: MissedNeed): Promise<Seen> => {
  const { dependencies, policy, day } = scanning;
  const { store, digest, now, newId } = dependencies;
  const about = aboutMissedNeed(digest, need, day);
  const at = now();
  const result = await store.commit({
    aggregates: [{ kind: 'task', value: openedTask({ ...dependencies, policy }, about, at), from: [] }],
    event: newEvent('MissedNeedFound', at, newId, about),
    actor: dailyScanActor,
    division: need.division,
  });
  if (result.ok) return { by: 'opened' };
  const others = await store.task(about.taskId);
  if (others === undefined) throw new WriteConflict(`${about.taskId}: ${result.conflict}`);
  return asSeen(others, scanning);
};

/** What a task that is there says of its line. */
export const asSeen = (task: Task, { day }: Pick<Scanning, 'day'>): Seen =>
  isMissedNeedTask(task) && task.foundOn === day ? { by: 'opened' } : { by: 'task' };

/** After so many days what was put right, and is still there, is asked about again [assumption]. */
const daysToPutRight = 30;

/** A line that may be asked about more than once, each time under another number. */
type Numbered = Extract<MissedNeed, { kind: 'undecided-in-hardship' | 'possible-double-registration' }>;

/**
 * A line with the number under which it is asked about now, and the task of that number if there is one: the first, and the next where what was
 * to be put right is still found a month later. What was found to be in order is asked about again after `months`, or never where that is null.
 */
export const askedAbout = async <Need extends Numbered>(
  { dependencies, day }: Pick<Opening, 'dependencies' | 'day'>,
  numbered: (number: number) => Need,
  taskOf: (taskId: TaskId) => Promise<Task | undefined>,
  months: number | null = null,
): Promise<{ readonly need: Need; readonly task: Task | undefined }> => {
  for (let number = 1; ; number += 1) {
    const need = numbered(number);
    const task = await taskOf(missedNeedTaskIdOf(dependencies.digest, need));
    if (task === undefined || !isAskedAgain(task, day, months)) return { need, task };
  }
};

const isAskedAgain = ({ completion }: Task, day: LocalDate, months: number | null): boolean => {
  if (completion === null) return false;
  const doneOn = dateInChina(completion.at);
  if (completion.outcome === 'remedied') return plusDays(doneOn, daysToPutRight) <= day;
  return months !== null && monthsBetween(doneOn, day) >= months;
};
