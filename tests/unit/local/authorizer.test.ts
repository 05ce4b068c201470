import { createPublicKey } from 'node:crypto';
import { type CryptoKey, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Authorizer, createAuthorizer } from '../../../local/gateway/authorizer.ts';
import { OidcClient } from '../../../local/oidc/clients.ts';
import type { OidcKey } from '../../../local/oidc/key.ts';
import { createTokens } from '../../../local/oidc/tokens.ts';
import { identity, newKey, standingClock } from '../../support/development-issuer.ts';

const model = { issuer: identity.issuer, audience: ['hearth'], scopes: [] };
const { clock, pass, now } = standingClock();
let key: OidcKey;
let authorize: Authorizer;
const revoked = new Set<string>();

beforeAll(async () => {
  key = await newKey();
  authorize = createAuthorizer(key, clock, (jti) => revoked.has(jti));
});

interface Changes {
  header?: Record<string, unknown>;
  issuer?: string;
  audience?: string | undefined;
  issuedAt?: number;
  notBefore?: number;
  expires?: number;
  claims?: Record<string, unknown>;
  signWith?: CryptoKey | Uint8Array;
}

const seconds = (): number => Math.floor(now() / 1000);
const token = (changes: Changes = {}): Promise<string> => {
  const at = changes.issuedAt ?? seconds();
  const audience = 'audience' in changes ? changes.audience : 'hearth';
  const jwt = new SignJWT({ role: 'approver', ...changes.claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'development', ...changes.header })
    .setIssuer(changes.issuer ?? identity.issuer)
    .setSubject('somebody')
    .setIssuedAt(at)
    .setNotBefore(changes.notBefore ?? seconds())
    .setExpirationTime(changes.expires ?? seconds() + 900);
  if (audience !== undefined) jwt.setAudience(audience);
  return jwt.sign(changes.signWith ?? key.privateKey);
};
const admit = async (changes?: Changes) => authorize(model, `Bearer ${await token(changes)}`);
const unknown = { admitted: false, status: 401 };

describe('the authorizer of the gateway', () => {
  test('admits a token that is all it should be, with its claims as text', async () => {
    expect(await admit()).toMatchObject({ admitted: true, claims: { sub: 'somebody', role: 'approver' } });
  });

  test.each<[string, Changes]>([
    ['of another issuer', { issuer: 'https://issuer.hearth.test/' }],
    ['for another audience', { audience: 'another' }],
    ['for no audience', { audience: undefined }],
    ['for no audience, of another client', { audience: undefined, claims: { client_id: 'another' } }],
    ['under the name of another key', { header: { kid: 'another' } }],
    ['that names no key', { header: { kid: undefined } }],
    ['that is not valid yet', { notBefore: Math.floor(Date.parse('2026-03-02T01:00:01.000Z') / 1000) }],
    ['issued later than now', { issuedAt: Math.floor(Date.parse('2026-03-02T01:00:01.000Z') / 1000) }],
    ['that ends now', { expires: Math.floor(Date.parse('2026-03-02T01:00:00.000Z') / 1000) }],
  ])('refuses a token %s', async (_, changes) => {
    expect(await admit(changes)).toEqual(unknown);
  });

  test('takes the client for the audience where there is none, as user pools have it', async () => {
    expect(await admit({ audience: undefined, claims: { client_id: 'hearth' } })).toMatchObject({ admitted: true });
  });

  test('refuses a token that nobody signed', async () => {
    const unsigned = new UnsecuredJWT({ role: 'approver' })
      .setIssuer(identity.issuer)
      .setAudience('hearth')
      .setSubject('somebody')
      .setExpirationTime(seconds() + 900)
      .encode();
    expect(await authorize(model, `Bearer ${unsigned}`)).toEqual(unknown);
  });

  test('refuses a token whose signature was made with the public key as a secret', async () => {
    const publicKey = await importJWK({ ...key.publicJwk, ext: true }, 'RS256');
    if (publicKey instanceof Uint8Array) throw new Error('no RSA key');
    const spki = await exportSPKI(publicKey);
    const pem = createPublicKey(spki).export({ type: 'spki', format: 'pem' });
    for (const secret of [spki, String(pem), JSON.stringify(key.publicJwk)]) {
      const forged = { header: { alg: 'HS256' }, signWith: new TextEncoder().encode(secret) };
      expect(await admit(forged)).toEqual(unknown);
    }
  });

  test('refuses a token signed with another key under the right name', async () => {
    expect(await admit({ signWith: (await newKey()).privateKey })).toEqual(unknown);
  });

  test('refuses a token of which one character of any part was changed', async () => {
    const genuine = await token();
    const dots = [genuine.indexOf('.'), genuine.lastIndexOf('.')];
    for (const place of [2, (dots[0] ?? 0) + 5, (dots[1] ?? 0) + 5]) {
      const changed = genuine.slice(0, place) + (genuine[place] === 'A' ? 'B' : 'A') + genuine.slice(place + 1);
      expect(await authorize(model, `Bearer ${changed}`)).toEqual(unknown);
    }
  });

  test.each([undefined, '', 'Bearer', 'Bearer x', 'Basic dTpw', 'Bearer a.b.c'])('refuses %s', async (header) => {
    expect(await authorize(model, header)).toEqual(unknown);
  });

  test('refuses an identity token: it is for the application, not for the API', async () => {
    const tokens = createTokens(identity, key, clock);
    const person = OidcClient.parse({ clientId: 'worker', claims: { role: 'approver' } });
    const logIn = { person, applicationId: 'a-console', nonce: 'n', authTime: 0 };
    expect(await authorize(model, `Bearer ${(await tokens.identityToken(logIn)).token}`)).toEqual(unknown);
    expect(await authorize(model, `Bearer ${(await tokens.forPerson(logIn)).token}`)).toMatchObject({ admitted: true });
  });

  test('refuses what it has admitted before once it is revoked, and once it has ended', async () => {
    const first = await token({ claims: { jti: 'of-the-first' } });
    const second = await token({ claims: { jti: 'of-the-second' } });
    expect(await authorize(model, `Bearer ${first}`)).toMatchObject({ admitted: true });
    expect(await authorize(model, `Bearer ${second}`)).toMatchObject({ admitted: true });
    revoked.add('of-the-first');
    expect(await authorize(model, `Bearer ${first}`)).toEqual(unknown);
    pass(900);
    expect(await authorize(model, `Bearer ${second}`)).toEqual(unknown);
  });

  test('wants one of the scopes of a route that names some', async () => {
    const scoped = { ...model, scopes: ['hearth/read'] };
    expect(await authorize(scoped, `Bearer ${await token()}`)).toEqual({ admitted: false, status: 403 });
    const held = await token({ claims: { scope: 'openid hearth/read' } });
    expect(await authorize(scoped, `Bearer ${held}`)).toMatchObject({ admitted: true });
  });
});
