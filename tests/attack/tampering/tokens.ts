import { createHmac, createPublicKey, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportSPKI, generateKeyPair, importJWK, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';
import { openClock } from '../../../local/clock.ts';
import { type Authorizer, createAuthorizer } from '../../../local/gateway/authorizer.ts';
import { openKey } from '../../../local/oidc/key.ts';
import { openStateFolder } from '../../../local/state-folder.ts';
import { flips, wholeClasses } from './bytes.ts';
import type { Tampered } from './envelopes.ts';

type AuthorizerModel = Parameters<Authorizer>[0];
const issuer = 'https://login.example.org';
const audience = 'hearth';
const model = { issuer, audience: [audience], scopes: [] } as unknown as AuthorizerModel;
const claims = { role: 'township-worker', division: '140121100', client_id: 'attacker' };

const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;

interface Signing {
  readonly header?: Partial<JWTHeaderParameters>;
  readonly iss?: string;
  readonly aud?: string | string[];
  readonly from?: number;
  readonly until?: number | null;
  readonly notBefore?: number;
}

/** Every way in which a token is not one the issuer gave, made with the issuer's own key where that is what is wrong. */
const forgeries = async (
  key: Awaited<ReturnType<typeof openKey>>,
  now: number,
): Promise<readonly (readonly [string, string])[]> => {
  const sign = (signing: Signing = {}, signer: Parameters<SignJWT['sign']>[0] = key.privateKey): Promise<string> => {
    const { header = {}, iss = issuer, aud = audience, from = now, until = now + 3_600, notBefore = from } = signing;
    const made = new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: key.publicJwk.kid ?? '', ...header })
      .setIssuer(iss)
      .setAudience(aud)
      .setSubject('attacker')
      .setIssuedAt(from)
      .setNotBefore(notBefore);
    return (until === null ? made : made.setExpirationTime(until)).sign(signer);
  };
  const genuine = await sign();
  const [head = '', body = '', signature = ''] = genuine.split('.');
  const other = await generateKeyPair('RS256', { extractable: true });
  const publicKey = await importJWK(key.publicJwk, 'RS256', { extractable: true });
  if (publicKey instanceof Uint8Array) throw new TypeError('no RSA key');
  const pem = await exportSPKI(publicKey);
  const hmac = (secret: string | Buffer): string => {
    const unsigned = `${text({ alg: 'HS256', kid: key.publicJwk.kid })}.${body}`;
    return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
  };
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  const provincial = text({ ...decoded(body), role: 'provincial', division: '14' });
  const publicJwk: JWK = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };
  return [
    ['alg none, without signature', `${text({ alg: 'none' })}.${body}.`],
    ['alg none, with the signature', `${text({ alg: 'none', kid: key.publicJwk.kid })}.${body}.${signature}`],
    ['alg None', `${text({ alg: 'None' })}.${body}.`],
    ['alg left out', `${text({ typ: 'JWT' })}.${body}.${signature}`],
    ['HS256 with the public key as secret', hmac(pem)],
    ['HS256 with the public key in DER as secret', hmac(der)],
    ['HS256 with the modulus as secret', hmac(String(key.publicJwk.n))],
    ['HS256 with an empty secret', hmac('')],
    ['another key', await sign({}, other.privateKey)],
    ['another key that the header brings along', await sign({ header: { jwk: publicJwk } }, other.privateKey)],
    [
      'another key at an address in the header',
      await sign({ header: { jku: 'http://192.0.2.1/jwks' } }, other.privateKey),
    ],
    ['an unknown kid', await sign({ header: { kid: 'another' } })],
    ['a kid that is a path', await sign({ header: { kid: '../../../../dev/null' } })],
    [
      'a critical extension nobody knows',
      `${text({ alg: 'RS256', kid: key.publicJwk.kid, crit: ['x'], x: 1 })}.${body}.${signature}`,
    ],
    ['RS512 in the header of an RS256 token', `${text({ alg: 'RS512', kid: key.publicJwk.kid })}.${body}.${signature}`],
    ['PS256 in the header of an RS256 token', `${text({ alg: 'PS256', kid: key.publicJwk.kid })}.${body}.${signature}`],
    ['expired', await sign({ from: now - 7_200, until: now - 3_600 })],
    ['expired a second ago', await sign({ from: now - 60, until: now - 1 })],
    ['without an end', await sign({ until: null })],
    ['not yet valid', await sign({ notBefore: now + 3_600, until: now + 7_200 })],
    ['another audience', await sign({ aud: 'another' })],
    ['no audience', await sign({ aud: [] })],
    ['another issuer', await sign({ iss: 'https://login.example.com' })],
    ['an issuer with a slash more', await sign({ iss: `${issuer}/` })],
    ['a greater role under the old signature', `${head}.${provincial}.${signature}`],
    ['a later end under the old signature', `${head}.${text({ ...decoded(body), exp: now + 9e6 })}.${signature}`],
    ['without a signature', `${head}.${body}.`],
    ['two parts', `${head}.${body}`],
    ['four parts', `${genuine}.${signature}`],
    ['the body twice', `${head}.${body}.${body}`],
    ['no token', ''],
    ['a word', 'Bearer'],
    ['a JSON object', JSON.stringify({ sub: 'attacker', ...claims })],
    ['a random token', `${randomUUID()}.${randomUUID()}.${randomUUID()}`],
  ];
};

/** Tokens that the authorizer must not admit; and that it admits the genuine one, without which all of this would prove nothing. */
export const tamperWithTokens = async (
  every: number,
  authorizerOf: typeof createAuthorizer = createAuthorizer,
): Promise<readonly Tampered[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-tokens-'));
  const store = openStateFolder(folder);
  const clock = openClock(store, undefined);
  try {
    const key = await openKey(store);
    const authorize = authorizerOf(key, clock);
    const now = Math.floor(clock.now() / 1_000);
    const genuine = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: key.publicJwk.kid ?? '' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('attacker')
      .setExpirationTime(now + 3_600)
      .sign(key.privateKey);
    if (!(await authorize(model, `Bearer ${genuine}`)).admitted) throw new Error('a genuine token is not admitted');
    const results: Tampered[] = [];
    const attempt = async (what: string, token: string): Promise<void> => {
      const { admitted } = await authorize(model, `Bearer ${token}`);
      results.push({ class: 'token', caught: !admitted, what });
    };
    for (const [what, token] of await forgeries(key, now)) await attempt(what, token);
    const parts = genuine.split('.').map((part) => Buffer.from(part, 'base64url'));
    const another = Buffer.from('another');
    for (const [index, part] of parts.entries())
      for (const { name, make } of [...flips(part.length, every), ...wholeClasses]) {
        const bytes = make(part, another);
        if (bytes === undefined || bytes.equals(part)) continue;
        const token = parts.map((each, at) => (at === index ? bytes : each).toString('base64url')).join('.');
        await attempt(`${['header', 'claims', 'signature'][index]}: ${name}`, token);
      }
    return results;
  } finally {
    clock.stop();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
