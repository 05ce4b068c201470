import { describe, expect, test } from 'vitest';
import type { Answer } from '../api.ts';
import { claimsOf, coupleOf, places } from '../places.ts';
import { attackedWorld } from './attacked.ts';

const { world } = attackedWorld();
const worker = claimsOf('county-worker');

/** What an answer must never tell of the inside: code, paths, tables, versions, classes of errors. */
const inside =
  /node_modules|\/(?:var|work|opt|tmp)\/|\bat [\w.]+ \(|DynamoDB|TransactionCanceled|ValidationException|ZodError|TypeError|RangeError|Roster|aws|stack|undefined|\[object/iu;

const everySort = async (): Promise<Answer[]> => {
  const { get, post, lead, key, number, api } = world();
  const { noticeId, reviewId } = await lead('notice');
  const couple = coupleOf(number(), places['own-township'].township);
  return [
    await get(`/reviews/${reviewId}`, worker),
    await get(`/notices/${noticeId}`, null),
    await get('/notices', null, 'county=140121'),
    await get('/reviews/x', worker),
    await get(`/reviews/rev_${'0'.repeat(32)}`, worker),
    await get(`/reviews/${reviewId}`, claimsOf('agency')),
    await get('/tasks', worker, 'x=1'),
    await post('/applications', worker, couple),
    await post('/applications', worker, {}, { 'idempotency-key': key() }),
    await post('/applications', worker, couple, { 'idempotency-key': key() }),
    await post('/applications', worker, couple, { 'idempotency-key': key() }),
    await post('/applications', worker, couple, { 'idempotency-key': key(), 'content-type': 'text/plain' }),
    await api.ask({
      method: 'POST',
      path: '/applications',
      claims: worker,
      headers: { 'content-type': 'application/json', 'idempotency-key': key() },
      body: '{',
    }),
  ];
};

describe('API8: a careless setting tells or allows too much', () => {
  test('every answer forbids keeping, guessing, framing and plain HTTP, and allows no other origin', async () => {
    for (const { headers, status } of await everySort()) {
      expect([status, headers['cache-control']]).toEqual([status, 'no-store']);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['strict-transport-security']).toMatch(/max-age=31536000/u);
      expect(headers['content-type']).toBe(status < 400 ? 'application/json' : 'application/problem+json');
      for (const name of ['server', 'x-powered-by', 'access-control-allow-origin', 'set-cookie'])
        expect(headers[name]).toBeUndefined();
    }
  });

  test('no answer tells of the inside', async () => {
    for (const { text, headers } of await everySort()) expect(`${text}${JSON.stringify(headers)}`).not.toMatch(inside);
  });

  test('an error that nobody expected is told by its request, and by nothing else', async () => {
    const { roster, get, lead, api } = world();
    const { householdId, applicationId } = await lead('papers');
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    await roster.tables.client.send(
      new DeleteCommand({ TableName: roster.tables.roster, Key: { pk: `HOUSEHOLD#${householdId}`, sk: 'STATE' } }),
    );
    const answer = await get(`/applications/${applicationId}`, worker);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(inside);
    expect(answer.text).not.toContain(householdId);
    expect(Object.keys(answer.json as object).sort()).toEqual([
      'cure',
      'detail',
      'instance',
      'status',
      'title',
      'type',
    ]);
    expect(api.logged.splice(0).map(({ code }) => code)).toEqual(['UNEXPECTED_ERROR']);
  });

  test('a refusal does not repeat what was sent', async () => {
    const { post, get, key, number } = world();
    const sent = 'canary-7f3a';
    const couple = coupleOf(number(), places['own-township'].township);
    const answers = [
      await post(
        '/applications',
        worker,
        { ...couple, settlement: sent, registeredDivision: sent },
        { 'idempotency-key': key() },
      ),
      await get(`/reviews/${sent}`, worker),
      await get('/tasks', worker, `county=${sent}&limit=${sent}&cursor=${sent}`),
      await get('/tasks', { ...worker, division: sent }),
    ];
    for (const { text, status } of answers) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain(sent);
    }
  });
});
