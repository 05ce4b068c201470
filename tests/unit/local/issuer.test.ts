import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  application,
  type DevelopmentIssuer,
  identity,
  redirectUri,
  startDevelopmentIssuer,
  verifierAndChallenge,
} from '../../support/development-issuer.ts';

let it: DevelopmentIssuer;
beforeAll(async () => {
  it = await startDevelopmentIssuer();
});
afterAll(() => it.issuer.stop());

describe('a person logs in', () => {
  test('with a code that is exchanged for an access token and an identity token', async () => {
    const { verifier, challenge } = verifierAndChallenge();
    const { status, headers, body } = await it.redeem(await it.logIn(challenge), verifier);
    expect({ status, cache: headers.get('cache-control') }).toEqual({ status: 200, cache: 'no-store' });
    const access = decodeJwt(body.access_token ?? '');
    expect(access).toMatchObject({ iss: identity.issuer, aud: ['hearth'], sub: 'worker', role: 'county-worker' });
    expect((access.exp ?? 0) - (access.iat ?? 0)).toBe(15 * 60);
    expect(body.expires_in).toBe(15 * 60);
    const identityToken = decodeJwt(body.id_token ?? '');
    expect(identityToken).toMatchObject({ aud: [application.clientId], sub: 'worker', nonce: 'nonce-of-the-browser' });
    expect(identityToken).not.toHaveProperty('role');
    expect(decodeProtectedHeader(body.access_token ?? '')).toMatchObject({ alg: 'RS256', kid: 'development' });
  });

  test('and is sent back to the registered address with state, code and the name of the issuer', async () => {
    const response = await it.post('/login', { ticket: await it.openPage(), person: 'worker', choice: 'log-in' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')?.startsWith(`${redirectUri}&code=`)).toBe(true);
    expect(it.back(response).get('state')).toBe('state-of-the-browser');
    expect(it.back(response).get('iss')).toBe(identity.issuer);
  });

  test('or leaves it, and the application is told', async () => {
    const response = await it.post('/login', { ticket: await it.openPage(), choice: 'cancel' });
    expect(Object.fromEntries(it.back(response))).toMatchObject({
      error: 'access_denied',
      state: 'state-of-the-browser',
    });
    expect(it.back(response).has('code')).toBe(false);
  });

  test('on a page in both languages, operable without scripts, which lists people and no agency', async () => {
    const response = await it.get(`/authorize?${it.request()}`);
    const html = await response.text();
    expect(html).toContain('<span lang="zh-CN">县级经办人员</span> <span lang="en">County worker</span>');
    expect(html).toContain('<legend>');
    for (const id of html.matchAll(/for="(p\d)"/gu)) expect(html).toContain(`id="${id[1]}"`);
    expect(html).not.toContain('a-bureau');
    expect(html).not.toContain('<b>');
    expect(html).not.toContain('<script');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self' http://127.0.0.1:5173;");
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a request for a code', () => {
  test.each([
    ['an unknown application', { client_id: 'another' }],
    ['no application', { client_id: undefined }],
    ['no address', { redirect_uri: undefined }],
    ['another address', { redirect_uri: 'https://evil.example.test/callback' }],
    ['an address that goes on', { redirect_uri: `${redirectUri}&more=1` }],
    ['an address that stops before', { redirect_uri: 'http://127.0.0.1:5173/callback' }],
    ['an address in other letters', { redirect_uri: redirectUri.replace('callback', 'Callback') }],
    ['another port', { redirect_uri: redirectUri.replace('5173', '5174') }],
  ])('with %s is sent nowhere', async (_, changes) => {
    const response = await it.get(`/authorize?${it.request(changes)}`);
    expect({ status: response.status, location: response.headers.get('location') }).toEqual({
      status: 400,
      location: null,
    });
  });

  test.each([
    ['no challenge', { code_challenge: undefined }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no method, which means plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['a challenge that is too short', { code_challenge: 'short' }, 'invalid_request'],
    ['no state', { state: undefined }, 'invalid_request'],
    ['no nonce', { nonce: undefined }, 'invalid_request'],
    ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['a fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['no openid', { scope: 'profile' }, 'invalid_scope'],
    ['a request object', { request_uri: 'https://evil.example.test/request' }, 'request_not_supported'],
    ['no page wanted', { prompt: 'none' }, 'login_required'],
  ])('with %s is refused at the address of the application', async (_, changes, error) => {
    const response = await it.get(`/authorize?${it.request(changes)}`);
    expect(response.headers.get('location')?.startsWith(redirectUri)).toBe(true);
    expect(it.back(response).get('error')).toBe(error);
    expect(it.back(response).has('code')).toBe(false);
  });

  test('that says something twice is sent nowhere', async () => {
    const twice = `${it.request()}&redirect_uri=${encodeURIComponent('https://evil.example.test/')}`;
    expect((await it.get(`/authorize?${twice}`)).status).toBe(400);
  });
});

describe('the page', () => {
  test('is good for one log-in, of somebody who is listed, within ten minutes', async () => {
    const ticket = await it.openPage();
    expect((await it.post('/login', { ticket, person: 'worker', choice: 'log-in' })).status).toBe(303);
    expect((await it.post('/login', { ticket, person: 'worker', choice: 'log-in' })).status).toBe(400);
    const wrong = { ticket: await it.openPage(), person: 'a-bureau', choice: 'log-in' };
    expect((await it.post('/login', wrong)).status).toBe(400);
    expect((await it.post('/login', { ticket: 'made-up', person: 'worker', choice: 'log-in' })).status).toBe(400);
    const late = await it.openPage();
    it.pass(10 * 60);
    expect((await it.post('/login', { ticket: late, person: 'worker', choice: 'log-in' })).status).toBe(400);
  });
});

describe('a code', () => {
  const refused = { status: 400, body: { error: 'invalid_grant' } };

  test('is good for 60 seconds', async () => {
    const [early, late] = [verifierAndChallenge(), verifierAndChallenge()];
    const [first, second] = [await it.logIn(early.challenge), await it.logIn(late.challenge)];
    it.pass(59);
    expect((await it.redeem(first, early.verifier)).status).toBe(200);
    it.pass(1);
    expect(await it.redeem(second, late.verifier)).toMatchObject(refused);
  });

  test.each([
    ['another verifier', { code_verifier: verifierAndChallenge().verifier }],
    ['no verifier', { code_verifier: '' }],
    ['the challenge itself', { code_verifier: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }],
    ['another address', { redirect_uri: 'http://127.0.0.1:5173/callback' }],
  ])('is spent by whoever shows it with %s', async (_, changes) => {
    const { verifier, challenge } = verifierAndChallenge();
    const code = await it.logIn(challenge);
    expect(await it.redeem(code, verifier, changes)).toMatchObject(refused);
    expect(await it.redeem(code, verifier)).toMatchObject(refused);
  });

  test('is of no use to another client', async () => {
    const { verifier, challenge } = verifierAndChallenge();
    const answer = await it.redeem(await it.logIn(challenge), verifier, { client_id: 'worker' });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('that is shown twice revokes what the first was given', async () => {
    const { verifier, challenge } = verifierAndChallenge();
    const code = await it.logIn(challenge);
    const { body } = await it.redeem(code, verifier);
    const jti = decodeJwt(body.access_token ?? '').jti ?? '';
    expect(it.issuer.isRevoked(jti)).toBe(false);
    expect(await it.redeem(code, verifier)).toMatchObject(refused);
    expect(it.issuer.isRevoked(jti)).toBe(true);
  });

  test('that is shown twice at the same moment gives one pair of tokens, and that is revoked', async () => {
    const { verifier, challenge } = verifierAndChallenge();
    const code = await it.logIn(challenge);
    const answers = await Promise.all(Array.from({ length: 5 }, () => it.redeem(code, verifier)));
    const given = answers.flatMap(({ body }) => body.access_token ?? []);
    expect(given).toHaveLength(1);
    expect(it.issuer.isRevoked(decodeJwt(given[0] ?? '').jti ?? '')).toBe(true);
  });

  test('that nobody was given is refused', async () => {
    expect(await it.redeem('made-up', verifierAndChallenge().verifier)).toMatchObject(refused);
  });
});

describe('a client with a secret', () => {
  const ask = async (form: Record<string, string>, headers = {}) => {
    const response = await it.post('/token', { grant_type: 'client_credentials', ...form }, headers);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  test('gets a token for an hour, by form or by header', async () => {
    const byForm = await ask({ client_id: 'a-bureau', client_secret: 'development-only' });
    const claims = decodeJwt(String(byForm.body['access_token']));
    expect(claims).toMatchObject({ sub: 'a-bureau', agency: 'a-bureau', aud: ['hearth'] });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3600);
    const authorization = `Basic ${btoa('a-bureau:development-only')}`;
    expect((await ask({}, { authorization })).status).toBe(200);
  });

  test('gets none with a wrong secret, under another’s name, or for another grant', async () => {
    expect((await ask({ client_id: 'a-bureau', client_secret: 'guess' })).status).toBe(401);
    expect((await ask({ client_id: 'nobody', client_secret: 'development-only' })).status).toBe(401);
    const password = await ask({ grant_type: 'password', client_id: 'a-bureau', client_secret: 'development-only' });
    expect(password).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
  });
});

describe('the discovery document', () => {
  test('names addresses that answer, and what is done and nothing else', async () => {
    const document = (await (await it.get('/.well-known/openid-configuration')).json()) as Record<string, string>;
    expect(document).toMatchObject({
      issuer: identity.issuer,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      grant_types_supported: ['authorization_code', 'client_credentials'],
    });
    expect(await (await fetch(document['jwks_uri'] ?? '')).json()).toEqual({ keys: [it.key.publicJwk] });
    expect(JSON.stringify(it.key.publicJwk)).not.toMatch(/"(?:d|p|q|dp|dq|qi)":/u);
    expect((await fetch(`${document['authorization_endpoint']}?${it.request()}`)).status).toBe(200);
    expect((await fetch(document['token_endpoint'] ?? '', { method: 'POST' })).status).toBe(400);
  });

  test('is readable from the pages of an application, and of no other origin', async () => {
    const from = async (origin: string) =>
      (await it.get('/.well-known/openid-configuration', { origin })).headers.get('access-control-allow-origin');
    expect(await from('http://127.0.0.1:5173')).toBe('http://127.0.0.1:5173');
    expect(await from('https://evil.example.test')).toBeNull();
  });
});
