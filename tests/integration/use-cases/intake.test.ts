import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SubmitApplicationBody } from '../../../contracts/api/applications.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { ApplicationId } from '../../../domain/ids.ts';
import { readApplication } from '../../../functions/applications/read-application.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import {
  countyWorker,
  couple,
  neighbouringWorker,
  otherTownshipWorker,
  residentId,
  townshipWorker,
} from '../../support/people.ts';
import { bodyOf, submissionOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

let key = '';
let keys = 0;
beforeEach(() => {
  keys += 1;
  key = `key-of-test-${keys}`;
});

const submit = (body: SubmitApplicationBody, changes: { key?: string; principal?: Principal } = {}) =>
  submitApplication(roster.dependencies, {
    ...submissionOf(roster.dependencies, body, changes.key ?? key),
    principal: changes.principal ?? townshipWorker,
  });
const withMembers = (
  body: SubmitApplicationBody,
  members: SubmitApplicationBody['members'],
): SubmitApplicationBody => ({
  ...body,
  members,
  papers: body.papers.filter(({ member }) => member === null || members.some(({ ref }) => ref === member)),
});

describe('submitting an application', () => {
  test('with all papers accepts it at once, in the township that was named', async () => {
    const body = couple();
    const outcome = await submit(body);
    expect(outcome).toMatchObject({ ok: true, version: 1, body: { state: 'accepted', missingPapers: [] } });
    const { applicationId, acceptedOn } = bodyOf(outcome);
    expect(acceptedOn).toBe('2026-03-02');
    expect(await roster.store.application(applicationId)).toMatchObject({ division: '140121100', state: 'accepted' });
  });

  test('keeps how members are reached and paid, and what was known before where nothing is said anew', async () => {
    const [husband, wife] = couple().members;
    if (husband === undefined || wife === undefined) throw new Error('a couple has two members');
    const account = { holder: husband.ref, bank: '测试银行', number: '6200000000000005' };
    const body = { ...couple(), members: [{ ...husband, phone: '15500000001' }, wife], account };
    const { householdId, applicationId, members } = bodyOf(await submit(body));
    const [his, hers] = members.map(({ personId }) => personId);
    const contacts = async () => (await roster.store.household(householdId))?.contacts;
    const hisAccount = { bank: account.bank, number: account.number };
    expect(await contacts()).toEqual([{ personId: his, phone: '15500000001', account: hisAccount }]);
    await withdrawApplication(roster.dependencies, townshipWorker, applicationId, null);

    const other = { holder: wife.ref, bank: '另一银行', number: '6200000000000013' };
    const again = { ...body, members: [husband, { ...wife, phone: '0351-1234567' }], account: other };
    bodyOf(await submit(again, { key: `${key}-again` }));
    expect(await contacts()).toEqual([
      { personId: his, phone: '15500000001', account: null },
      { personId: hers, phone: '0351-1234567', account: { bank: other.bank, number: other.number } },
    ]);
  });

  test('without papers lists everything that is missing, once and together', async () => {
    const { state, missingPapers, members } = bodyOf(await submit(couple({ papers: 'none', consents: false })));
    const [husband, wife] = members.map(({ personId }) => personId);
    expect(state).toBe('submitted');
    expect(missingPapers).toEqual([
      { kind: 'household-register', personId: null },
      { kind: 'identity-document', personId: husband },
      { kind: 'consent', personId: husband },
      { kind: 'income-proof', personId: husband },
      { kind: 'identity-document', personId: wife },
      { kind: 'consent', personId: wife },
      { kind: 'income-proof', personId: wife },
    ]);
  });

  test('a second time under the same key gets the same answer and changes nothing', async () => {
    const body = couple();
    const first = bodyOf(await submit(body));
    const second = await writesNothing(roster, () => submit(body));
    expect(second).toMatchObject({ ok: true, replayed: true, body: first });
  });

  test('twenty times at the same moment under one key has one effect and one answer', async () => {
    const body = couple();
    const before = await roster.items('audit');
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => submit(body)));
    const ids = new Set(outcomes.map((outcome) => bodyOf(outcome).applicationId));
    expect(ids.size).toBe(1);
    expect((await roster.items('audit')).length - before.length).toBe(1);
  });

  test('another body under the same key is refused', async () => {
    await submit(couple());
    expect(await writesNothing(roster, () => submit(couple()))).toMatchObject({
      ok: false,
      problem: 'idempotency-key-reused',
    });
  });

  test('the same key of another caller is another request', async () => {
    const first = bodyOf(await submit(couple()));
    const second = bodyOf(await submit(couple(), { principal: countyWorker }));
    expect(second.applicationId).not.toBe(first.applicationId);
  });

  test('a person in an open application is refused, with the way to it for whoever may see it', async () => {
    const first = couple();
    const { applicationId } = bodyOf(await submit(first));
    const [husband] = first.members;
    if (husband === undefined) throw new Error('a couple has a husband');
    const [, wife] = couple().members;
    if (wife === undefined) throw new Error('a couple has a wife');
    const body = withMembers(couple(), [husband, wife]);
    const seen = await writesNothing(roster, () => submit(body, { key: `${key}-2` }));
    expect(seen).toMatchObject({
      ok: false,
      problem: 'person-in-open-application',
      state: 'accepted',
      links: { application: `/applications/${applicationId}` },
      errors: [{ field: '/members/0/residentId', code: 'member.in-open-application' }],
    });
    const elsewhere: SubmitApplicationBody = { ...body, residenceDivision: otherTownshipWorker.division };
    const unseen = await writesNothing(roster, () =>
      submit(elsewhere, { key: `${key}-3`, principal: otherTownshipWorker }),
    );
    expect(unseen).toMatchObject({ ok: false, problem: 'person-in-open-application' });
    expect(JSON.stringify(unseen)).not.toContain(applicationId);
  });

  test('of two applications for one person at the same moment, under two keys, one is refused', async () => {
    const body = couple();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) => submit(body, { key: `${key}-${index}` })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const others = outcomes.filter((outcome) => !outcome.ok);
    expect(others).toHaveLength(5);
    for (const other of others) expect(other).toMatchObject({ problem: 'person-in-open-application' });
  });

  test('a person who has withdrawn may apply again, in the same household with the same identity', async () => {
    const body = couple();
    const first = bodyOf(await submit(body));
    await withdrawApplication(roster.dependencies, townshipWorker, first.applicationId, null);
    const second = bodyOf(await submit(body, { key: `${key}-2` }));
    expect(second).toMatchObject({ householdId: first.householdId, members: first.members });
    const household = await roster.store.household(second.householdId);
    expect(household).toMatchObject({ version: 2, applicationId: second.applicationId });
  });

  test('a household that leaves a member of the roster out, or takes one of another in, is refused', async () => {
    const [one, other] = [couple(), couple()];
    for (const body of [one, other]) {
      const { applicationId } = bodyOf(await submit(body, { key: `${key}-${body === one ? 'one' : 'other'}` }));
      await withdrawApplication(roster.dependencies, townshipWorker, applicationId, null);
    }
    const [husband] = one.members;
    const [, stranger] = other.members;
    if (husband === undefined || stranger === undefined) throw new Error('two couples have four members');
    const alone = await writesNothing(roster, () => submit(withMembers(one, [husband]), { key: `${key}-alone` }));
    expect(alone).toEqual({ ok: false, problem: 'household-differs' });
    const mixed = await writesNothing(roster, () =>
      submit(withMembers(one, [husband, stranger]), { key: `${key}-mixed` }),
    );
    expect(mixed).toEqual({ ok: false, problem: 'household-differs' });
  });

  test('what no schema can see is refused field by field', async () => {
    const body = couple();
    const [husband, wife] = body.members;
    if (husband === undefined || wife === undefined) throw new Error('a couple has two members');
    const outcome = await writesNothing(roster, () =>
      submit({
        ...body,
        registeredDivision: '140199001' as never,
        declarationSignedOn: '2026-03-03' as never,
        members: [
          { ...husband, residentId: '149901195803120019' },
          { ...wife, residentId: residentId('1958-03-12', 11), consent: { ...wife.consent, givenOn: '2026-12-01' } },
          { ...wife, ref: 'again', residentId: residentId('1958-03-12', 11), consent: null },
        ] as never,
      }),
    );
    expect(outcome).toMatchObject({ ok: false, problem: 'validation-failed' });
    const codes = outcome.ok ? [] : (outcome.errors ?? []).map(({ field, code }) => `${field} ${code}`);
    expect(codes.toSorted()).toEqual([
      '/declarationSignedOn date.future',
      '/members/0/residentId resident-id.check-digit',
      '/members/1/consent/givenOn date.future',
      '/members/2/residentId member.duplicate',
      '/registeredDivision division.unknown',
    ]);
  });

  test('a household of another division is refused, whoever hands it in', async () => {
    const outcome = await writesNothing(roster, () => submit(couple(), { principal: otherTownshipWorker }));
    expect(outcome).toMatchObject({
      ok: false,
      problem: 'forbidden',
      errors: [{ field: '/registeredDivision', code: 'division.out-of-scope' }],
    });
  });
});

test('an application does not take a consent without its dates for one', async () => {
  const body = couple({ consents: false });
  const papers = [...body.papers, { kind: 'consent' as const, member: 'wife' }];
  expect(await writesNothing(roster, () => submit({ ...body, papers }))).toMatchObject({
    problem: 'validation-failed',
    errors: [{ field: '/papers/5', code: 'consent.undated' }],
  });
});

describe('reading an application', () => {
  test('is for the callers of its division; to others it looks as if there were none', async () => {
    const { applicationId } = bodyOf(await submit(couple()));
    const read = (principal: Principal) => readApplication(roster.dependencies, principal, applicationId);
    expect(await read(townshipWorker)).toMatchObject({ ok: true, version: 1 });
    expect(await read(countyWorker)).toMatchObject({ ok: true });
    const nowhere = `app_${'0'.repeat(32)}` as ApplicationId;
    const absent = await readApplication(roster.dependencies, townshipWorker, nowhere);
    expect(absent).toEqual({ ok: false, problem: 'not-found' });
    for (const stranger of [neighbouringWorker, otherTownshipWorker]) expect(await read(stranger)).toEqual(absent);
  });
});
