import { isPublic, permissionOf } from '../../contracts/access.ts';
import type { OperationId } from '../../contracts/api/routes.ts';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { breakGlassRoles, type GrantedReach } from '../../domain/access/break-glass.ts';
import type { Permission } from '../../domain/access/permissions.ts';
import type { CallerRole } from '../../domain/access/roles.ts';
import { BreakGlassId } from '../../domain/ids.ts';
import { type ClaimNames, principalOf } from './caller.ts';
import { type ApiRequest, headerOf } from './gateway-event.ts';

/** A grant that was looked at and holds: what it opens, and how a read under it is written into the audit. */
export interface UsableBreakGlass {
  readonly reach: GrantedReach;
  /** Called before the answer leaves. Throws when it cannot be written: then nothing is answered. */
  readonly noteRead: (operation: OperationId, record: string | null) => Promise<void>;
}

/** Looks at the grant a caller names; answers a refusal when it is another's, over, or not there. */
export type OpenBreakGlass = (
  breakGlassId: BreakGlassId,
  principal: Principal,
) => Promise<({ ok: true } & UsableBreakGlass) | Refusal>;

/** Who calls, as far as the operation lets it be known. */
export interface Admitted {
  readonly ok: true;
  /** Null on public routes. */
  readonly principal: Principal | null;
  readonly breakGlass: UsableBreakGlass | null;
}

export interface Door {
  readonly claimNames: ClaimNames;
  readonly openBreakGlass: OpenBreakGlass;
}

const glassBreakers: readonly CallerRole[] = breakGlassRoles;

/** Whether an operation can be done under a break-glass grant: officers only, reads only, and only what is scoped by division. */
export const takesBreakGlass = ({ does, callers }: Permission, role: CallerRole): boolean =>
  does === 'read' && callers[role] === 'division' && glassBreakers.includes(role);

/**
 * Admits a caller to an operation, by the table of permissions: the role has to be named there, and a break-glass grant is taken for
 * reads only. Which records are reached is the use case's to ask (domain/access/reach.ts).
 */
export const admit = async (operation: OperationId, request: ApiRequest, door: Door): Promise<Admitted | Refusal> => {
  if (isPublic(operation)) return { ok: true, principal: null, breakGlass: null };
  const caller = principalOf(request.requestContext, door.claimNames);
  if (!caller.ok) return caller;
  const { principal } = caller;
  const permission = permissionOf(operation);
  if (permission.callers[principal.role] === undefined) return refuse('forbidden');
  const named = headerOf(request, 'break-glass');
  if (named === undefined) return { ok: true, principal, breakGlass: null };
  if (!takesBreakGlass(permission, principal.role)) return refuse('break-glass-read-only');
  const id = BreakGlassId.safeParse(named);
  if (!id.success) {
    return refuse('validation-failed', { errors: [{ in: 'header', field: '/Break-Glass', code: 'id.malformed' }] });
  }
  const breakGlass = await door.openBreakGlass(id.data, principal);
  if (!breakGlass.ok) return breakGlass;
  return { ok: true, principal: { ...principal, breakGlass: breakGlass.reach }, breakGlass };
};
