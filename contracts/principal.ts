import { z } from 'zod';
import type { GrantedReach } from '../domain/access/break-glass.ts';
import { type CallerRole, callerRoles } from '../domain/access/roles.ts';
import { DivisionCode } from '../domain/people/divisions.ts';

/** Roles that arrive in a token. The public calls without one. */
const tokenRoles = callerRoles.filter((role): role is Exclude<CallerRole, 'public'> => role !== 'public');

/**
 * Digits of the division each role works in. A role that is not listed may hold any division of the province. A county officer
 * whose token named the whole province would see all of it, so a wrong level is refused and never widened.
 */
const divisionDigits: Partial<Record<CallerRole, number>> = {
  'township-worker': 9,
  'county-worker': 6,
  'approver': 6,
  'provincial': 2,
};

/** Who is calling, as the token of the OIDC issuer says it: claims `sub`, `role`, `division` and, for agencies, `agency`. */
export const Principal = z
  .strictObject({
    /** The token's `sub`. Written into audit entries; whoever assessed is known by it when someone confirms. */
    subject: z.string().regex(/^[\x21-\x7e]{1,128}$/u),
    role: z.enum(tokenRoles),
    division: DivisionCode,
    agency: z
      .string()
      .regex(/^[a-z0-9-]{2,64}$/u)
      .nullable(),
  })
  .refine(({ role, division }) => division.length === (divisionDigits[role] ?? division.length), { path: ['division'] })
  .refine(({ role, agency }) => (role === 'agency') === (agency !== null), { path: ['agency'] });
/** `breakGlass` never comes from a token: the HTTP edge adds it once it has looked at the grant, and for reads only. */
export type Principal = z.infer<typeof Principal> & { readonly breakGlass?: GrantedReach | undefined };
