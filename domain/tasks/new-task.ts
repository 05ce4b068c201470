import type { Instant } from '../dates.ts';
import { dateInChina } from '../dates.ts';
import { deadlineOf } from '../deadlines/due.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ReviewTaskKind } from '../lifecycles/task.ts';
import { taskClockOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { Review } from '../reviews/review.ts';
import { taskIdOf } from '../reviews/review-ids.ts';
import type { Task } from './task.ts';

/** A task of a review's present round, opened now; its deadline is the policy's clock for its kind. */
export const newTask = (
  { digest, policy, calendar }: Pick<Dependencies, 'digest' | 'calendar'> & { policy: PolicyPack },
  review: Review,
  kind: ReviewTaskKind,
  at: Instant,
): Task => {
  const deadline = deadlineOf(taskClockOn(policy, kind, dateInChina(at)), calendar, at);
  return {
    taskId: taskIdOf(digest, review.reviewId, kind, review.round),
    kind,
    version: 1,
    state: 'open',
    reviewId: review.reviewId,
    applicationId: review.applicationId,
    householdId: review.householdId,
    division: review.division,
    openedAt: at,
    dueOn: deadline.dueDate,
    dueProvisional: deadline.provisional,
    remindAt: deadline.remindAt,
    remindedAt: null,
    escalatedAt: null,
    extendedFor: null,
    completion: null,
  };
};
