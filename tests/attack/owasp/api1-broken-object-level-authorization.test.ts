import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type OperationId, routes } from '../../../contracts/api/routes.ts';
import { claimsOf, coupleOf, places, residentIdOf } from '../places.ts';
import { attackedWorld, faultsOf, problemOf, withoutIds } from './attacked.ts';

const { world } = attackedWorld();
const stranger = claimsOf('county-worker', 'other-county', 'own-agency', '-elsewhere');
const own = claimsOf('county-worker');

/** Routes that take the id of a record of a county; the others are public, or about the policy of the province. */
const ofRecords = (Object.keys(routes) as OperationId[]).filter((id) =>
  /\{(?:applicationId|taskId|reviewId|determinationId)\}/u.test(routes[id].path),
);

describe('API1: a caller asks for a record of another county', () => {
  test('by its id, in every route that takes one: it answers as for an id that was never given', async () => {
    const { lead, api } = world();
    const there = await lead('determined');
    expect(ofRecords.length).toBeGreaterThanOrEqual(9);
    for (const id of ofRecords) {
      const { method, path } = routes[id];
      const fill = (zeroed: boolean): string =>
        path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
          const value = String(Reflect.get(there, name));
          return zeroed ? value.replace(/[0-9a-f]{32}$/u, '0'.repeat(32)) : value;
        });
      const body: Record<string, unknown> = {
        supplementApplication: { papers: [{ kind: 'household-register' }] },
        withdrawApplication: { reason: 'applicant-request' },
        completeTask: { kind: 'county-confirmation', decision: 'confirm' },
        extendTask: { reason: 'objection' },
      };
      const ask = (zeroed: boolean) =>
        api.ask({
          method,
          path: fill(zeroed),
          claims: stranger,
          headers: {
            'content-type': 'application/json',
            'if-match': '"1"',
            'accept-language': 'en',
            'idempotency-key': 'bola-key-1',
          },
          ...(method === 'POST' ? { body: JSON.stringify(body[id] ?? {}) } : {}),
        });
      const [theirs, absent] = [await ask(false), await ask(true)];
      expect([id, withoutIds(theirs)]).toEqual([id, withoutIds(absent)]);
      expect([id, theirs.status === 404 || theirs.status === 403]).toEqual([id, true]);
    }
  });

  test('by a person’s id in the body: papers of somebody else’s household are not taken', async () => {
    const { lead, post, get } = world();
    const [mine, theirs] = [await lead('papers'), await lead('papers', 'other-county')];
    const { headers } = await get(`/applications/${mine.applicationId}`, own);
    const answer = await post(
      `/applications/${mine.applicationId}/supplements`,
      own,
      { papers: [{ kind: 'identity-document', personId: theirs.personId }] },
      { 'if-match': headers['etag'] ?? '' },
    );
    expect([answer.status, faultsOf(answer)]).toEqual([400, ['paper.not-needed']]);
  });

  test('by a person’s id in what was found on a visit', async () => {
    const { lead, post } = world();
    const [mine, theirs] = [await lead('visit'), await lead('visit', 'other-county')];
    const answer = await post(`/tasks/${mine.taskId}/completion`, own, {
      kind: 'field-assessment',
      visitedOn: '2026-03-02',
      investigators: [own?.['sub'], 'somebody-else'],
      findings: [{ kind: 'income.wages', personId: theirs.personId, value: 1 }],
    });
    expect(answer.status).toBe(400);
  });

  test('by a resident ID that is in another county’s open application: no link, no state, no id of it', async () => {
    const { post, key, number } = world();
    const shared = residentIdOf(700_000);
    const withShared = (township: string) => {
      const couple = coupleOf(number(), township);
      return {
        ...couple,
        members: couple.members.map((member, at) => (at === 1 ? { ...member, residentId: shared } : member)),
      };
    };
    const submit = (claims: typeof own, township: string) =>
      post('/applications', claims, withShared(township), { 'idempotency-key': key() });
    const first = await submit(own, places['own-township'].township);
    expect(first.status).toBe(201);
    const { applicationId, householdId, reviewId } = z
      .looseObject({ applicationId: z.string(), householdId: z.string(), reviewId: z.string() })
      .parse(first.json);
    const second = await submit(stranger, places['other-county'].township);
    expect([second.status, problemOf(second)]).toEqual([409, 'person-in-open-application']);
    for (const id of [applicationId, householdId, reviewId]) expect(second.text).not.toContain(id);
    expect(second.json).not.toHaveProperty('links');
    expect(second.json).not.toHaveProperty('state');
  });

  test('by a cursor that a caller of another county was given', async () => {
    const { lead, get } = world();
    await lead('visit');
    await lead('visit');
    const page = await get('/tasks', own, `county=${places['own-township'].county}&limit=1`);
    const { nextCursor } = z.looseObject({ nextCursor: z.string() }).parse(page.json);
    for (const county of [places['own-township'].county, places['other-county'].county]) {
      const answer = await get('/tasks', stranger, `county=${county}&limit=1&cursor=${encodeURIComponent(nextCursor)}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('tsk_');
    }
  });

  test('by an idempotency key of somebody else: the answer to it is not told', async () => {
    const { post, number } = world();
    const key = 'a-key-two-people-chose';
    const first = await post('/applications', own, coupleOf(number(), places['own-township'].township), {
      'idempotency-key': key,
    });
    expect(first.status).toBe(201);
    const body = coupleOf(number(), places['other-county'].township);
    const second = await post('/applications', stranger, body, { 'idempotency-key': key });
    expect(second.status).toBe(201);
    const idOf = ({ json }: typeof first) => z.looseObject({ applicationId: z.string() }).parse(json).applicationId;
    expect(idOf(second)).not.toBe(idOf(first));
  });

  test('by an id of another kind, or with something behind it', async () => {
    const { lead, get } = world();
    const { taskId, reviewId } = await lead('visit');
    for (const path of [
      `/tasks/${reviewId}`,
      `/tasks/${String(taskId).toUpperCase()}`,
      `/tasks/${taskId}%00`,
      `/tasks/${taskId}%2f..%2f`,
      `/tasks/*`,
      `/tasks/${taskId}%23TOKEN`,
    ]) {
      const answer = await get(path, own);
      expect([path, answer.status === 400 || answer.status === 404]).toEqual([path, true]);
    }
  });
});
