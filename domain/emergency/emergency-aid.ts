import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { settlements } from '../households/household.ts';
import { EmergencyAidId, PersonId } from '../ids.ts';
import { emergencyAidStates } from '../lifecycles/emergency-aid.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';

/** What happened. The law names accidents and sudden illness; the list itself is a local setting, no national rule. */
export const emergencyCauses = ['accident', 'fire', 'flood', 'sudden-illness', 'other'] as const;

/**
 * What is kept after quick aid (DTA26: record person, cause, amount and handler, and keep the papers). Where nobody can bring
 * anything, the handler's own record is the paper. The list is a local setting.
 */
export const emergencyPaperKinds = [
  'handler-record',
  'receipt',
  'identity-document',
  'medical-record',
  'incident-report',
  'witness-statement',
] as const;

/** Why aid that was granted is not paid out. */
export const notPaidReasons = ['helped-otherwise', 'person-left', 'granted-in-error'] as const;

/**
 * Whom the aid is for: somebody who gave name and resident ID, or somebody who could not. Neither has to be on the roster. Who is
 * unidentified is told from others by the reference of the occasion, such as the number of the ambulance's or the police's record.
 */
export const EmergencyPerson = z.discriminatedUnion('known', [
  z.strictObject({ known: z.literal('identified'), name: z.string().min(1).max(50), residentId: z.string() }),
  z.strictObject({
    known: z.literal('unidentified'),
    name: z.string().min(1).max(50).nullable(),
    reference: z.string().min(4).max(60),
  }),
]);
export type EmergencyPerson = z.infer<typeof EmergencyPerson>;

/** One grant of quick aid (小额快救). What says who it was and what befell them lies in an envelope. */
export const EmergencyAid = z.strictObject({
  emergencyAidId: EmergencyAidId,
  version: z.int().min(1),
  state: z.enum(emergencyAidStates),
  /** The township where it happened: the third of the three places, never taken from where somebody is registered. */
  incidentDivision: DivisionCode,
  settlement: z.enum(settlements),
  person: EmergencyPerson,
  /** As on the roster at the time of the grant; null for whom the roster does not know. */
  personId: PersonId.nullable(),
  cause: z.enum(emergencyCauses),
  happenedOn: LocalDate,
  reportedOn: LocalDate,
  amount: Fen,
  /** The most it could have been: months of the standard of the place on the day of the grant. */
  cap: Fen,
  policyVersion: z.string(),
  /** Whose reserve the money is from: the township's, or the county's. */
  reserve: DivisionCode,
  /** Subject of who decided and answers for it. */
  handler: z.string(),
  /** The division of the handler: by its digits, the level that gave. */
  givenBy: DivisionCode,
  decidedAt: Instant,
  /** Last day to pay, three days after the report (DTA26). */
  dueOn: LocalDate,
  paidOn: LocalDate.nullable(),
  papersDueOn: LocalDate.nullable(),
  papers: z.array(z.enum(emergencyPaperKinds)),
  papersReceivedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  /** Null until somebody has looked. If it lasts, a full application is the next thing. */
  hardshipLasts: z.boolean().nullable(),
  notPaidFor: z.enum(notPaidReasons).nullable(),
});
export type EmergencyAid = z.infer<typeof EmergencyAid>;

/**
 * What makes an emergency one, in one text: cause, day and person, or the reference of the occasion where nobody knows who it is.
 * Once for one event over all levels [local setting: "same event, one level of government only"]. It holds a resident ID: it is
 * never stored, only its keyed hash is.
 */
export const occasionOf = ({
  person,
  cause,
  happenedOn,
}: Pick<EmergencyAid, 'person' | 'cause' | 'happenedOn'>): string =>
  JSON.stringify(
    person.known === 'identified'
      ? ['emergency', 'person', person.residentId, cause, happenedOn]
      : ['emergency', 'occasion', person.reference.toUpperCase(), cause, happenedOn],
  );
