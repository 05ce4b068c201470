import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../../adapters/webhooks/signature.ts';
import { conductBy, type Step, type WebhookConduct } from '../../../cli/agencies/conduct.ts';
import { openEffects } from '../../../cli/agencies/effects.ts';
import { type DepartmentApi, emptyCounts, standIn } from '../../../cli/agencies/stand-in.ts';
import { OutcomeBody, ReferralView } from '../../../contracts/api/referrals.ts';
import { problem, startFakeInstance } from './fake-instance.ts';
import { runHearth } from './fake-terminal.ts';

const today = '2026-03-02';
const hex = (number: number): string => number.toString(16).padStart(32, '0');
const viewOf = (number: number, changes: object = {}): ReferralView =>
  ReferralView.parse({
    ...{ referralId: `ref_${hex(number)}`, state: 'sent', determinationId: `det_${hex(1)}` },
    ...{ householdId: `hh_${hex(1)}`, personId: `per_${hex(number)}`, item: 'medical.premium-help.fixed' },
    ...{ department: 'health', division: '140121100', sentAt: '2026-03-02T01:00:00.000Z', acceptBy: '2026-03-05' },
    ...{ resultBy: null, due: null, remindedAt: null, escalatedAt: null, escalations: 0, returns: [] },
    ...{ outcome: null, verification: null, closedAt: null },
    ...changes,
  });

describe('the conduct of stand-ins', () => {
  const conduct = conductBy(7);
  const numbers = Array.from({ length: 4_000 }, (_, number) => number);

  test('follows from the seed, whatever the order', () => {
    const again = conductBy(7);
    const backwards = numbers.toReversed().map((number) => again.plan(viewOf(number), 9, today));
    expect(backwards.toReversed()).toEqual(numbers.map((number) => conduct.plan(viewOf(number), 9, today)));
    expect(conductBy(8).plan(viewOf(1), 9, today)).not.toEqual(undefined);
    expect(numbers.map((number) => conductBy(8).onWebhook(`${number}`, 1))).not.toEqual(
      numbers.map((number) => conduct.onWebhook(`${number}`, 1)),
    );
  });

  test.each([
    ['answers-5xx', 0.3],
    ['times-out', 0.1],
    ['resets', 0.05],
  ] as const)('of calls has a share that %s of %f', (kind: WebhookConduct, share) => {
    const found = numbers.filter((number) => conduct.onWebhook(`call-${number}`, 1) === kind).length;
    expect(Math.abs(found / numbers.length - share)).toBeLessThan(0.03);
  });

  test('accepts, returns, reports at once, delays, answers twice, in the wrong order and with wrong bodies', () => {
    const plans = [
      ...numbers.map((number) => conduct.plan(viewOf(number), 9, today)),
      ...numbers.map((number) => conduct.plan(viewOf(number, { state: 'accepted' }), 99, today)),
    ];
    const shapes = new Set(
      plans.map(({ steps }) =>
        steps.map((step) => ('wrong' in step ? 'wrong' : step.operation.replace(/[A-Z].*/u, ''))).join(' '),
      ),
    );
    for (const shape of [
      'accept',
      'accept accept',
      'return',
      'return return',
      'report',
      'report report',
      'wrong report',
    ])
      expect(shapes).toContain(shape);
    expect(shapes).toContain('report accept report');
    expect(conduct.plan(viewOf(1, { state: 'reported' }), 9, today).steps).toEqual([]);
    expect(numbers.some((number) => conduct.plan(viewOf(number), 5, today).steps.length === 0)).toBe(true);
  });

  test('has bodies that the API takes, and wrong ones that it does not', () => {
    const steps = numbers.flatMap(
      (number): readonly Step[] => conduct.plan(viewOf(number, { state: 'accepted' }), 99, today).steps,
    );
    const bodies = steps.flatMap((step) => (step.operation === 'reportOutcome' ? [step] : []));
    for (const { body, wrong } of bodies) expect(OutcomeBody.safeParse(body).success).toBe(wrong !== true);
  });
});

test('what is given twice shows, also under another referral or by another department', () => {
  const effects = openEffects();
  effects.give(viewOf(1));
  effects.give(viewOf(1));
  effects.give(viewOf(2));
  expect([effects.count(), effects.doubled()]).toEqual([2, []]);
  effects.give(viewOf(3, { personId: `per_${hex(1)}` }));
  effects.give(viewOf(2, { department: 'education' }));
  expect([effects.count(), effects.doubled().length]).toEqual([4, 2]);
});

