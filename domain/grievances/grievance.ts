import { z } from 'zod';
import { duties } from '../access/separation-of-duty.ts';
import { Instant, LocalDate } from '../dates.ts';
import { DeterminationId, GrievanceId, TaskId } from '../ids.ts';
import { grievanceStates } from '../lifecycles/grievance.ts';
import { DivisionCode } from '../people/divisions.ts';

/** An objection to a public notice is none of these: it is part of the review it objects to (D57 article 19). */
export const grievanceKinds = ['complaint', 'administrative-review'] as const;
export type GrievanceKind = (typeof grievanceKinds)[number];

/** What is complained of. An administrative review is always of a decision. */
export const grievanceSubjects = ['decision', 'payment', 'conduct', 'others-aid'] as const;

/** Why a grievance is not examined [assumption: no list of Shanxi is known]. */
export const grievanceRefusals = [
  'not-ours',
  'out-of-time',
  'no-standing',
  'examined-before',
  'too-vague',
  'left-to-a-court',
] as const;

/** Who complains, and where the answer goes. */
export const Complainant = z.strictObject({ name: z.string().min(1).max(50), phone: z.string().nullable() });

/** One grievance. What was said, by whom, and what was answered lies in an envelope. */
export const Grievance = z.strictObject({
  grievanceId: GrievanceId,
  version: z.int().min(1),
  state: z.enum(grievanceStates),
  kind: z.enum(grievanceKinds),
  about: z.enum(grievanceSubjects),
  /** The county that examines it. */
  division: DivisionCode,
  /** The decision complained of, or the work, where one is named. */
  determinationId: DeterminationId.nullable(),
  aboutTaskId: TaskId.nullable(),
  /** Who had a hand in it: none of them examines the grievance, or reads who complained. */
  involved: z.array(z.strictObject({ duty: z.enum(duties), subject: z.string() })),
  receivedAt: Instant,
  /** The officer or agency's client who took it down; null for what came without a name and without a token. */
  takenDownBy: z.string().nullable(),
  agency: z.string().nullable(),
  /** Hash of the secret by which an anonymous complainant sees how it stands; null for all others. */
  receiptHash: z.string().nullable(),
  acceptBy: LocalDate,
  acceptedAt: Instant.nullable(),
  decideBy: LocalDate.nullable(),
  refusedFor: z.enum(grievanceRefusals).nullable(),
  /** When it was refused, upheld, rejected or taken back, and by whom. */
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
  /** The task by which what was upheld is put right. */
  remedyTaskId: TaskId.nullable(),
  complainant: Complainant.nullable(),
  grounds: z.string(),
  reasons: z.string().nullable(),
});
export type Grievance = z.infer<typeof Grievance>;

/** Whether somebody had a hand in what is complained of. */
export const isInvolved = ({ involved }: Pick<Grievance, 'involved'>, subject: string): boolean =>
  involved.some((each) => each.subject === subject);
