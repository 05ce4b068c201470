import type { BreakGlassView } from '../../contracts/api/break-glass.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { BreakGlassGrant } from '../../domain/access/break-glass.ts';
import { worksIn } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { BreakGlassId } from '../../domain/ids.ts';
import { breakGlassLifecycle } from '../../domain/lifecycles/break-glass.ts';
import { viewOf } from './grant-view.ts';

/** Whether it is the caller's to end: an officer the own one, the province any that was opened into it. */
const isTheirs = (principal: Principal, grant: BreakGlassGrant): boolean =>
  principal.role === 'provincial' ? worksIn(principal, grant.division) : grant.subject === principal.subject;

/** Ends a grant before its time. One that is over stays as it is. */
export const endBreakGlass = async (
  { store, now, newId }: Dependencies,
  principal: Principal,
  breakGlassId: BreakGlassId,
): Promise<Outcome<BreakGlassView>> => {
  const grant = await store.breakGlass(breakGlassId);
  if (grant === undefined || !isTheirs(principal, grant)) return refuse('not-found');
  const at = now();
  const move = breakGlassLifecycle.end;
  if (!move.from.includes(grant.state) || at >= grant.endsAt) return refuse('lifecycle-conflict', { state: 'ended' });
  const ended: BreakGlassGrant = {
    ...grant,
    version: grant.version + 1,
    state: move.to,
    endedAt: at,
    endedBy: principal.subject,
  };
  const result = await store.commit({
    aggregates: [{ kind: 'break-glass', value: ended, from: move.from }],
    event: newEvent('BreakGlassEnded', at, newId, {
      breakGlass: { breakGlassId, operation: null, record: grant.recordId },
    }),
    actor: { role: principal.role, subject: principal.subject },
    division: grant.division,
  });
  return result.ok ? succeed(viewOf(ended, at), { version: ended.version }) : refuse('version-conflict');
};
