import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { ApplicationId, DeterminationId, HouseholdId, ReviewId, TaskId } from '../ids.ts';
import { taskKinds, taskStates } from '../lifecycles/task.ts';
import { DivisionCode } from '../people/divisions.ts';

/** How a finished task ended, as far as the workflow needs to know. */
export const taskOutcomes = [
  'papers-supplied',
  'assessed',
  'confirmed',
  'returned',
  'panel-answered',
  'change-checked',
] as const;

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
export const Task = z.strictObject({
  taskId: TaskId,
  kind: z.enum(taskKinds),
  version: z.int().min(1),
  state: z.enum(taskStates),
  reviewId: ReviewId,
  applicationId: ApplicationId,
  householdId: HouseholdId,
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
  /** Of a `policy-change-check`: the decision that waits for it. */
  determinationId: DeterminationId.optional(),
});
export type Task = z.infer<typeof Task>;
