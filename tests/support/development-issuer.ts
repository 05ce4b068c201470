import { createHash, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../local/clock.ts';
import { OidcClient } from '../../local/oidc/clients.ts';
import { startIssuer } from '../../local/oidc/issuer.ts';
import type { OidcKey } from '../../local/oidc/key.ts';

export const identity = { issuer: 'https://issuer.hearth.test', audience: ['hearth'] } as const;
export const application = { clientId: 'a-console', redirectUris: ['http://127.0.0.1:5173/callback?from=issuer'] };
export const redirectUri = 'http://127.0.0.1:5173/callback?from=issuer';
const clients = [
  OidcClient.parse({ clientId: 'worker', claims: { role: 'county-worker', division: '140922' } }),
  OidcClient.parse({ clientId: '<b>"approver"', claims: { role: 'approver', division: '140922' } }),
  OidcClient.parse({ clientId: 'a-bureau', claims: { role: 'agency', division: '140922', agency: 'a-bureau' } }),
];

/** A clock that stands still until it is set. */
export const standingClock = (): { clock: Clock; pass: (seconds: number) => void; now: () => number } => {
  let now = Date.parse('2026-03-02T01:00:00.000Z');
  return {
    clock: {
      now: () => now,
      sharedOffset: new SharedArrayBuffer(8),
      advanceTo: (instant) => {
        now = instant;
      },
      alarm: () => ({ setFor: () => undefined }),
      stop: () => undefined,
    },
    pass: (seconds) => {
      now += seconds * 1000;
    },
    now: () => now,
  };
};

export const newKey = async (kid = 'development'): Promise<OidcKey> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const { kty, n, e } = await exportJWK(privateKey);
  return { privateKey, publicJwk: { kty: kty ?? '', n: n ?? '', e: e ?? '', kid, alg: 'RS256', use: 'sig' } };
};

export const verifierAndChallenge = () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

const TokenAnswer = z.looseObject({
  access_token: z.string().optional(),
  id_token: z.string().optional(),
  error: z.string().optional(),
  expires_in: z.number().optional(),
});

/** A development issuer with one application, two people and an agency, and a browser's way through it. */
export const startDevelopmentIssuer = async () => {
  const { clock, pass, now } = standingClock();
  const key = await newKey();
  const issuer = await startIssuer(identity, clients, {
    ...{ key, clock, place: { port: 0, flag: '--issuer-port' } },
    applications: [application],
  });
  const { url } = issuer;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { redirect: 'manual', headers });
  const post = (path: string, form: Record<string, string> | URLSearchParams, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers });

  const request = (changes: Record<string, string | undefined> = {}): string => {
    const parameters = {
      response_type: 'code',
      client_id: application.clientId,
      redirect_uri: redirectUri,
      scope: 'openid',
      state: 'state-of-the-browser',
      nonce: 'nonce-of-the-browser',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...changes,
    };
    const sent = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) sent.set(name, value);
    return sent.toString();
  };
  const openPage = async (changes: Record<string, string | undefined> = {}): Promise<string> => {
    const html = await (await get(`/authorize?${request(changes)}`)).text();
    return /name="ticket" value="([^"]+)"/u.exec(html)?.[1] ?? '';
  };
  const back = (response: Response): URLSearchParams => new URL(response.headers.get('location') ?? 'x:').searchParams;
  const logIn = async (challenge: string, person = 'worker'): Promise<string> => {
    const ticket = await openPage({ code_challenge: challenge });
    return back(await post('/login', { ticket, person, choice: 'log-in' })).get('code') ?? '';
  };
  const redeem = async (code: string, verifier: string, changes: Record<string, string> = {}) => {
    const response = await post('/token', {
      grant_type: 'authorization_code',
      code,
      client_id: application.clientId,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...changes,
    });
    return { status: response.status, headers: response.headers, body: TokenAnswer.parse(await response.json()) };
  };
  return { issuer, key, clock, pass, now, url, get, post, request, openPage, back, logIn, redeem };
};
export type DevelopmentIssuer = Awaited<ReturnType<typeof startDevelopmentIssuer>>;
