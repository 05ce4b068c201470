import type { Instant } from '../dates.ts';
import { dateInChina } from '../dates.ts';
import { deadlineOf } from '../deadlines/due.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ReviewTaskKind } from '../lifecycles/task.ts';
import { taskClockOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { Review } from '../reviews/review.ts';
import { taskIdOf } from '../reviews/review-ids.ts';
import type { AlertTask, CaseTask, EmergencyTask, GrievanceTask, MissedNeedTask, OutreachTask, Task } from './task.ts';

/** The working days and the deadlines a task is opened by. */
export type Clocks = Pick<Dependencies, 'calendar'> & { policy: PolicyPack };

/** What a task is about, before it is opened. */
type About =
  | Pick<CaseTask, 'taskId' | 'kind' | 'reviewId' | 'applicationId' | 'householdId' | 'division'>
  | Pick<EmergencyTask, 'taskId' | 'kind' | 'emergencyAidId' | 'division'>
  | Pick<GrievanceTask, 'taskId' | 'kind' | 'grievanceId' | 'division'>
  | Pick<AlertTask, 'taskId' | 'kind' | 'alertId' | 'householdId' | 'division'>
  | Pick<OutreachTask, 'taskId' | 'kind' | 'reportId' | 'division'>
  | AboutMissedNeed;

/** What the daily scan opens a task about. */
export type AboutMissedNeed = Pick<
  MissedNeedTask,
  | 'taskId'
  | 'kind'
  | 'householdId'
  | 'division'
  | 'foundOn'
  | 'determinationId'
  | 'entitlement'
  | 'month'
  | 'referralId'
  | 'alike'
>;

/** A task opened now; its deadline is the policy's clock for its kind, which runs from `startedAt`. */
export function openedTask(clocks: Clocks, about: Extract<About, { reviewId: unknown }>, at: Instant): CaseTask;
export function openedTask(clocks: Clocks, about: Extract<About, { grievanceId: unknown }>, at: Instant): GrievanceTask;
export function openedTask(clocks: Clocks, about: Extract<About, { alertId: unknown }>, at: Instant): AlertTask;
export function openedTask(clocks: Clocks, about: Extract<About, { reportId: unknown }>, at: Instant): OutreachTask;
export function openedTask(clocks: Clocks, about: AboutMissedNeed, at: Instant): MissedNeedTask;
export function openedTask(
  clocks: Clocks,
  about: Extract<About, { emergencyAidId: unknown }>,
  at: Instant,
  startedAt?: Instant,
): EmergencyTask;
export function openedTask({ policy, calendar }: Clocks, about: About, at: Instant, startedAt: Instant = at): Task {
  const deadline = deadlineOf(taskClockOn(policy, about.kind, dateInChina(startedAt)), calendar, startedAt);
  return {
    ...about,
    version: 1,
    state: 'open',
    openedAt: at,
    dueOn: deadline.dueDate,
    dueProvisional: deadline.provisional,
    remindAt: deadline.remindAt,
    remindedAt: null,
    escalatedAt: null,
    extendedFor: null,
    completion: null,
  };
}

/** A task of a review's present round. */
export const newTask = (
  dependencies: Pick<Dependencies, 'digest'> & Clocks,
  { reviewId, applicationId, householdId, division, round }: Review,
  kind: ReviewTaskKind,
  at: Instant,
): CaseTask => {
  const taskId = taskIdOf(dependencies.digest, reviewId, kind, round);
  return openedTask(dependencies, { taskId, kind, reviewId, applicationId, householdId, division }, at);
};
