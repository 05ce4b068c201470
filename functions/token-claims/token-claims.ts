import { z } from 'zod';
import { Principal } from '../../contracts/principal.ts';

/** What a user pool hands over before it signs an access token (trigger event V3): of a person, or of an agency's client. */
const TokenRequest = z.looseObject({
  triggerSource: z.string(),
  request: z.looseObject({
    userAttributes: z.record(z.string(), z.string()).default({}),
    scopes: z.array(z.string()).default([]),
  }),
});

/** The names under which the claims are looked for by the API. */
export interface ClaimNames {
  readonly role: string;
  readonly division: string;
  readonly agency: string;
}

/** A client of an agency may ask for one scope, and the scope says whose client it is: `hearth/agency.<agency>.<division>`. */
const agencyScope = /^hearth\/agency\.([a-z0-9-]{2,64})\.(14\d*)$/u;

const saidOf = ({ triggerSource, request }: z.infer<typeof TokenRequest>) => {
  if (triggerSource !== 'TokenGeneration_ClientCredentials') {
    const { 'custom:role': role, 'custom:division': division, 'custom:agency': agency } = request.userAttributes;
    return { role, division, agency: agency ?? null };
  }
  const [found, ...others] = request.scopes.map((scope) => agencyScope.exec(scope)).filter((match) => match !== null);
  // Two agencies in one token would be neither.
  return found === undefined || others.length > 0 ? {} : { role: 'agency', division: found[2], agency: found[1] };
};

/**
 * The event with the claims that the access token is to carry. Throws when the user or the client has no role and division that fit
 * each other: then no token is given, rather than one that says less than it should.
 */
export const withClaims = (event: unknown, names: ClaimNames): Record<string, unknown> => {
  const asked = TokenRequest.parse(event);
  const said = Principal.safeParse({ subject: 'whoever-asks', ...saidOf(asked) });
  if (!said.success) throw new Error('no token is given: role, division and agency of the caller do not fit together');
  const { role, division, agency } = said.data;
  const claims = {
    [names.role]: role,
    [names.division]: division,
    ...(agency === null ? {} : { [names.agency]: agency }),
  };
  return {
    ...asked,
    response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: claims } } },
  };
};
