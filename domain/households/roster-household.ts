import { z } from 'zod';
import { ApplicationId, DeterminationId, PersonId } from '../ids.ts';
import { Contact } from '../people/contact.ts';
import { Household } from './household.ts';

/** Who a member is. Kept apart from everything that is decided on, and never logged. */
export const Identity = z.strictObject({
  personId: PersonId,
  name: z.string().min(1).max(100),
  residentId: z.string().length(18).nullable(),
});
export type Identity = z.infer<typeof Identity>;

/** A household as the roster keeps it: what is decided on, who they are, and what is under way. */
export const RosterHousehold = z.strictObject({
  household: Household,
  identities: z.array(Identity),
  /** Of those who gave a telephone or an account. */
  contacts: z.array(Contact).min(1).optional(),
  version: z.int().min(1),
  applicationId: ApplicationId.nullable(),
  determinationId: DeterminationId.nullable(),
});
export type RosterHousehold = z.infer<typeof RosterHousehold>;
