import type { TaskView } from '../../contracts/api/tasks.ts';
import { dateInChina } from '../../domain/dates.ts';
import { taskPerformers } from '../../domain/lifecycles/task.ts';
import { missedNeedTexts } from '../../domain/missed-needs/kinds.ts';
import { taskClockOn } from '../../domain/policy/look-up.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import {
  isAlertTask,
  isCaseTask,
  isEmergencyTask,
  isGrievanceTask,
  isMissedNeedTask,
  isOutreachTask,
  type MissedNeedTask,
  type Task,
} from '../../domain/tasks/task.ts';

/** A task as callers see it, with the rule its deadline comes from, so that a local setting is never taken for law. */
export const taskViewOf = (task: Task, policy: PolicyPack): TaskView => {
  const { amount, unit, basis, citation } = taskClockOn(policy, task.kind, dateInChina(task.openedAt));
  return {
    taskId: task.taskId,
    kind: task.kind,
    state: task.state,
    ...subjectOf(task),
    division: task.division,
    performers: [...taskPerformers[task.kind]],
    openedAt: task.openedAt,
    dueOn: task.dueOn,
    dueProvisional: task.dueProvisional,
    dueBasis: { amount, unit, basis, citation },
    remindedAt: task.remindedAt,
    escalatedAt: task.escalatedAt,
    extendedFor: task.extendedFor,
    completed: task.completion === null ? null : { at: task.completion.at, outcome: task.completion.outcome },
  };
};

/** Whose task it is; all others are null. */
const subjectOf = (task: Task) => {
  const of = isCaseTask(task) ? task : null;
  return {
    reviewId: of?.reviewId ?? null,
    applicationId: of?.applicationId ?? null,
    householdId: 'householdId' in task ? task.householdId : null,
    determinationId: of?.determinationId ?? null,
    emergencyAidId: isEmergencyTask(task) ? task.emergencyAidId : null,
    grievanceId: isGrievanceTask(task) ? task.grievanceId : null,
    alertId: isAlertTask(task) ? task.alertId : null,
    reportId: isOutreachTask(task) ? task.reportId : null,
    missedNeed: isMissedNeedTask(task) ? missedNeedOf(task) : null,
  };
};

const missedNeedOf = ({
  kind,
  foundOn,
  month,
  determinationId,
  referralId,
  alike,
}: MissedNeedTask): TaskView['missedNeed'] => {
  const { zh, en } = missedNeedTexts[kind];
  return { zh, en, foundOn, month, determinationId, referralId, alike: alike ?? null };
};
