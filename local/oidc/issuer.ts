import { timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { answerJson, type Listening, listen, readBody } from '../http.ts';
import type { StateStore } from '../state-folder.ts';

/** A client of the development issuer, and the claims its tokens carry. */
export const OidcClient = z.strictObject({
  clientId: z.string().min(1),
  secret: z.string().min(1).default('development-only'),
  claims: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
});
export type OidcClient = z.infer<typeof OidcClient>;

/** What the issuer says of itself in tokens: exactly what the template's authorizer asks for. */
export type IssuerIdentity = { readonly issuer: string; readonly audience: readonly string[] };

export type OidcKey = { readonly privateKey: CryptoKey; readonly publicJwk: JWK };
export type Issuer = Listening & {
  /** Signs a token for a client, without asking for its secret. */
  readonly tokenFor: (client: OidcClient) => Promise<string>;
};

const algorithm = 'RS256';
const lifetimeSeconds = 12 * 60 * 60;
const bodyLimit = 16 * 1024;
const Kept = z.looseObject({ kty: z.literal('RSA'), kid: z.string() });

/** The issuer's key, made at the first start and kept in the data folder, so that tokens outlive a restart. */
export const openKey = async (store: StateStore): Promise<OidcKey> => {
  const file = store.path('oidc-key.json');
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    writeFileSync(
      file,
      JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'development', alg: algorithm, use: 'sig' }),
      { mode: 0o600 },
    );
  }
  const jwk = Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  const privateKey = await importJWK(jwk, algorithm);
  if (privateKey instanceof Uint8Array) throw new TypeError(`${file} holds no RSA key`);
  const { kty, n, e, kid, alg, use } = z
    .looseObject({ n: z.string(), e: z.string(), alg: z.string(), use: z.string() })
    .and(Kept)
    .parse(jwk);
  return { privateKey, publicJwk: { kty, n, e, kid, alg, use } };
};

const same = (given: string, expected: string): boolean => {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Client and secret, from the Basic header or from the form (RFC 6749, section 2.3.1). */
const credentials = (request: IncomingMessage, form: URLSearchParams): { id: string; secret: string } => {
  const [, basic] = /^Basic (\S+)$/iu.exec(request.headers.authorization ?? '') ?? [];
  if (basic === undefined) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(':')) };
};

/**
 * An OpenID Connect issuer for development: discovery, keys, and tokens for client credentials. It claims to be the issuer that the
 * template names, so that the template need not be changed, and answers at its own address.
 */
export const startIssuer = async (
  identity: IssuerIdentity,
  clients: readonly OidcClient[],
  options: { readonly key: OidcKey; readonly clock: Clock; readonly port: number },
): Promise<Issuer> => {
  const { key, clock, port } = options;

  const tokenFor: Issuer['tokenFor'] = ({ clientId, claims }) => {
    const issuedAt = Math.floor(clock.now() / 1000);
    return new SignJWT({ ...claims, client_id: clientId })
      .setProtectedHeader({ alg: algorithm, kid: key.publicJwk.kid ?? '', typ: 'JWT' })
      .setIssuer(identity.issuer)
      .setAudience([...identity.audience])
      .setSubject(clientId)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(key.privateKey);
  };

  const giveToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams((await readBody(request, bodyLimit)).toString('utf8'));
    if (form.get('grant_type') !== 'client_credentials')
      return answerJson(response, 400, { error: 'unsupported_grant_type' });
    const { id, secret } = credentials(request, form);
    const client = clients.find(({ clientId }) => clientId === id);
    if (client === undefined || !same(secret, client.secret))
      return answerJson(response, 401, { error: 'invalid_client' });
    answerJson(
      response,
      200,
      { access_token: await tokenFor(client), token_type: 'Bearer', expires_in: lifetimeSeconds },
      { 'cache-control': 'no-store' },
    );
  };

  const discovery = (base: string): object => ({
    issuer: identity.issuer,
    jwks_uri: `${base}/jwks`,
    token_endpoint: `${base}/token`,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    id_token_signing_alg_values_supported: [algorithm],
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0];
    if (request.method === 'POST' && path === '/token') return giveToken(request, response);
    if (request.method === 'GET' && path === '/jwks') return answerJson(response, 200, { keys: [key.publicJwk] });
    if (request.method === 'GET' && path === '/.well-known/openid-configuration')
      return answerJson(response, 200, discovery(`http://${request.headers.host ?? ''}`));
    answerJson(response, 404, { error: 'not_found' });
  };

  const listening = await listen(
    (request, response) =>
      void serve(request, response).catch(() => answerJson(response, 400, { error: 'invalid_request' })),
    port,
    'the development OIDC issuer',
    '--issuer-port',
  );
  return { ...listening, tokenFor };
};
