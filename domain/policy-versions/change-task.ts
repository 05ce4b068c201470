import { dateInChina, type Instant } from '../dates.ts';
import { deadlineOf } from '../deadlines/due.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Determination } from '../determinations/determination.ts';
import { taskClockOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { Task } from '../tasks/task.ts';
import { changeTaskIdOf } from './run-ids.ts';

/** The county's task to look at a decision that waits for it. Undefined where no review is on record that it could be about. */
export const changeTask = (
  { digest, policy, calendar }: Pick<Dependencies, 'digest' | 'calendar'> & { policy: PolicyPack },
  determination: Determination,
  at: Instant,
): Task | undefined => {
  const { determinationId, reviewId, applicationId, householdId, division } = determination;
  if (reviewId === null || applicationId === null) return undefined;
  const deadline = deadlineOf(taskClockOn(policy, 'policy-change-check', dateInChina(at)), calendar, at);
  return {
    taskId: changeTaskIdOf(digest, determinationId),
    kind: 'policy-change-check',
    version: 1,
    state: 'open',
    reviewId,
    applicationId,
    householdId,
    division,
    openedAt: at,
    dueOn: deadline.dueDate,
    dueProvisional: deadline.provisional,
    remindAt: deadline.remindAt,
    remindedAt: null,
    escalatedAt: null,
    extendedFor: null,
    completion: null,
    determinationId,
  };
};
