import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubmitApplicationBody, SubmittedApplication } from '../../../contracts/api/applications.ts';
import { AccessRecordPage } from '../../../contracts/api/households.ts';
import { DisclosureRulesView, LookupView } from '../../../contracts/api/lookups.ts';
import { Principal } from '../../../contracts/principal.ts';
import { ProblemBody } from '../../../contracts/problems.ts';
import { householdOperations } from '../../../functions/households/operations.ts';
import { lookupOperations } from '../../../functions/lookups/operations.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { type Edge, edgeOf, faultsIn, problemIn, viewIn } from '../../support/edge.ts';
import type { Item } from '../../support/engine.ts';
import { auditor, countyWorker, couple, residentId, townshipWorker, wealthyCouple } from '../../support/people.ts';
import { type ReviewSteps, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

const agency = (code: string, division = '140121') =>
  Principal.parse({ subject: `client-of-${code}`, role: 'agency', division, agency: code });
const medical = agency('healthcare-security');
const schools = agency('education');

let roster: TestRoster;
let steps: ReviewSteps;
let edge: Edge;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
  edge = edgeOf(lookupOperations(roster.dependencies));
});
afterAll(() => roster.stop());

const idsOf = (body: SubmitApplicationBody): string[] => body.members.map((member) => member.residentId);
const lookUp = (as: Principal, residentIds: readonly string[], more: object = {}) =>
  edge.call({
    as,
    path: '/lookups',
    body: { item: 'medical.premium-help.fixed', purpose: 'entitlement-check', residentIds, ...more },
  });
const resultsOf = async (...asked: Parameters<typeof lookUp>) => viewIn(LookupView, await lookUp(...asked)).results;
const statusesOf = async (...asked: Parameters<typeof lookUp>) =>
  (await resultsOf(...asked)).map(({ status }) => status);
/** A couple whose determination is recorded. */
const determined = async (
  body = couple(),
): Promise<{ body: SubmitApplicationBody; submitted: SubmittedApplication }> => {
  const submitted = await steps.submitToConfirmation(body);
  await steps.confirm(submitted.reviewId);
  await steps.record(submitted.reviewId);
  return { body, submitted };
};
const newIn = async (before: readonly Item[]): Promise<Item[]> => {
  const known = new Set(before.map(({ pk, sk }) => `${String(pk)} ${String(sk)}`));
  return (await roster.items('audit')).filter(({ pk, sk }) => !known.has(`${String(pk)} ${String(sk)}`));
};

