import { BreakGlassView } from '../../contracts/api/break-glass.ts';
import type { BreakGlassGrant } from '../../domain/access/break-glass.ts';
import type { Instant } from '../../domain/dates.ts';

/** A grant as callers see it at a moment: one whose time has passed is over, although nobody has moved it. */
export const viewOf = ({ version: _, ...grant }: BreakGlassGrant, now: Instant): BreakGlassView =>
  BreakGlassView.parse({ ...grant, state: now < grant.endsAt ? grant.state : 'ended' });
