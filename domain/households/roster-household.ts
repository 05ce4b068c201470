import { z } from 'zod';
import { ApplicationId, DeterminationId, PersonId } from '../ids.ts';
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
  version: z.int().min(1),
  applicationId: ApplicationId.nullable(),
  determinationId: DeterminationId.nullable(),
});
export type RosterHousehold = z.infer<typeof RosterHousehold>;