describe('a look-up', () => {
  test('answers exactly the published fields of the item, in the order of the question', async () => {
    const { body } = await determined();
    const [husband = '', wife = ''] = idsOf(body);
    const stranger = residentId('1990-01-01', 999);
    const answer = await lookUp(medical, [husband, stranger, wife]);
    expect(answer.status).toBe(200);
    const people = await roster.store.people([husband, wife]);
    const named = new Map(
      people.map((person, index) => [
        [husband, wife][index] ?? '',
        { householdId: person?.householdId, personId: person?.personId },
      ]),
    );
    const expected = (id: string) => ({
      status: 'determined',
      person: named.get(id),
      cause: null,
      fields: {
        'item.result': 'opens',
        'person.tier': 'MINIMUM_LIVING_ALLOWANCE',
        'determination.payableFrom': '2026-04-01',
      },
    });
    expect(answer.body).toMatchObject({
      item: 'medical.premium-help.fixed',
      purpose: 'entitlement-check',
      policyVersion: shanxiPack.version,
      checkedOn: '2026-03-02',
    });
    expect(viewIn(LookupView, answer).results).toEqual([
      expected(husband),
      { status: 'not-known', person: null, cause: null, fields: null },
      expected(wife),
    ]);
    for (const row of shanxiPack.disclosures.filter(({ department }) => department === 'healthcare-security')) {
      const [told] = await resultsOf(medical, [husband], { item: row.code });
      expect(Object.keys(told?.fields ?? {})).toEqual(row.fields);
    }
    expect(answer.text).not.toContain(husband);
  });

  test('tells apart who is not known, who has no determination, and who could not be checked', async () => {
    const applying = couple();
    await steps.submit(applying);
    const refused = await determined(wealthyCouple());
    const without = couple({ consents: false });
    await steps.submit(without);
    const ids = [
      residentId('1991-01-01', 998),
      ...[applying, refused.body, without].map((body) => idsOf(body)[0] ?? ''),
    ];
    const statuses = async (item: string) =>
      (await resultsOf(medical, ids, { item })).map(({ status, cause }) => cause ?? status);
    expect(await statuses('medical.premium-help.fixed')).toEqual([
      'not-known',
      'no-determination',
      'no-determination',
      'no-determination',
    ]);
    // Who is chronically ill is told under consent only; without it nothing is said, and nothing looks clear.
    expect(await statuses('medical.chronic-aid')).toEqual([
      'not-known',
      'no-determination',
      'no-determination',
      'consent-missing',
    ]);
  });

  test('rests on a consent for as long as it lasts, its last day included', async () => {
    const { body } = await determined();
    const chronic = async () => (await resultsOf(medical, idsOf(body), { item: 'medical.chronic-aid' }))[0];
    const present = roster.at();
    roster.setTime('2027-02-28T15:59:59.999Z');
    expect(await chronic()).toMatchObject({ status: 'determined', fields: { 'item.result': 'not-open' } });
    roster.setTime('2027-02-28T16:00:00.000Z');
    expect(await chronic()).toMatchObject({ status: 'could-not-check', cause: 'consent-expired', fields: null });
    roster.setTime(present);
  });

  test('needs the consent of every adult of the household', async () => {
    const body = couple();
    const [husband, wife] = body.members;
    if (husband === undefined || wife === undefined) throw new Error('a couple is two');
    await steps.submit({ ...body, members: [husband, { ...wife, consent: null }] });
    expect(await statusesOf(medical, idsOf(body), { item: 'medical.chronic-aid' })).toEqual([
      'could-not-check',
      'could-not-check',
    ]);
  });

  test.each([
    ['of another department', 'education.university', 403, 'lookup-not-permitted', '/item lookup.item-of-another'],
    ['that nobody knows', 'no.such-item', 400, 'validation-failed', '/item lookup.item-unknown'],
    ['that is no code', 'Medical Aid!', 400, 'validation-failed', '/item lookup.item-unknown'],
  ])('for an item %s is refused', async (_what, item, status, problem, fault) => {
    const answer = await writesNothing(roster, () => lookUp(medical, [residentId('1990-01-01', 999)], { item }));
    expect([answer.status, problemIn(answer), ...faultsIn(answer)]).toEqual([status, problem, fault]);
  });

  test('for every item is refused to every department but the one that has a row for it', async () => {
    const departments = shanxiPack.departments.map(({ code }) => code);
    for (const { code, department } of shanxiPack.disclosures) {
      for (const other of departments.filter((name) => name !== department)) {
        const answer = await lookUp(agency(other), [residentId('1990-01-01', 999)], { item: code });
        expect([code, other, answer.status]).toEqual([code, other, 403]);
      }
    }
  });

  test('by anyone but an agency is refused', async () => {
    for (const who of [townshipWorker, countyWorker, auditor]) {
      const answer = await writesNothing(roster, () => lookUp(who, [residentId('1990-01-01', 999)]));
      expect(answer.status).toBe(403);
    }
  });

  test('finds nobody outside the division of the agency, and is recorded for whoever is there', async () => {
    const { body, submitted } = await determined();
    const before = await roster.items('audit');
    expect(await statusesOf(agency('healthcare-security', '140105'), idsOf(body))).toEqual(['not-known', 'not-known']);
    expect((await newIn(before)).filter(({ pk }) => pk === `PERSON#${submitted.members[0]?.personId}`)).toEqual([
      expect.objectContaining({ agency: 'healthcare-security', callerDivision: '140105', fields: ['status'] }),
    ]);
    expect(await statusesOf(agency('healthcare-security', '14'), idsOf(body))).toEqual(['determined', 'determined']);
  });

  test.each([
    ['no one', [], ['/residentIds list.too-short']],
    [
      'more than a hundred',
      Array.from({ length: 101 }, (_, index) => residentId('1990-01-01', index)),
      ['/residentIds list.too-long'],
    ],
    ['a wrong check digit', ['149901199001010011'], ['/residentIds/0 resident-id.check-digit']],
    [
      'one person twice',
      [residentId('1990-01-01', 998), ` ${residentId('1990-01-01', 998)} `],
      ['/residentIds/1 lookup.person-twice'],
    ],
  ])('of %s is refused', async (_what, ids, faults) => {
    const answer = await writesNothing(roster, () => lookUp(medical, ids));
    expect(answer.status).toBe(400);
    expect(faultsIn(answer)).toEqual(faults);
    for (const id of ids) expect(answer.text).not.toContain(id.trim());
  });

  test('says what is wrong in both languages', async () => {
    const body = {
      item: 'education.university',
      purpose: 'entitlement-check',
      residentIds: [residentId('1990-01-01', 1)],
    };
    const [zh, en] = [
      await edge.call({ as: medical, path: '/lookups', body, language: 'zh' }),
      await edge.call({ as: medical, path: '/lookups', body, language: 'en' }),
    ];
    expect(viewIn(ProblemBody, zh).title).toBe('不得为此项目查询');
    expect(viewIn(ProblemBody, en).title).toBe('Not to be looked up for this item');
  });

  test('is an entry of the call and one for each person who is known, and shows in the own record', async () => {
    const { body, submitted } = await determined();
    const before = await roster.items('audit');
    await lookUp(schools, [...idsOf(body), residentId('1992-01-01', 997)], {
      item: 'education.university',
      purpose: 'delivery',
    });
    const entries = await newIn(before);
    expect(entries.filter(({ personId }) => personId === null)).toEqual([
      expect.objectContaining({ type: 'PeopleLookedUp', purpose: 'delivery', agency: 'education', fields: ['status'] }),
    ]);
    for (const { personId } of submitted.members) {
      expect(entries.filter((entry) => entry['personId'] === personId)).toHaveLength(2);
    }
    const households = edgeOf(householdOperations(roster.dependencies));
    const answer = await households.call({
      as: countyWorker,
      path: `/households/${submitted.householdId}/members/${submitted.members[0]?.personId}/access-record`,
    });
    // Both were in the same moment, which has no order.
    expect(viewIn(AccessRecordPage, answer).entries.find(({ kind }) => kind === 'looked-up')).toMatchObject({
      kind: 'looked-up',
      role: 'agency',
      agency: 'education',
      purpose: { code: 'delivery', text: 'delivery of an item of assistance' },
      fields: ['status', 'person', 'item.result', 'person.tier', 'determination.payableFrom', 'person.stage'],
    });
  });

  test('of a hundred people records each of them', async () => {
    const bodies = Array.from({ length: 50 }, () => couple());
    for (const body of bodies) await steps.submit(body);
    const before = await roster.items('audit');
    expect(await resultsOf(medical, bodies.flatMap(idsOf))).toHaveLength(100);
    const entries = await newIn(before);
    const people = new Set(entries.flatMap(({ personId }) => (typeof personId === 'string' ? personId : [])));
    expect(people.size).toBe(100);
    expect(entries.filter(({ personId }) => personId !== null)).toHaveLength(200);
  });

  test('answers nothing when an entry cannot be stored', async () => {
    const { body } = await determined();
    for (const commit of [
      () => Promise.reject(new Error('the audit is away')),
      async () => ({ ok: false as const, conflict: 'exists' as const, kind: 'application' as const }),
    ]) {
      const failing = edgeOf(lookupOperations({ ...roster.dependencies, store: { ...roster.store, commit } }));
      const answer = await failing.call({
        as: medical,
        path: '/lookups',
        body: { item: 'medical.premium-help.fixed', purpose: 'delivery', residentIds: idsOf(body) },
      });
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain('MINIMUM');
    }
  });

  test('leaves no resident ID in the tables or the logs', async () => {
    const { body } = await determined();
    await lookUp(medical, idsOf(body));
    const text = JSON.stringify(await roster.everything()) + edge.logged.join();
    expect(idsOf(body).filter((id) => text.includes(id))).toEqual([]);
  });
});

describe('the published list', () => {
  test('is open to everyone and is what look-ups are held to', async () => {
    const answer = await edge.call({ path: '/disclosure-rules' });
    expect(answer.status).toBe(200);
    const { lookups, identity } = viewIn(DisclosureRulesView, answer);
    expect(
      lookups.map(({ department, item, fields }) => [department.code, item.code, fields.map(({ field }) => field)]),
    ).toEqual(shanxiPack.disclosures.map(({ department, code, fields }) => [department, code, fields]));
    expect(identity).toContainEqual({ role: 'auditor', purpose: 'audit', fields: ['name', 'residentId'] });
    expect(lookups.find(({ item }) => item.code === 'medical.chronic-aid')).toMatchObject({
      needsConsent: true,
      department: { name: { zh: '医疗保障部门' } },
    });
  });
});
