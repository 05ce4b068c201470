import { z } from 'zod';
import { Instant } from '../dates.ts';
import { EventId, HouseholdId, PersonId } from '../ids.ts';
import { DivisionCode } from '../people/divisions.ts';
import { Purpose } from './purposes.ts';

/** One line of a person's own record: who looked, when, why and at which fields. */
export const AccessEntry = z.object({
  eventId: EventId,
  at: Instant,
  type: z.enum(['IdentityDisclosed', 'RecordRead', 'PeopleLookedUp']),
  role: z.string(),
  subject: z.string(),
  /** The department of the caller; null for officers. */
  agency: z.string().nullable(),
  /** The division in the caller's token. */
  callerDivision: DivisionCode.nullable(),
  personId: PersonId,
  householdId: HouseholdId.nullable(),
  purpose: Purpose,
  fields: z.array(z.string()),
});
export type AccessEntry = z.infer<typeof AccessEntry>;
