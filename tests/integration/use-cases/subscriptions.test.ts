import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SubscriptionList, SubscriptionView, SubscriptionWithSecret } from '../../../contracts/api/subscriptions.ts';
import type { Principal } from '../../../contracts/principal.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { subscriptionOperations } from '../../../functions/subscriptions/operations.ts';
import { type Edge, edgeOf, faultsIn, problemIn, viewIn } from '../../support/edge.ts';
import { countyWorker, department, otherCounty } from '../../support/people.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';
import { rememberingWebhooks } from '../../support/webhooks.ts';

const url = 'https://agency.example/hearth?password=in-the-address';
let roster: TestRoster;
let webhooks: ReturnType<typeof rememberingWebhooks>;
let edge: Edge;
let agencies = 0;
let agency: Principal;
beforeAll(async () => {
  roster = await startRoster();
  webhooks = rememberingWebhooks();
  edge = edgeOf(subscriptionOperations({ ...roster.dependencies, webhooks }));
});
beforeEach(() => {
  agencies += 1;
  agency = department(`department-${agencies}`);
  webhooks.refuse(undefined);
});
afterAll(() => roster.stop());

const register = (as: Principal = agency, key?: string) =>
  edge.call({ as, path: '/subscriptions', body: { url }, ...(key === undefined ? {} : { key }) });
const registered = async (as?: Principal) => viewIn(SubscriptionWithSecret, await register(as));
const list = async (as: Principal = agency) =>
  viewIn(SubscriptionList, await edge.call({ as, path: '/subscriptions' })).subscriptions;
const post = (id: string, step: 'secret' | 'removal', as: Principal = agency) =>
  edge.call({
    as,
    method: 'POST',
    path: `/subscriptions/${id}/${step}`,
    ...(step === 'secret' ? { key: `a-new-secret-${agencies}-${as.subject}` } : {}),
  });

describe('a subscription', () => {
  test('is registered with a secret that is shown then and never again', async () => {
    const answer = await register();
    expect(answer.status).toBe(201);
    const { secret, ...shown } = viewIn(SubscriptionWithSecret, answer);
    expect(secret).toMatch(/^whsec_/u);
    expect(shown).toMatchObject({ state: 'active', department: agency.agency, division: '140121', url, givenUp: 0 });
    expect(await list()).toEqual([shown]);
    expect((await edge.call({ as: agency, path: '/subscriptions' })).text).not.toContain(secret.slice(6));
  });

  test('leaves neither secret nor address readable in a table', async () => {
    const { secret } = await registered();
    const everything = JSON.stringify(await roster.everything());
    expect(everything).not.toContain(secret.slice(6));
    expect(everything).not.toContain('in-the-address');
  });

  test('asked for again with its key gets the same answer, the secret with it, and has one effect', async () => {
    const first = await register(agency, 'a-key-of-a-registration');
    const again = await writesNothing(roster, () => register(agency, 'a-key-of-a-registration'));
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  test('is one for a department and its division: a second is refused with what stands', async () => {
    await registered();
    const second = await writesNothing(roster, () => register());
    expect([second.status, second.body]).toMatchObject([409, { state: 'active' }]);
    expect((await register({ ...agency, subject: 'a-colleague' })).status).toBe(409);
  });

  test('is each department’s and each division’s own', async () => {
    const { subscriptionId } = await registered();
    const elsewhere = { ...agency, division: DivisionCode.parse(otherCounty) };
    for (const other of [department('somebody-else'), elsewhere]) {
      expect(await list(other)).toEqual([]);
      const refused = async () => {
        for (const step of ['secret', 'removal'] as const) {
          const answer = await writesNothing(roster, () => post(subscriptionId, step, other));
          expect(answer.status).toBe(404);
        }
      };
      await refused();
      expect((await registered(other)).subscriptionId).not.toBe(subscriptionId);
      // Whoever has one of their own does not reach it by another's name either.
      await refused();
      await post((await list(other))[0]?.subscriptionId ?? '', 'removal', other);
    }
    expect(await list()).toHaveLength(1);
  });

  test('is for departments only', async () => {
    expect((await register(countyWorker)).status).toBe(403);
  });

  test('is signed for with the secret before as well for a day after it was replaced', async () => {
    const { subscriptionId, secret } = await registered();
    const answer = await post(subscriptionId, 'secret');
    const replaced = viewIn(SubscriptionWithSecret, answer);
    expect(replaced.secret).not.toBe(secret);
    expect(replaced.previousSecretUntil).toBe('2026-03-03T01:00:00.000Z');
    roster.pass({ days: 1 });
    expect((await list())[0]?.previousSecretUntil).toBeNull();
    roster.pass({ days: -1 });
  });

  test('is forgotten with its address and secret when it is removed, and may be registered again', async () => {
    const { subscriptionId } = await registered();
    const removed = viewIn(SubscriptionView, await post(subscriptionId, 'removal'));
    expect(removed).toMatchObject({ state: 'removed', url: null });
    expect(problemIn(await post(subscriptionId, 'removal'))).toBe('lifecycle-conflict');
    expect(problemIn(await post(subscriptionId, 'secret'))).toBe('lifecycle-conflict');
    const anew = await registered();
    expect(anew).toMatchObject({ subscriptionId, state: 'active', url });
  });
});

test.each([
  'webhook.malformed',
  'webhook.scheme',
  'webhook.credentials',
  'webhook.port',
  'webhook.private',
  'webhook.unresolved',
] as const)(
  'an address with the fault %s is refused with field, cause and cure, and nothing is stored',
  async (fault) => {
    webhooks.refuse(fault);
    const answer = await writesNothing(roster, () => register());
    expect(answer.status).toBe(400);
    expect(faultsIn(answer)).toEqual([`/url ${fault}`]);
    expect(JSON.stringify(answer.body)).toMatch(/"cause":".+"cure":".+/u);
  },
);

test.each([[{}], [{ url: '' }], [{ url: 7 }], [{ url, secret: 'mine' }]])(
  'a body of another form is refused: %j',
  async (body) => {
    const answer = await writesNothing(roster, () => edge.call({ as: agency, path: '/subscriptions', body }));
    expect(answer.status).toBe(400);
  },
);
