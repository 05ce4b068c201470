import { z } from 'zod';
import { Instant } from '../dates.ts';
import { BreakGlassId } from '../ids.ts';
import { breakGlassStates } from '../lifecycles/break-glass.ts';
import { DivisionCode } from '../people/divisions.ts';
import { CallerRole } from './roles.ts';

/** Longest time a grant lasts, in minutes: long enough for one case, too short to work elsewhere with [assumption]. */
export const longestBreakGlassMinutes = 60;
/** Fewest characters of a reason: a sentence, not a word [assumption]. */
export const shortestBreakGlassReason = 20;

/** Who may open one: officers whose division keeps them from a case. The others see what they need, or must not see it at all. */
export const breakGlassRoles = [
  'township-worker',
  'county-worker',
  'approver',
] as const satisfies readonly CallerRole[];

/** What a grant opens beside the caller's own division: a division, or one record and what belongs to it. */
export interface GrantedReach {
  readonly breakGlassId: BreakGlassId;
  readonly division: DivisionCode | null;
  readonly recordId: string | null;
}

/** Read access of one officer outside the own division, for a reason and for a short time. It is kept: whoever asks later finds it. */
export const BreakGlassGrant = z.strictObject({
  breakGlassId: BreakGlassId,
  version: z.int().min(1),
  state: z.enum(breakGlassStates),
  subject: z.string(),
  role: CallerRole,
  /** Where it counts: the division that was opened, or that of the record. */
  division: DivisionCode,
  /** The record that was opened; null when it is the whole division. */
  recordId: z.string().nullable(),
  reason: z.string(),
  openedAt: Instant,
  /** The first moment at which it opens nothing any more. Compared at each use: no clean-up has to come by for it to end. */
  endsAt: Instant,
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
});
export type BreakGlassGrant = z.infer<typeof BreakGlassGrant>;

/** What a grant is worth to a caller at a moment: usable, somebody else's (as good as none), or over. */
export const standingOf = (
  grant: Pick<BreakGlassGrant, 'subject' | 'state' | 'endsAt'> | undefined,
  subject: string,
  now: Instant,
): 'usable' | 'unknown' | 'over' => {
  if (grant === undefined || grant.subject !== subject) return 'unknown';
  return grant.state === 'open' && now < grant.endsAt ? 'usable' : 'over';
};
