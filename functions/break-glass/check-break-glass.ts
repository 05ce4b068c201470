import type { OperationId } from '../../contracts/api/routes.ts';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { type GrantedReach, standingOf } from '../../domain/access/break-glass.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { ApplicationId, type BreakGlassId, ReviewId, TaskId } from '../../domain/ids.ts';

/** A grant that holds, and how a read under it is noted. */
interface UsableGrant {
  readonly ok: true;
  readonly reach: GrantedReach;
  readonly noteRead: (operation: OperationId, record: string | null) => Promise<void>;
}

/** The record an audit entry is about, where the entry has a place for its kind. */
const aboutOf = (record: string | null) => ({
  applicationId: ApplicationId.safeParse(record).data ?? null,
  reviewId: ReviewId.safeParse(record).data ?? null,
  ...(TaskId.safeParse(record).success ? { taskId: TaskId.parse(record) } : {}),
});

/**
 * Looks at the grant a caller names, as it is now: whether it is the caller's, still open, and within its time. Each read under it is
 * an audit entry of the division that was opened, written before the answer leaves.
 */
export const checkBreakGlass = async (
  { store, now, newId }: Pick<Dependencies, 'store' | 'now' | 'newId'>,
  breakGlassId: BreakGlassId,
  principal: Principal,
): Promise<UsableGrant | Refusal> => {
  const grant = await store.breakGlass(breakGlassId);
  const standing = standingOf(grant, principal.subject, now());
  if (grant === undefined || standing === 'unknown') return refuse('break-glass-unknown');
  if (standing === 'over') return refuse('break-glass-over', { state: 'ended' });
  const { division, recordId } = grant;
  return {
    ok: true,
    reach: { breakGlassId, recordId, division: recordId === null ? division : null },
    noteRead: async (operation, record) => {
      const breakGlass = { breakGlassId, operation, record };
      const written = await store.commit({
        aggregates: [],
        event: newEvent('BreakGlassRead', now(), newId, { ...aboutOf(record), breakGlass }),
        actor: { role: principal.role, subject: principal.subject },
        division,
      });
      if (!written.ok) throw new Error(`a read under ${breakGlassId} could not be written into the audit`);
    },
  };
};