describe('a stand-in that is called', () => {
  const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
  const body = '{}';
  const headersOf = (id: string, secrets = [secret]) => ({
    'webhook-id': id,
    'webhook-timestamp': '1',
    'webhook-signature': signatureOf({ id, timestamp: 1, body }, secrets),
  });
  const begin = () => {
    const counts = emptyCounts();
    const read: string[] = [];
    const api: DepartmentApi = {
      inbox: async () => [],
      read: async (referralId) => {
        read.push(referralId);
        return null;
      },
      send: async () => ({ status: 200, referral: null }),
      today: async () => today,
    };
    const conduct = { ...conductBy(1), onWebhook: (): WebhookConduct => 'times-out' };
    const standing = standIn({ department: 'health', api, conduct, effects: openEffects(), counts });
    standing.useSecrets([secret]);
    const call = (id: string, headers = headersOf(id)) =>
      standing.receive({ headers, body, now: 1_000 }, id, 'a referral');
    return { counts, read, call };
  };

  test('drops a call that comes twice, also when its first answer was lost', async () => {
    const { call, counts, read } = begin();
    expect([await call('a'), await call('a'), await call('b')]).toEqual(['times-out', 'times-out', 'times-out']);
    expect(read).toHaveLength(2);
    expect(counts).toMatchObject({ calls: 3, callsTaken: 2, callsDropped: 1, callsForged: 0 });
  });

  test('refuses a call that is not signed with its secret', async () => {
    const { call, counts, read } = begin();
    expect(await call('a', headersOf('a', ['whsec_b3RoZXI=']))).toBe('refuses');
    expect([read, counts.callsForged]).toEqual([[], 1]);
  });
});

describe('npx hearth agencies', () => {
  /** An instance with one inbox in it, which takes what is right and refuses what is wrong. */
  const startInbox = (views: ReferralView[]) =>
    startFakeInstance(({ method, path, body }) => {
      if (method === 'GET') {
        const referrals = views.filter(({ state }) => state !== 'returned');
        return { status: 200, body: { referrals, nextCursor: null } };
      }
      const [, , id, step] = path.split('/');
      const index = views.findIndex(({ referralId }) => referralId === id);
      const found = views[index];
      if (found === undefined) return problem('not-found', { language: 'en' });
      if (step === 'outcome' && !OutcomeBody.safeParse(body).success)
        return problem('validation-failed', { language: 'en' });
      if (step === 'acceptance' && found.state === 'reported') return problem('lifecycle-conflict', { language: 'en' });
      const states = { acceptance: 'accepted', return: 'returned', outcome: 'reported' } as const;
      const next = { ...found, state: states[step as keyof typeof states] };
      views[index] = next;
      return { status: 200, body: next };
    });
  const play = async (views: ReferralView[], ...more: string[]) => {
    const instance = await startInbox(views);
    const folder = mkdtempSync(join(tmpdir(), 'hearth-agencies-'));
    const file = join(folder, 'clients.json');
    const client = { department: 'health', clientId: 'provincial', secret: 'secret of provincial' };
    writeFileSync(file, JSON.stringify([client]));
    const where = ['--url', instance.url, '--token-url', instance.tokenUrl, '--clients', file];
    try {
      return await runHearth(['agencies', ...where, '--pause', '0', ...more]);
    } finally {
      await instance.stop();
      rmSync(folder, { recursive: true });
    }
  };
  const forty = () => Array.from({ length: 40 }, (_, number) => viewOf(number));

  test('ends with 0 when every referral it has seen is answered, and says what was done', async () => {
    const played = await play(forty(), '--json');
    expect(played.object()).toMatchObject({ ok: true, departments: 1, seen: 40, open: 0, doubled: 0, wrongTaken: 0 });
    expect(played.exitCode).toBe(0);
  });

  test('ends with 1 when time is over first', async () => {
    const { exitCode, out } = await play(forty(), '--rounds', '1');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/1 departments saw 40 referrals; \d+ are still to be answered/u);
  });

  test('says what is missing when it is used wrongly', async () => {
    const missing = await runHearth(['agencies', '--url', 'https://hearth.example']);
    expect(missing.exitCode).toBe(2);
    expect(missing.err).toContain('--clients');
    expect((await runHearth(['agencies', '--seed', 'many'])).exitCode).toBe(2);
  });
});
