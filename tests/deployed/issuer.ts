import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export type TokenRequest = {
  readonly subject: string;
  readonly role: string;
  readonly division: string;
  readonly agency?: string;
  readonly audience?: string;
};

export type Issuer = {
  readonly url: string;
  /** Signs a token that is valid for an hour of the given clock. */
  readonly sign: (request: TokenRequest) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** An OpenID Connect issuer with discovery and a key set, as far as a JWT authorizer looks at one. */
export const startIssuer = async (now: () => number): Promise<Issuer> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'deployed-1', alg: 'RS256', use: 'sig' };
  let url = '';
  const documents = (): Record<string, unknown> => ({
    '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/jwks` },
    '/jwks': { keys: [key] },
  });
  const server = createServer((request, answer) => {
    const document = documents()[request.url ?? ''];
    answer.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    answer.end(JSON.stringify(document ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    sign: ({ subject, role, division, agency, audience = 'hearth' }) => {
      const seconds = Math.floor(now() / 1000);
      return new SignJWT({ role, division, ...(agency === undefined ? {} : { agency }) })
        .setProtectedHeader({ alg: 'RS256', kid: key.kid })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + 3600)
        .sign(privateKey);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
