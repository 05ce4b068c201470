import { z } from 'zod';
import type { FieldRefusal } from '../../contracts/outcome.ts';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import { Principal } from '../../contracts/principal.ts';

/** Where the gateway's JWT authorizer leaves the claims of a token it has admitted. */
const AuthorizedContext = z.looseObject({
  authorizer: z.looseObject({ jwt: z.looseObject({ claims: z.record(z.string(), z.unknown()) }) }),
});

const claimNames: Readonly<Record<string, string>> = { subject: 'sub' };

/**
 * The caller of a route that needs a token. The gateway has verified the signature; what the claims say is parsed here, and
 * whoever's claims do not say a role and a division of its level is refused, never given a default.
 */
export const principalOf = (requestContext: unknown): { ok: true; principal: Principal } | Refusal => {
  const context = AuthorizedContext.safeParse(requestContext);
  if (!context.success) return refuse('unauthenticated');
  const { sub, role, division, agency } = context.data.authorizer.jwt.claims;
  const principal = Principal.safeParse({ subject: sub, role, division, agency: agency ?? null });
  if (principal.success) return { ok: true, principal: principal.data };
  const claims = new Set(principal.error.issues.map(({ path }) => String(path[0])));
  const errors = [...claims].map(
    (claim): FieldRefusal => ({
      in: 'header',
      field: `/Authorization/${claimNames[claim] ?? claim}`,
      code: 'claim.malformed',
    }),
  );
  return refuse('forbidden', { errors });
};
