import { z } from 'zod';
import type { FieldRefusal } from '../../contracts/outcome.ts';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import { Principal } from '../../contracts/principal.ts';

/** Where the gateway's JWT authorizer leaves the claims of a token it has admitted. */
const AuthorizedContext = z.looseObject({
  authorizer: z.looseObject({ jwt: z.looseObject({ claims: z.record(z.string(), z.unknown()) }) }),
});

/** What the issuer of a deployment calls the claims that say who a caller is. `sub` is `sub` everywhere (OpenID Connect, 2). */
export interface ClaimNames {
  readonly role: string;
  readonly division: string;
  readonly agency: string;
}

/** The name of a claim as one step of a JSON pointer: it may be an address, which has slashes. */
const pointerStep = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * The caller of a route that needs a token. The gateway has verified the signature; what the claims say is parsed here, and
 * whoever's claims do not say a role and a division of its level is refused, never given a default.
 */
export const principalOf = (
  requestContext: unknown,
  names: ClaimNames,
): { ok: true; principal: Principal } | Refusal => {
  const context = AuthorizedContext.safeParse(requestContext);
  if (!context.success) return refuse('unauthenticated');
  const { claims } = context.data.authorizer.jwt;
  const principal = Principal.safeParse({
    subject: claims['sub'],
    role: claims[names.role],
    division: claims[names.division],
    agency: claims[names.agency] ?? null,
  });
  if (principal.success) return { ok: true, principal: principal.data };
  const claimOf: Readonly<Record<string, string>> = { subject: 'sub', ...names };
  const malformed = new Set(principal.error.issues.map(({ path }) => String(path[0])));
  const errors = [...malformed].map(
    (property): FieldRefusal => ({
      in: 'header',
      field: `/Authorization/${pointerStep(claimOf[property] ?? property)}`,
      code: 'claim.malformed',
    }),
  );
  return refuse('forbidden', { errors });
};
