import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReferralList, ReferralView } from '../../../contracts/api/referrals.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { ReferralId } from '../../../domain/ids.ts';
import { referralOperations } from '../../../functions/referrals/operations.ts';
import { type Edge, edgeOf, faultsIn, problemIn, viewIn } from '../../support/edge.ts';
import {
  approver,
  auditor,
  countyWorker,
  department,
  neighbouringWorker,
  otherCounty,
  otherCountyWorker,
  townshipWorker,
} from '../../support/people.ts';
import { referralSteps } from '../../support/referrals.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReturnType<typeof referralSteps>;
let edge: Edge;
beforeAll(async () => {
  roster = await startRoster();
  steps = referralSteps(roster.dependencies);
  edge = edgeOf(referralOperations(roster.dependencies));
});
afterAll(() => roster.stop());

const agency = department('healthcare-security');
const colleague = { ...agency, subject: 'another-client' };
const outcome = { kind: 'delivered', amount: 120_000, on: '2026-03-02', evidence: 'file 2026-17' };
const post = (referralId: ReferralId, step: string, body: unknown, as: Principal = agency, key?: string) =>
  edge.call({
    as,
    method: 'POST',
    path: `/referrals/${referralId}/${step}`,
    body,
    ...(key === undefined ? {} : { key }),
  });
const accept = (referralId: ReferralId, as: Principal = agency) => post(referralId, 'acceptance', undefined, as);
const read = (referralId: ReferralId, as: Principal) => edge.call({ as, path: `/referrals/${referralId}` });
const list = async (as: Principal, query = 'limit=100') => {
  const answer = await edge.call({ as, path: '/referrals', query });
  return viewIn(ReferralList, answer);
};
const reportedOne = async () => {
  const { referralId } = await steps.one();
  expect((await post(referralId, 'outcome', outcome)).status).toBe(200);
  return referralId;
};

describe('a referral that goes well', () => {
  test('is accepted, reported, verified and closed, and is in no list any more', async () => {
    const { referralId } = await steps.one();
    const accepted = await accept(referralId);
    expect(accepted.status).toBe(200);
    expect(viewIn(ReferralView, accepted)).toMatchObject({
      state: 'accepted',
      // Fifteen working days from 2 March.
      resultBy: '2026-03-23',
      due: { clock: 'referral.result', isLocalSetting: true, citation: expect.stringContaining('no national rule') },
    });
    const reported = viewIn(ReferralView, await post(referralId, 'outcome', outcome));
    expect(reported).toMatchObject({ state: 'reported', outcome: { kind: 'delivered', amount: 120_000 } });
    const closed = await post(referralId, 'verification', { result: 'confirmed', how: 'household' }, townshipWorker);
    expect(viewIn(ReferralView, closed)).toMatchObject({ state: 'closed', due: null, closedAt: roster.at() });
    expect((await list(agency)).referrals.map((each) => each.referralId)).not.toContain(referralId);
  });

  test('keeps who needs what, and what came of it, in an envelope', async () => {
    const referralId = await reportedOne();
    const row = (await roster.items('roster')).find(({ pk }) => pk === `REFERRAL#${referralId}`);
    expect(Object.keys(row ?? {})).toContain('sealed.circumstances');
    expect(JSON.stringify(row)).not.toMatch(/medical\.|120000|file 2026-17|per_/u);
  });
});

