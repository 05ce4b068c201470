import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { answerJson, type Listening, listen, type Place, readBody } from '../http.ts';
import { type OidcApplication, type OidcClient, peopleOf } from './clients.ts';
import { createCodes } from './codes.ts';
import { discovery } from './discovery.ts';
import type { OidcKey } from './key.ts';
import { authorize, logIn } from './log-in.ts';
import { type Parameters, singleParameters } from './parameters.ts';
import type { IssuerParts } from './parts.ts';
import { createTokens, type IssuerIdentity } from './tokens.ts';

export type Issuer = Listening & {
  /** Signs a token for a client, without asking for its secret. */
  readonly tokenFor: (client: OidcClient) => Promise<string>;
  /** Whether a token was revoked, because the code it came from was shown twice. */
  readonly isRevoked: (jti: string) => boolean;
};

const bodyLimit = 16 * 1024;
const noStore = { 'cache-control': 'no-store' } as const;

const same = (given: string, expected: string): boolean => {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Client and secret, from the Basic header or from the form (RFC 6749, section 2.3.1). */
const credentials = (request: IncomingMessage, form: Parameters): { id: string; secret: string } => {
  const [, basic] = /^Basic (\S+)$/iu.exec(request.headers.authorization ?? '') ?? [];
  if (basic === undefined) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(':')) };
};

type TokenAnswer = { readonly status: 200 | 400 | 401; readonly body: Readonly<Record<string, unknown>> };
const refused = (status: 400 | 401, error: string): TokenAnswer => ({ status, body: { error } });

const ofClient = async ({ clients, tokens }: IssuerParts, id: string, secret: string): Promise<TokenAnswer> => {
  const client = clients.find(({ clientId }) => clientId === id);
  if (client === undefined || !same(secret, client.secret)) return refused(401, 'invalid_client');
  const { token, expiresIn } = await tokens.forClient(client);
  return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: expiresIn } };
};

const ofCode = async ({ applications, codes, tokens }: IssuerParts, form: Parameters): Promise<TokenAnswer> => {
  const applicationId = form.get('client_id') ?? '';
  if (!applications.some(({ clientId }) => clientId === applicationId)) return refused(401, 'invalid_client');
  const code = form.get('code') ?? '';
  const [redirectUri = '', verifier = ''] = [form.get('redirect_uri'), form.get('code_verifier')];
  const granted = codes.redeem({ code, applicationId, redirectUri, verifier });
  if (granted === undefined) return refused(400, 'invalid_grant');
  const { person, request, authTime } = granted;
  const logged = { person, applicationId, nonce: request.nonce, authTime };
  const [access, identity] = await Promise.all([tokens.forPerson(logged), tokens.identityToken(logged)]);
  codes.exchanged(code, [access.jti, identity.jti]);
  return {
    status: 200,
    body: {
      access_token: access.token,
      id_token: identity.token,
      token_type: 'Bearer',
      expires_in: access.expiresIn,
      scope: 'openid',
    },
  };
};

const giveToken = async (parts: IssuerParts, request: IncomingMessage): Promise<TokenAnswer> => {
  const form = singleParameters(new URLSearchParams((await readBody(request, bodyLimit)).toString('utf8')));
  if (form === undefined) return refused(400, 'invalid_request');
  const { id, secret } = credentials(request, form);
  switch (form.get('grant_type')) {
    case 'client_credentials':
      return ofClient(parts, id, secret);
    case 'authorization_code':
      return ofCode(parts, form);
    default:
      return refused(400, 'unsupported_grant_type');
  }
};

/** A page of a registered application may read the answers of the token endpoint and the documents; no other origin may. */
const corsFor = ({ applications }: IssuerParts, origin: string | undefined): Readonly<Record<string, string>> => {
  const origins = applications.flatMap(({ redirectUris }) => redirectUris.map((uri) => new URL(uri).origin));
  return origin !== undefined && origins.includes(origin)
    ? { 'access-control-allow-origin': origin, 'vary': 'origin' }
    : { vary: 'origin' };
};

const serve = async (
  parts: IssuerParts,
  key: OidcKey,
  base: string,
  [request, response]: [IncomingMessage, ServerResponse],
): Promise<void> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', base);
  const cors = corsFor(parts, request.headers.origin);
  switch (`${request.method} ${pathname}`) {
    case 'POST /token': {
      const { status, body } = await giveToken(parts, request);
      answerJson(response, status, body, { ...noStore, ...cors });
      break;
    }
    case 'GET /authorize':
      authorize(parts, singleParameters(searchParams), response);
      break;
    case 'POST /login': {
      const form = new URLSearchParams((await readBody(request, bodyLimit)).toString('utf8'));
      logIn(parts, singleParameters(form), response);
      break;
    }
    case 'GET /jwks':
      answerJson(response, 200, { keys: [key.publicJwk] }, cors);
      break;
    case 'GET /.well-known/openid-configuration':
      answerJson(response, 200, discovery(parts.identity, base), cors);
      break;
    default:
      answerJson(response, 404, { error: 'not_found' });
  }
};

/**
 * An OpenID Connect issuer for development: discovery, keys, client credentials for programs, authorization code with PKCE for
 * people. It claims to be the issuer that the template names, so that the template need not be changed, and answers at its own address.
 */
export const startIssuer = async (
  identity: IssuerIdentity,
  clients: readonly OidcClient[],
  options: {
    readonly key: OidcKey;
    readonly clock: Clock;
    readonly place: Place;
    readonly applications?: readonly OidcApplication[];
  },
): Promise<Issuer> => {
  const { key, clock, place, applications = [] } = options;
  const tokens = createTokens(identity, key, clock);
  const codes = createCodes(clock);
  const parts: IssuerParts = { identity, clients, people: peopleOf(clients), applications, tokens, codes };
  const listening = await listen(
    (request, response) =>
      void serve(parts, key, `http://127.0.0.1:${request.socket.localPort}`, [request, response]).catch(() =>
        answerJson(response, 400, { error: 'invalid_request' }),
      ),
    place.port,
    'the development OIDC issuer',
    place.flag,
  );
  return {
    ...listening,
    tokenFor: async (client) => (await tokens.forClient(client)).token,
    isRevoked: codes.isRevoked,
  };
};
