import { z } from 'zod';
import { Month } from '../assistance/period.ts';
import { Instant, LocalDate } from '../dates.ts';
import {
  AlertId,
  ApplicationId,
  DeterminationId,
  EmergencyAidId,
  GrievanceId,
  HouseholdId,
  PersonId,
  ReferralId,
  ReportId,
  ReviewId,
  TaskId,
} from '../ids.ts';
import {
  alertTaskKinds,
  caseTaskKinds,
  emergencyTaskKinds,
  grievanceTaskKinds,
  missedNeedTaskKinds,
  reportTaskKinds,
  taskStates,
} from '../lifecycles/task.ts';
import { DivisionCode } from '../people/divisions.ts';

/** How a finished task ended, as far as the workflow needs to know. */
export const taskOutcomes = [
  'papers-supplied',
  'assessed',
  'confirmed',
  'returned',
  'panel-answered',
  'change-checked',
  'paid',
  'not-paid',
  'closed',
  'application-taken',
  'not-wanted',
  'accepted',
  'refused',
  'upheld',
  'rejected',
  'remedied',
  'nothing-missing',
  'disposed',
  'known-already',
  'not-found',
  'not-in-need',
  'reviewed',
] as const;
/** How a task of the daily scan ends that somebody looks into. */
export const missedNeedOutcomes = [
  'remedied',
  'nothing-missing',
] as const satisfies readonly (typeof taskOutcomes)[number][];

/** What was done: by whom, when, with which outcome. `requestHash` tells a repeated request from a second, different one. */
export const TaskCompletion = z.strictObject({
  at: Instant,
  by: z.string(),
  outcome: z.enum(taskOutcomes),
  investigators: z.array(z.string()),
  note: z.string().nullable(),
  requestHash: z.string(),
});
export type TaskCompletion = z.infer<typeof TaskCompletion>;

/** Something a person must do by a date. The deadline is data, so that the law's extensions can move it and a sweep can see it. */
const ofEveryTask = {
  taskId: TaskId,
  version: z.int().min(1),
  state: z.enum(taskStates),
  division: DivisionCode,
  openedAt: Instant,
  dueOn: LocalDate,
  /** True when the due date lies past the last day the working-day calendar knows. */
  dueProvisional: z.boolean(),
  remindAt: Instant,
  remindedAt: Instant.nullable(),
  escalatedAt: Instant.nullable(),
  /** Code of the statutory reason the deadline was extended for; a deadline is extended once. */
  extendedFor: z.string().nullable(),
  completion: TaskCompletion.nullable(),
};

/** A task about a household and its case. */
const CaseTask = z.strictObject({
  ...ofEveryTask,
  kind: z.enum(caseTaskKinds),
  reviewId: ReviewId,
  applicationId: ApplicationId,
  householdId: HouseholdId,
  /** Of a `policy-change-check`: the decision that waits for it. */
  determinationId: DeterminationId.optional(),
});
export type CaseTask = z.infer<typeof CaseTask>;

/** A task of quick aid in an emergency: whom it is about need not be on the roster, so it names the aid and no household. */
const EmergencyTask = z.strictObject({
  ...ofEveryTask,
  kind: z.enum(emergencyTaskKinds),
  emergencyAidId: EmergencyAidId,
});
export type EmergencyTask = z.infer<typeof EmergencyTask>;

/** A task of a grievance: it names the grievance and nothing of what is said in it. */
const GrievanceTask = z.strictObject({
  ...ofEveryTask,
  kind: z.enum(grievanceTaskKinds),
  grievanceId: GrievanceId,
});
export type GrievanceTask = z.infer<typeof GrievanceTask>;

/**
 * Two records that may be of one person: the one of the task's own household, and the other with its household and county. Ids only: who
 * may not read the other record asks the county that may.
 */
export const AlikeRecords = z.strictObject({
  personId: PersonId,
  householdId: HouseholdId,
  otherPersonId: PersonId,
  county: DivisionCode,
});
export type AlikeRecords = z.infer<typeof AlikeRecords>;

/**
 * A task that the daily scan opened for a household that fell between. What it should have been given lies in the decision: the task
 * names the place of it there, so that nobody reads in a list of tasks what somebody is given.
 */
const MissedNeedTask = z.strictObject({
  ...ofEveryTask,
  kind: z.enum(missedNeedTaskKinds),
  householdId: HouseholdId,
  /** The day of the scan that opened it. */
  foundOn: LocalDate,
  /** Of a delivery: the decision that entitles, which of its entitlements, from 0, and the month that was missed. */
  determinationId: DeterminationId.nullable(),
  entitlement: z.int().min(0).nullable(),
  month: Month.nullable(),
  /** Of a referral: which. */
  referralId: ReferralId.nullable(),
  /** Of a possible double registration: the two records. */
  alike: AlikeRecords.optional(),
});
export type MissedNeedTask = z.infer<typeof MissedNeedTask>;

/** A task of an alert: it names the alert and the household, and nothing of what the alert is about. */
const AlertTask = z.strictObject({
  ...ofEveryTask,
  kind: z.enum(alertTaskKinds),
  alertId: AlertId,
  householdId: HouseholdId,
});
export type AlertTask = z.infer<typeof AlertTask>;

/** The task to go and see somebody who was reported: whom, the report says, and nothing of it is repeated here. */
const OutreachTask = z.strictObject({
  ...ofEveryTask,
  kind: z.enum(reportTaskKinds),
  reportId: ReportId,
});
export type OutreachTask = z.infer<typeof OutreachTask>;

/** The kind says whose a task is: a case's, an emergency's, a grievance's, the daily scan's, an alert's, or a report's. */
export const Task = z.discriminatedUnion('kind', [
  CaseTask,
  EmergencyTask,
  GrievanceTask,
  MissedNeedTask,
  AlertTask,
  OutreachTask,
]);
export type Task = z.infer<typeof Task>;

/** Whether a task is about a case, with its household, application and review. */
export const isCaseTask = (task: Task): task is CaseTask => 'reviewId' in task;

/** Whether a task is of quick aid in an emergency. */
export const isEmergencyTask = (task: Task): task is EmergencyTask => 'emergencyAidId' in task;

/** Whether a task is of a grievance. */
export const isGrievanceTask = (task: Task): task is GrievanceTask => 'grievanceId' in task;

/** Whether a task is the daily scan's. */
export const isMissedNeedTask = (task: Task): task is MissedNeedTask => 'foundOn' in task;

/** Whether a task is of an alert. */
export const isAlertTask = (task: Task): task is AlertTask => 'alertId' in task;
/** Whether a task is the outreach of a report. */
export const isOutreachTask = (task: Task): task is OutreachTask => 'reportId' in task;
