import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UnclaimedDeliveryBody } from '../../../contracts/api/assistance-chain.ts';
import type { Outcome } from '../../../contracts/outcome.ts';
import { assistanceChainOperations } from '../../../functions/assistance-chain/operations.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { runClaims } from '../../loop/claims.ts';
import { agencyOf, claim, claimBody, itemOf, subjectOf } from '../../support/assistance.ts';
import { edgeOf, faultsIn, problemIn } from '../../support/edge.ts';
import { countyWorker, otherCountyWorker, principal, townshipWorker } from '../../support/people.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

const pairs = shanxiPack.exclusions.map(({ stands, yields }) => [stands, yields] as const);

describe('two items that exclude each other', () => {
  test.each(pairs)('%s keeps out %s, and the other way round', async (one, other) => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const subject = await subjectOf(roster, `${first} before ${second}`);
      expect((await claim(roster, first, subject)).ok).toBe(true);
      const refused = await claim(roster, second, subject);
      expect(refused).toMatchObject({
        ok: false,
        problem: 'assistance-duplicate',
        inTheWay: { item: { code: first } },
      });
    }
  });

  test.each(pairs)('of %s and %s at the same moment exactly one stands', async (one, other) => {
    const subject = await subjectOf(roster, `${one} beside ${other}`);
    const answers = await Promise.all([claim(roster, one, subject), claim(roster, other, subject)]);
    expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    const refused = answers.find(({ ok }) => !ok);
    expect(refused).toMatchObject({ problem: 'assistance-duplicate', inTheWay: { item: {}, department: {} } });
  });
});

const civilAffairs = agencyOf('civil-affairs');
const federation = agencyOf('disabled-persons-federation');
const bodyOf = <Body>(outcome: Outcome<Body>): Body => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.problem} ${JSON.stringify(outcome.errors)}`);
  return outcome.body;
};
const api = () => edgeOf(assistanceChainOperations(roster.dependencies));
const guardsHeldBy = async (entryId: string): Promise<number> =>
  (await roster.items('roster')).filter(
    (item) =>
      String(item['pk']).startsWith('GUARD#') &&
      Object.values(item).some((held) => held instanceof Set && held.has(entryId)),
  ).length;
const unclaimed = (code: string, subject: Parameters<typeof claimBody>[1], more: object): UnclaimedDeliveryBody =>
  ({ ...claimBody(code, subject), ...more }) as UnclaimedDeliveryBody;

describe('a claim', () => {
  test('is one transaction with its event and audit entry, and says in the table nothing of what it is for', async () => {
    const subject = await subjectOf(roster, 'one transaction');
    const { entryId } = bodyOf(await claim(roster, 'disability.nursing-subsidy', subject));
    const rows = (await roster.items('roster')).filter(({ pk }) => pk === `ASSISTANCE#${entryId}`);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(await roster.everything())).not.toContain('nursing-subsidy');
    const entries = (await roster.items('audit')).filter(({ type }) => type === 'AssistanceClaimed');
    expect(entries.filter(({ records }) => String(records).includes(entryId))).toHaveLength(1);
  });

  test('made again under the same key is answered as before', async () => {
    const subject = await subjectOf(roster, 'the same key');
    const again = () =>
      claim(roster, 'elderly.old-age-allowance', subject, {}, { as: civilAffairs, key: 'a key used twice' });
    const [one, other] = [await again(), await again()];
    expect(bodyOf(other)).toEqual(bodyOf(one));
    expect(other).toMatchObject({ replayed: true });
    const both = () => claim(roster, 'service.visits', subject, {}, { as: civilAffairs, key: 'a key used at once' });
    const answers = await Promise.all([both(), both()]);
    expect(new Set(answers.map((answer) => bodyOf(answer).entryId)).size).toBe(1);
  });

  test('that is refused tells kind, department and last day, and is written into the person’s record first', async () => {
    const subject = await subjectOf(roster, 'told and recorded');
    await claim(roster, 'extreme-hardship.care', subject, { amount: 123_456 });
    const edge = api();
    const refused = await edge.call({
      as: agencyOf('civil-affairs', '140121', '-second'),
      path: '/assistance-chain/claims',
      body: claimBody('disability.nursing-subsidy', subject),
    });
    expect([refused.status, problemIn(refused)]).toEqual([409, 'assistance-duplicate']);
    expect(refused.body).toHaveProperty('inTheWay', {
      item: { code: 'extreme-hardship.care', name: itemOf('extreme-hardship.care').name },
      department: { code: 'civil-affairs', name: { zh: '民政部门', en: 'Civil Affairs' } },
      until: '2026-05-31',
    });
    expect(refused.text).not.toMatch(/123456|ace_|per_|hh_/u);
    const { items } = await roster.store.accessRecord(subject.personId, 10, null);
    expect(items[0]).toMatchObject({ type: 'PeopleLookedUp', purpose: 'duplicate-check', agency: 'civil-affairs' });
  });

  test('is for items of the own department, for people of the own division', async () => {
    const subject = await subjectOf(roster, 'own items only');
    const other = await subjectOf(roster, 'somebody else');
    const of = (code: string, as = federation, whom = subject) => claim(roster, code, whom, {}, { as });
    await writesNothing(roster, async () => {
      expect(await of('disability.nursing-subsidy')).toMatchObject({ problem: 'assistance-item-of-another' });
      expect(await of('education.compulsory', townshipWorker)).toMatchObject({ problem: 'assistance-item-of-another' });
      expect(await of('disability.home-access', agencyOf('disabled-persons-federation', '140105'))).toMatchObject({
        problem: 'not-found',
      });
      const mixed = { householdId: subject.householdId, personId: other.personId };
      expect(await of('disability.home-access', federation, mixed)).toMatchObject({ problem: 'not-found' });
      expect(await of('elderly.old-age-allowance', otherCountyWorker)).toMatchObject({ problem: 'not-found' });
    });
    expect((await of('disability.home-access')).ok).toBe(true);
    expect((await of('elderly.old-age-allowance', countyWorker)).ok).toBe(true);
  });

  test.each([
    ['a negative amount', { amount: -1 }, '/amount money.negative'],
    ['an absurd amount', { amount: 100_000_001 }, '/amount assistance.amount-absurd'],
    ['an item nobody knows', { item: 'pocket-money' }, '/item assistance.item-unknown'],
    [
      'months the wrong way round',
      { period: { of: 'months', from: '2026-05', to: '2026-03' } },
      '/period assistance.period-order',
    ],
    [
      'thirteen months',
      { period: { of: 'months', from: '2026-01', to: '2027-01' } },
      '/period assistance.period-order',
    ],
    [
      'months of another century',
      { period: { of: 'months', from: '2036-01', to: '2036-01' } },
      '/period assistance.period-beyond',
    ],
    ['a year for a monthly item', { period: { of: 'year', year: 2026 } }, '/period assistance.period-kind'],
    ['a number of a person as event', { event: 'a149901195803120025' }, '/event assistance.event-malformed'],
    ['an event where there is none', { event: 'flood-of-march' }, '/event assistance.event-unexpected'],
    ['a household where a person is meant', { personId: null }, '/personId assistance.subject'],
  ])('with %s is refused with field and cause', async (what, changes, fault) => {
    const subject = await subjectOf(roster, `refused: ${what}`);
    const edge = api();
    const body = { ...claimBody('elderly.old-age-allowance', subject), ...changes };
    const answer = await writesNothing(roster, () =>
      edge.call({ as: civilAffairs, path: '/assistance-chain/claims', body }),
    );
    expect([answer.status, faultsIn(answer)]).toEqual([400, [fault]]);
  });
});

