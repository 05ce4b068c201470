import { z } from 'zod';
import { Instant, LocalDate } from '../../domain/dates.ts';
import {
  Complainant,
  grievanceKinds,
  grievanceRefusals,
  grievanceSubjects,
} from '../../domain/grievances/grievance.ts';
import { DeterminationId, GrievanceId, TaskId } from '../../domain/ids.ts';
import { grievanceStates } from '../../domain/lifecycles/grievance.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { CountyField, DeadlineRule, PhoneField, pageLimit } from './fields.ts';

const Words = z.string().trim().min(10).max(2_000);
const Grounds = Words.meta({ description: 'What happened, in the complainant’s words.' });
const ComplainantField = z.strictObject({
  name: z.string().trim().min(1).max(50),
  phone: PhoneField.nullable().default(null),
});
const county = CountyField.meta({
  description: 'County that examines it: the one whose decision or work it is about.',
});

/** A grievance that an officer or an agency takes down for somebody. */
export const SubmitGrievanceBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('administrative-review'),
    county,
    determinationId: DeterminationId,
    complainant: ComplainantField,
    grounds: Grounds,
  }),
  z.strictObject({
    kind: z.literal('complaint'),
    county,
    about: z.enum(grievanceSubjects),
    determinationId: DeterminationId.nullable().default(null),
    taskId: TaskId.nullable().default(null).meta({ description: 'The finished task whose handling is complained of.' }),
    complainant: ComplainantField.nullable().default(null).meta({ description: 'Null for who gave no name.' }),
    grounds: Grounds,
  }),
]);
export type SubmitGrievanceBody = z.infer<typeof SubmitGrievanceBody>;

/** A complaint of somebody who gives no name and has no token. */
export const AnonymousGrievanceBody = z.strictObject({ county, about: z.enum(grievanceSubjects), grounds: Grounds });
export type AnonymousGrievanceBody = z.infer<typeof AnonymousGrievanceBody>;

const Secret = z.string().regex(/^[0-9a-f]{32}$/u);
/** What an anonymous complainant is given: with both, and in no other way, they see how it stands. */
export const GrievanceReceipt = z.strictObject({ grievanceId: GrievanceId, secret: Secret, receivedOn: LocalDate });
export type GrievanceReceipt = z.infer<typeof GrievanceReceipt>;
export const ReceiptBody = z.strictObject({
  secret: Secret.meta({
    description: 'Of the receipt. It travels in the body, so that it stands in no log of addresses.',
  }),
});
export const AnonymousGrievanceView = z.strictObject({
  grievanceId: GrievanceId,
  state: z.enum(grievanceStates),
  receivedOn: LocalDate,
  endedOn: LocalDate.nullable(),
});
export type AnonymousGrievanceView = z.infer<typeof AnonymousGrievanceView>;

export const GrievanceAcceptanceBody = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('accept') }),
  z.strictObject({
    decision: z.literal('refuse'),
    reason: z
      .enum(grievanceRefusals)
      .meta({ description: 'A list of this platform: local setting, no national rule.' }),
    reasons: Words,
  }),
]);
export type GrievanceAcceptanceBody = z.infer<typeof GrievanceAcceptanceBody>;

export const GrievanceOutcomeBody = z.strictObject({
  outcome: z.enum(['upheld', 'rejected']),
  reasons: Words.meta({ description: 'What the complainant is told.' }),
});
export type GrievanceOutcomeBody = z.infer<typeof GrievanceOutcomeBody>;

/** Where a grievance stands. */
export const GrievanceSummary = z.strictObject({
  grievanceId: GrievanceId,
  state: z.enum(grievanceStates),
  kind: z.enum(grievanceKinds),
  about: z.enum(grievanceSubjects),
  division: DivisionCode,
  determinationId: DeterminationId.nullable(),
  aboutTaskId: TaskId.nullable(),
  receivedAt: Instant,
  acceptBy: LocalDate,
  acceptRule: DeadlineRule,
  acceptedAt: Instant.nullable(),
  decideBy: LocalDate.nullable(),
  decideRule: DeadlineRule,
  refusedFor: z.enum(grievanceRefusals).nullable(),
  endedAt: Instant.nullable(),
  remedyTaskId: TaskId.nullable(),
});
export type GrievanceSummary = z.infer<typeof GrievanceSummary>;

/** With what was said and answered; whoever had a hand in what is complained of gets null for the former. */
export const GrievanceView = GrievanceSummary.extend({
  complainant: Complainant.nullable(),
  grounds: z.string().nullable(),
  reasons: z.string().nullable(),
});
export type GrievanceView = z.infer<typeof GrievanceView>;

export const GrievanceListQuery = z.strictObject({
  county: CountyField.optional().meta({ description: 'Needed of callers whose scope is wider than one county.' }),
  state: z.enum(grievanceStates).optional(),
  limit: pageLimit(100, 50),
});
export const GrievanceList = z.strictObject({
  grievances: z.array(GrievanceSummary),
  nextCursor: z.string().nullable(),
});
