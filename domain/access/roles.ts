import { z } from 'zod';

/** Who may call. `workflow` and `sweep` are the system itself; the others arrive in a token of the OIDC issuer. */
export const callerRoles = [
  'township-worker',
  'county-worker',
  'approver',
  'provincial',
  'auditor',
  'administrator',
  'agency',
  'public',
] as const;
export const CallerRole = z.enum(callerRoles);
export type CallerRole = z.infer<typeof CallerRole>;

export const systemActors = ['workflow', 'sweep'] as const;
export type Actor = CallerRole | (typeof systemActors)[number];