describe('a delivery', () => {
  test('is recorded once: the same again is answered as before, another is refused with what stands', async () => {
    const subject = await subjectOf(roster, 'delivered');
    const { entryId } = bodyOf(await claim(roster, 'disability.home-access', subject));
    const deliver = (amount: number | null, as = federation, deliveredOn = '2026-03-01') =>
      api().call({ as, path: `/assistance-chain/${entryId}/delivery`, body: { deliveredOn, amount } });
    expect(problemIn(await deliver(1_000, agencyOf('education')))).toBe('not-found');
    expect(problemIn(await deliver(1_000, countyWorker))).toBe('not-found');
    expect(faultsIn(await deliver(1_000, federation, '2026-03-03'))).toEqual([
      '/deliveredOn assistance.delivered-when',
    ]);
    expect(faultsIn(await deliver(-5))).toEqual(['/amount money.negative']);
    expect(await deliver(1_000)).toMatchObject({ status: 200, body: { state: 'delivered', deliveredAmount: 1_000 } });
    expect(await writesNothing(roster, () => deliver(1_000))).toMatchObject({ status: 200 });
    expect(await writesNothing(roster, () => deliver(2_000))).toMatchObject({
      status: 409,
      body: { state: 'delivered' },
    });
  });

  test('that nobody claimed is kept, guarded, and flagged when it stands beside something', async () => {
    const subject = await subjectOf(roster, 'unclaimed');
    const send = (as = civilAffairs) =>
      api().call({
        as,
        path: '/assistance-chain/deliveries',
        body: unclaimed('disability.living-subsidy', subject, { deliveredOn: '2026-03-01', amount: 9_000 }),
      });
    const first = await send();
    expect(first).toMatchObject({ status: 201, body: { inTheWay: null, entry: { flags: ['delivered-unclaimed'] } } });
    expect(await claim(roster, 'child.orphan-allowance', subject)).toMatchObject({ problem: 'assistance-duplicate' });
    const second = await send(agencyOf('civil-affairs', '140121', '-second'));
    expect(second).toMatchObject({
      status: 201,
      body: {
        inTheWay: { item: { code: 'disability.living-subsidy' }, until: '2026-05-31' },
        entry: { state: 'delivered', flags: ['delivered-unclaimed', 'duplicate-suspected'] },
      },
    });
    const { entry } = second.body as { entry: { entryId: string } };
    expect(await guardsHeldBy(entry.entryId)).toBe(0);
  });

  test('of two that nobody claimed at the same moment one has the guards and the other is flagged', async () => {
    const subject = await subjectOf(roster, 'unclaimed at once');
    const send = (who: string) =>
      api().call({
        as: agencyOf('civil-affairs', '140121', who),
        path: '/assistance-chain/deliveries',
        body: unclaimed('service.visits', subject, { deliveredOn: '2026-03-01', amount: null }),
      });
    const answers = await Promise.all([send('-one'), send('-two'), send('-three')]);
    const flags = answers.map(({ body }) => (body as { entry: { flags: string[] } }).entry.flags);
    expect(flags.filter((each) => !each.includes('duplicate-suspected'))).toHaveLength(1);
  });
});

