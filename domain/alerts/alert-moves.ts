import type { Instant } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { AlertId, type HouseholdId, TaskId } from '../ids.ts';
import { alertLifecycle } from '../lifecycles/alert.ts';
import { taskLifecycle } from '../lifecycles/task.ts';
import type { DivisionCode } from '../people/divisions.ts';
import { type Clocks, openedTask } from '../tasks/new-task.ts';
import type { AlertTask } from '../tasks/task.ts';
import type { Alert, AlertDisposal } from './alert.ts';
import type { Fired } from './fired.ts';

/**
 * The id of a household's alert by a rule, its first, second and so on. The next number is taken only when the one before it has ended, and
 * each is taken once: so there is one open alert by construction, whoever raises it and however often.
 */
export const alertIdOf = (digest: Digest, householdId: HouseholdId, rule: string, number: number): AlertId =>
  AlertId.parse(`alr_${digest(['alert', householdId, rule, String(number)].join('|')).slice(0, 32)}`);

const alertTaskIdOf = (digest: Digest, id: AlertId): TaskId =>
  TaskId.parse(`tsk_${digest(['alert', id].join('|')).slice(0, 32)}`);

const firedParts = ({ rule, persons, evidence, mark }: Fired) => ({
  rule: rule.code,
  ruleFrom: rule.validFrom,
  persons: [...persons],
  evidence: [...evidence],
  mark,
});

/** An alert raised now, with the task of its county that is due by the clock of its level. */
export const raisedAlert = (
  dependencies: { digest: Digest } & Clocks,
  place: { alertId: AlertId; householdId: HouseholdId; division: DivisionCode },
  fired: Fired,
  at: Instant,
): { alert: Alert; task: AlertTask } => {
  const { level } = fired.rule;
  const taskId = alertTaskIdOf(dependencies.digest, place.alertId);
  const task = openedTask(dependencies, { ...place, taskId, kind: `alert-${level}` }, at);
  const alert: Alert = {
    ...place,
    ...firedParts(fired),
    version: 1,
    state: 'open',
    level,
    taskId,
    raisedAt: at,
    refreshedAt: null,
    disposedAt: null,
    disposal: null,
  };
  return { alert, task };
};

/** An open alert with the evidence of now. Its level and its deadline stay: what was urgent has not become less so by being told again. */
export const refreshedAlert = (alert: Alert, fired: Fired, at: Instant): Alert => ({
  ...alert,
  ...firedParts(fired),
  version: alert.version + 1,
  state: alertLifecycle.refresh.to,
  refreshedAt: at,
});

/** An open alert that goes with its household to another division, and its task with it: what it says and its deadline stay. */
export const movedAlert = (
  alert: Alert,
  task: AlertTask,
  division: DivisionCode,
): { alert: Alert; task: AlertTask } => ({
  alert: { ...alert, division, version: alert.version + 1, state: alertLifecycle.move.to },
  task: { ...task, division, version: task.version + 1 },
});

/** An alert that somebody has disposed of, and its task, done by the same command. */
export const disposedAlert = (
  alert: Alert,
  task: AlertTask,
  disposal: AlertDisposal,
  at: Instant,
): { alert: Alert; task: AlertTask } => ({
  alert: {
    ...alert,
    version: alert.version + 1,
    state: alertLifecycle.dispose.to,
    disposedAt: at,
    disposal,
  },
  task: {
    ...task,
    version: task.version + 1,
    state: taskLifecycle.complete.to,
    completion: { at, by: disposal.by, outcome: 'disposed', investigators: [], note: null, requestHash: '' },
  },
});