describe('an agency that answers twice', () => {
  test('accepts once', async () => {
    const { referralId } = await steps.one();
    const first = await accept(referralId);
    const again = await writesNothing(roster, () => accept(referralId));
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
  });

  test('reports once, under one key or two, at the same moment or later', async () => {
    const { referralId } = await steps.one();
    const answers = await Promise.all(
      [1, 2, 3].map(() => post(referralId, 'outcome', outcome, agency, 'one-key-of-mine')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const later = await writesNothing(roster, () =>
      post(referralId, 'outcome', outcome, agency, 'another-key-of-mine'),
    );
    expect([later.status, later.text]).toEqual([200, answers[0]?.text]);
    expect(await steps.now(referralId)).toMatchObject({ version: 2, state: 'reported' });
  });

  test('is told what stands when it reports something else, or after the referral is closed', async () => {
    const referralId = await reportedOne();
    const other = await writesNothing(roster, () => post(referralId, 'outcome', { ...outcome, amount: 1 }));
    expect([other.status, problemIn(other), other.body]).toMatchObject([
      409,
      'lifecycle-conflict',
      { state: 'reported' },
    ]);
    await post(referralId, 'verification', { result: 'confirmed', how: 'visit' }, countyWorker);
    const late = await writesNothing(roster, () => post(referralId, 'outcome', outcome));
    expect([late.status, late.body]).toMatchObject([409, { state: 'closed' }]);
    expect(await accept(referralId)).toMatchObject({ status: 409, body: { state: 'closed' } });
    expect(await post(referralId, 'return', { reason: 'no-capacity' })).toMatchObject({ status: 409 });
  });

  test('under the same key with another outcome is refused', async () => {
    const { referralId } = await steps.one();
    await post(referralId, 'outcome', outcome, agency, 'a-key-that-comes-twice');
    const other = await post(referralId, 'outcome', { ...outcome, amount: 5 }, agency, 'a-key-that-comes-twice');
    expect([other.status, problemIn(other)]).toEqual([422, 'idempotency-key-reused']);
  });

  test('closes a referral once when two officers verify at the same moment', async () => {
    const referralId = await reportedOne();
    const body = { result: 'confirmed', how: 'sample' };
    const answers = await Promise.all([
      post(referralId, 'verification', body, countyWorker),
      post(referralId, 'verification', body, approver),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await steps.now(referralId)).toMatchObject({ version: 3, state: 'closed' });
  });
});

describe('an outcome that cannot be so', () => {
  test.each([
    ['a negative amount', { amount: -1 }, '/amount money.negative'],
    ['part of a fen', { amount: 0.5 }, '/amount money.fraction'],
    ['an absurd amount', { amount: 100_000_001 }, '/amount referral.amount'],
    ['an amount of what was not delivered', { kind: 'not-eligible' }, '/amount referral.amount-without-delivery'],
    ['a day to come', { on: '2026-03-03' }, '/on date.future'],
    ['a day that is none', { on: '2026-02-30' }, '/on date.impossible'],
  ])('is refused for %s, with field, cause and cure', async (_what, change, expected) => {
    const { referralId } = await steps.one();
    const answer = await writesNothing(roster, () => post(referralId, 'outcome', { ...outcome, ...change }));
    expect([answer.status, faultsIn(answer)]).toEqual([400, [expected]]);
    expect(answer.text).toMatch(/"cause":"[^"]+","cure":"[^"]+"/u);
  });

  test('is refused for a reason of a return that is not on the list', async () => {
    const { referralId } = await steps.one();
    const answer = await post(referralId, 'return', { reason: 'no reason' });
    expect(faultsIn(answer)).toEqual(['/reason referral.return-reason']);
  });
});

describe("another's referral", () => {
  test.each([
    ['another department of the county', department('education')],
    ['the same department of another county', department('healthcare-security', otherCounty)],
    ['an officer of another county', otherCountyWorker],
    ['a township beside it', neighbouringWorker],
  ])('is not there for %s', async (_who, stranger) => {
    const { referralId } = await steps.one();
    expect((await read(referralId, stranger)).status).toBe(404);
    if (stranger.role === 'agency') {
      for (const answer of [
        await accept(referralId, stranger),
        await post(referralId, 'return', { reason: 'no-capacity' }, stranger),
        await post(referralId, 'outcome', outcome, stranger),
      ])
        expect([answer.status, problemIn(answer)]).toEqual([404, 'not-found']);
    }
    expect(await steps.now(referralId)).toMatchObject({ version: 1, state: 'sent' });
  });

  test('is in no list but that of its department, its county and its overseers', async () => {
    const { referralId } = await steps.one();
    const sees = async (as: Principal, query?: string) =>
      (await list(as, query)).referrals.some((each) => each.referralId === referralId);
    expect(await sees(agency)).toBe(true);
    expect(await sees(department('education'))).toBe(false);
    expect(await sees(department('healthcare-security', otherCounty))).toBe(false);
    expect(await sees(countyWorker)).toBe(true);
    expect(await sees(townshipWorker)).toBe(true);
    expect(await sees(neighbouringWorker)).toBe(false);
    expect(await sees(auditor, 'county=140121&limit=100')).toBe(true);
    expect(await sees(countyWorker, 'state=accepted&limit=100')).toBe(false);
    expect((await edge.call({ as: agency, path: '/referrals', query: 'department=education' })).status).toBe(403);
    expect((await edge.call({ as: agency, path: '/referrals', query: `county=${otherCounty}` })).status).toBe(403);
  });

  test('goes over in pages without a gap, for a department and for an officer who sees all', async () => {
    for (const as of [agency, countyWorker]) {
      const whole = (await list(as)).referrals.map((each) => each.referralId);
      const paged: string[] = [];
      let query = 'limit=3';
      for (let pages = 0; pages < 60; pages += 1) {
        const page = await list(as, query);
        paged.push(...page.referrals.map((each) => each.referralId));
        if (page.nextCursor === null) break;
        query = `limit=3&cursor=${page.nextCursor}`;
      }
      expect(paged).toEqual(whole);
    }
  });
});

describe('what is given back', () => {
  test('waits for an officer, and the next department has it and not the first', async () => {
    const { referralId } = await steps.one();
    const returned = viewIn(ReferralView, await post(referralId, 'return', { reason: 'not-our-department' }));
    expect(returned).toMatchObject({
      state: 'returned',
      returns: [{ reason: 'not-our-department', on: '2026-03-02' }],
    });
    const twice = await writesNothing(roster, () => post(referralId, 'return', { reason: 'not-our-department' }));
    expect(twice.status).toBe(200);
    expect((await post(referralId, 'rerouting', { department: 'health' }, townshipWorker)).status).toBe(403);
    expect(faultsIn(await post(referralId, 'rerouting', { department: 'nobody' }, countyWorker))).toEqual([
      '/department referral.department',
    ]);
    const sent = viewIn(ReferralView, await post(referralId, 'rerouting', { department: 'health' }, countyWorker));
    expect(sent).toMatchObject({ state: 'sent', department: 'health' });
    expect((await read(referralId, agency)).status).toBe(404);
    expect((await accept(referralId, department('health'))).status).toBe(200);
  });

  test('goes to the case panel the third time, and from there to a department again', async () => {
    const { referralId } = await steps.one();
    for (const [at, code] of ['healthcare-security', 'health', 'justice'].entries()) {
      if (at > 0) await post(referralId, 'rerouting', { department: code }, countyWorker);
      await post(referralId, 'return', { reason: 'no-capacity' }, department(code));
    }
    expect(await steps.now(referralId)).toMatchObject({
      state: 'with-panel',
      returns: [{ department: 'healthcare-security' }, { department: 'health' }, { department: 'justice' }],
      due: { clock: 'case-panel' },
    });
    expect((await list(countyWorker, 'state=with-panel&limit=100')).referrals.map((each) => each.referralId)).toContain(
      referralId,
    );
    await post(referralId, 'rerouting', { department: 'healthcare-security' }, approver);
    expect((await accept(referralId)).status).toBe(200);
  });

  test('is the department’s again when the household does not confirm it', async () => {
    const referralId = await reportedOne();
    const disputed = await post(referralId, 'verification', { result: 'not-confirmed', how: 'visit' }, townshipWorker);
    expect(viewIn(ReferralView, disputed)).toMatchObject({ state: 'accepted', outcome: null, resultBy: '2026-03-23' });
    expect((await post(referralId, 'outcome', outcome, colleague)).status).toBe(200);
  });
});

test('whoever reported an outcome does not verify it', async () => {
  const { referralId } = await steps.one();
  await post(referralId, 'outcome', outcome, { ...agency, subject: countyWorker.subject });
  const own = await writesNothing(roster, () =>
    post(referralId, 'verification', { result: 'confirmed', how: 'sample' }, countyWorker),
  );
  expect([own.status, problemIn(own)]).toEqual([403, 'referral-four-eyes']);
  const other = await post(referralId, 'verification', { result: 'confirmed', how: 'sample' }, approver);
  expect(other.status).toBe(200);
});