describe('the end of an entry', () => {
  const end = (entryId: string, body: object, as = civilAffairs) =>
    api().call({ as, path: `/assistance-chain/${entryId}/end`, body });

  test('frees the months after it for others, and keeps those before it', async () => {
    const subject = await subjectOf(roster, 'ended');
    const { entryId } = bodyOf(await claim(roster, 'extreme-hardship.care', subject));
    const month = (from: string) => ({ period: { of: 'months', from, to: from } });
    expect(problemIn(await end(entryId, { reason: 'moved-away' }, federation))).toBe('not-found');
    expect(faultsIn(await end(entryId, { reason: 'moved-away', lastMonth: '2026-07' }))).toEqual([
      '/lastMonth assistance.last-month',
    ]);
    const ended = await end(entryId, { reason: 'no-longer-eligible', lastMonth: '2026-03' });
    expect(ended).toMatchObject({ status: 200, body: { state: 'ended', endedAfter: '2026-03' } });
    expect(await claim(roster, 'disability.nursing-subsidy', subject, month('2026-03'))).toMatchObject({
      inTheWay: { until: '2026-03-31' },
    });
    expect((await claim(roster, 'disability.nursing-subsidy', subject, month('2026-04'))).ok).toBe(true);
    expect(await end(entryId, { reason: 'moved-away', lastMonth: '2026-03' })).toMatchObject({ status: 409 });
  });

  test('of what was claimed and never given frees everything; of an occasion that was used, nothing', async () => {
    const subject = await subjectOf(roster, 'ended without delivery');
    const first = bodyOf(await claim(roster, 'disability.home-access', subject));
    await end(first.entryId, { reason: 'not-delivered' }, federation);
    expect(await guardsHeldBy(first.entryId)).toBe(0);
    const second = bodyOf(await claim(roster, 'disability.home-access', subject));
    const path = `/assistance-chain/${second.entryId}/delivery`;
    await api().call({ as: federation, path, body: { deliveredOn: '2026-03-01', amount: 500 } });
    await end(second.entryId, { reason: 'moved-away' }, federation);
    expect(await claim(roster, 'disability.home-access', subject)).toMatchObject({ problem: 'assistance-duplicate' });
  });
});

describe('the chain of a person', () => {
  test('is shown whole to officers who reach the household, and to an agency its own entries only', async () => {
    const subject = await subjectOf(roster, 'a chain');
    await claim(roster, 'disability.home-access', subject);
    await claim(roster, 'minimum-living-allowance', subject);
    const read = async (as = countyWorker) => {
      const edge = api();
      const path = `/persons/${subject.personId}/assistance-chain`;
      const codes: string[] = [];
      let query = `householdId=${subject.householdId}`;
      for (;;) {
        const answer = await edge.call({ as, path, query });
        if (answer.status !== 200) return problemIn(answer);
        const page = answer.body as { entries: { item: { code: string } }[]; nextCursor: string | null };
        codes.push(...page.entries.map(({ item }) => item.code));
        if (page.nextCursor === null) return codes;
        query = `householdId=${subject.householdId}&cursor=${page.nextCursor}`;
      }
    };
    expect(await read()).toEqual(['disability.home-access', 'minimum-living-allowance']);
    expect(await read(principal('provincial', '14', 'a-provincial'))).toHaveLength(2);
    expect(await read(federation)).toEqual(['disability.home-access']);
    expect(await read(agencyOf('education'))).toEqual([]);
    expect(await read(agencyOf('education', '140105'))).toBe('not-found');
    expect(await read(otherCountyWorker)).toBe('not-found');
    const { items } = await roster.store.accessRecord(subject.personId, 50, null);
    expect(items.filter(({ fields }) => fields.includes('assistance-chain')).length).toBeGreaterThan(3);
  });
});

describe('many claims of one item at once', () => {
  test('leave exactly one standing, and tell the others why', async () => {
    expect(await runClaims(roster, 200)).toEqual({
      ...{ claims: 200, standing: 1, toldWhy: 199 },
      ...{ untold: 0, lost: 0, violations: 0 },
    });
  });
});
