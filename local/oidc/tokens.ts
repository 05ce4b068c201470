import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import type { OidcClient } from './clients.ts';
import { algorithm, type OidcKey } from './key.ts';

/** What the issuer says of itself in tokens: exactly what the template's authorizer asks for. */
export type IssuerIdentity = { readonly issuer: string; readonly audience: readonly string[] };

/** Seconds a token is good for. A gateway asks nobody whether a token was revoked, so these are short. */
export const lifetimes = { person: 15 * 60, client: 60 * 60 } as const;

export type SignedToken = { readonly token: string; readonly jti: string; readonly expiresIn: number };

/** A log-in as it goes into an identity token. */
export type LogIn = {
  readonly person: OidcClient;
  readonly applicationId: string;
  readonly nonce: string;
  /** Seconds since 1970 at which the person logged in. */
  readonly authTime: number;
};

/** Signs the tokens of the development issuer, by the clock of the instance. */
export const createTokens = (identity: IssuerIdentity, key: OidcKey, clock: Clock) => {
  const sign = async (
    claims: Readonly<Record<string, unknown>>,
    about: { subject: string; audience: readonly string[]; expiresIn: number; type: string },
  ): Promise<SignedToken> => {
    const issuedAt = Math.floor(clock.now() / 1000);
    const jti = randomUUID();
    const token = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: algorithm, kid: key.publicJwk.kid ?? '', typ: about.type })
      .setIssuer(identity.issuer)
      .setAudience([...about.audience])
      .setSubject(about.subject)
      .setJti(jti)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + about.expiresIn)
      .sign(key.privateKey);
    return { token, jti, expiresIn: about.expiresIn };
  };

  return {
    /** For a client with a secret, in its own name. */
    forClient: ({ clientId, claims }: OidcClient): Promise<SignedToken> =>
      sign(
        { ...claims, client_id: clientId },
        { subject: clientId, audience: identity.audience, expiresIn: lifetimes.client, type: 'at+jwt' },
      ),
    /** For the API, in the name of a person who logged in at an application. */
    forPerson: ({ person, applicationId }: LogIn): Promise<SignedToken> =>
      sign(
        { ...person.claims, client_id: applicationId, scope: 'openid' },
        { subject: person.clientId, audience: identity.audience, expiresIn: lifetimes.person, type: 'at+jwt' },
      ),
    /** For the application itself: who logged in. Its audience is the application, so the API does not take it. */
    identityToken: ({ person, applicationId, nonce, authTime }: LogIn): Promise<SignedToken> =>
      sign(
        { nonce, auth_time: authTime },
        { subject: person.clientId, audience: [applicationId], expiresIn: lifetimes.person, type: 'JWT' },
      ),
  };
};
export type Tokens = ReturnType<typeof createTokens>;
