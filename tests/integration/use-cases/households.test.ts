import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubmitApplicationBody, SubmittedApplication } from '../../../contracts/api/applications.ts';
import { DisclosureView, HouseholdView } from '../../../contracts/api/households.ts';
import type { Principal } from '../../../contracts/principal.ts';
import { ProblemBody } from '../../../contracts/problems.ts';
import { householdOperations } from '../../../functions/households/operations.ts';
import { type Edge, edgeOf, faultsIn, problemIn, viewIn } from '../../support/edge.ts';
import type { Item } from '../../support/engine.ts';
import {
  approver,
  auditor,
  countyWorker,
  couple,
  neighbouringWorker,
  otherApprover,
  otherCountyWorker,
  otherTownshipWorker,
  principal,
  townshipWorker,
} from '../../support/people.ts';
import { type ReviewSteps, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

const provincial = principal('provincial', '14', 'feng-province');
const administrator = principal('administrator', '14', 'wei-administrator');

let roster: TestRoster;
let steps: ReviewSteps;
let edge: Edge;
let body: SubmitApplicationBody;
let submitted: SubmittedApplication;
let husband: string;
let names: string[];
let ids: string[];
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
  edge = edgeOf(householdOperations(roster.dependencies));
  body = couple();
  submitted = await steps.submit(body);
  husband = submitted.members[0]?.personId ?? '';
  names = body.members.map(({ name }) => name);
  ids = body.members.map(({ residentId }) => residentId);
});
afterAll(() => roster.stop());

const household = () => `/households/${submitted.householdId}`;
const disclosures = (personId = husband) => `${household()}/members/${personId}/disclosures`;
const record = (personId = husband) => `${household()}/members/${personId}/access-record`;
const readAs = (as: Principal) => edge.call({ as, path: household() });
const disclose = (as: Principal, asked: unknown, key?: string) =>
  edge.call({ as, path: disclosures(), body: asked, ...(key === undefined ? {} : { key }) });
const newIn = async (before: readonly Item[]): Promise<Item[]> => {
  const known = new Set(before.map(({ pk, sk }) => `${String(pk)} ${String(sk)}`));
  return (await roster.items('audit')).filter(({ pk, sk }) => !known.has(`${String(pk)} ${String(sk)}`));
};
const fieldVisit = { purpose: 'field-visit', fields: ['name', 'residentId'] };

describe('a household', () => {
  test('is masked for everyone who may read it', async () => {
    for (const who of [townshipWorker, countyWorker, approver, provincial, auditor]) {
      const answer = await readAs(who);
      expect(answer.status).toBe(200);
      expect(answer.headers['etag']).toBe('"1"');
      expect([...names, ...ids, '1958-03-12', '0312'].filter((secret) => answer.text.includes(secret))).toEqual([]);
      const [id = ''] = ids;
      expect(viewIn(HouseholdView, answer).members[0]).toMatchObject({
        name: '张**',
        residentId: `149901***********${id.slice(-1)}`,
        birthYear: 1958,
        relation: 'applicant',
        tier: 'NONE',
      });
    }
  });

  test('shows its facts, with source and age, to those who assess and confirm, and to nobody else', async () => {
    for (const who of [townshipWorker, countyWorker, approver]) {
      const { facts } = viewIn(HouseholdView, await readAs(who));
      expect(facts).toContainEqual({
        kind: 'income.transfer',
        personId: husband,
        value: 60_000,
        unit: 'fen-per-12-months',
        dataset: 'declaration',
        asOf: '2026-02-27',
        ageDays: 3,
      });
    }
    for (const who of [provincial, auditor]) expect(viewIn(HouseholdView, await readAs(who)).facts).toBeNull();
  });

  test.each([
    ['a township worker elsewhere', otherTownshipWorker],
    ['a worker of the township beside it', neighbouringWorker],
    ['a worker of another county', otherCountyWorker],
    ['an approver of another county', otherApprover],
  ])('is not there for %s', async (_who, who) => {
    const answer = await writesNothing(roster, () => readAs(who));
    expect([answer.status, problemIn(answer)]).toEqual([404, 'not-found']);
  });

  test('may not be read by an agency or an administrator', async () => {
    for (const who of [
      { ...principal('auditor', '14', 'x'), role: 'agency' as const, agency: 'housing' },
      administrator,
    ]) {
      const answer = await writesNothing(roster, () => readAs(who));
      expect(answer.status).toBe(403);
    }
  });

  test('is recorded as read for each of its members, before it is answered', async () => {
    const before = await roster.items('audit');
    await readAs(approver);
    const entries = await newIn(before);
    expect(entries).toHaveLength(4);
    for (const { personId } of submitted.members) {
      const own = entries.filter((entry) => entry['personId'] === personId);
      expect(own.map(({ pk }) => pk)).toEqual([expect.stringMatching(/^140121$/u), `PERSON#${personId}`]);
      expect(own[0]).toMatchObject({
        type: 'RecordRead',
        role: 'approver',
        purpose: 'case-work',
        fields: ['masked-identity', 'tier', 'facts'],
        callerDivision: '140121',
        householdId: submitted.householdId,
      });
    }
  });
});

describe('unmasking', () => {
  test('answers the fields that were asked for, and no other', async () => {
    const answer = await disclose(townshipWorker, fieldVisit);
    expect(answer.status).toBe(201);
    expect(viewIn(DisclosureView, answer).identity).toEqual({ name: names[0], residentId: ids[0] });
    const born = await disclose(townshipWorker, { purpose: 'identity-check', fields: ['birthDate'] });
    expect(viewIn(DisclosureView, born).identity).toEqual({ birthDate: '1958-03-12' });
  });

  test('is one audit entry with who, why and which fields, a copy in the own record, and no identity', async () => {
    const before = await roster.items('audit');
    const { disclosureId } = viewIn(
      DisclosureView,
      await disclose(countyWorker, { purpose: 'payment', fields: ['name'] }),
    );
    const [original, copy, ...others] = await newIn(before);
    expect(others).toEqual([]);
    expect(original).toMatchObject({
      eventId: disclosureId,
      type: 'IdentityDisclosed',
      role: 'county-worker',
      subject: 'sun-county',
      personId: husband,
      householdId: submitted.householdId,
      purpose: 'payment',
      fields: ['name'],
    });
    const { pk, filedUnder, ...rest } = copy ?? {};
    const { pk: originalPk, ...originalRest } = original ?? {};
    expect(pk).toBe(`PERSON#${husband}`);
    expect(filedUnder).toBe(originalPk);
    expect(rest).toEqual(originalRest);
  });

  test.each([
    [
      'a purpose that is not part of the role',
      townshipWorker,
      { purpose: 'payment', fields: ['name'] },
      ['/purpose disclosure.purpose'],
    ],
    [
      'a field the purpose does not need',
      countyWorker,
      { purpose: 'payment', fields: ['name', 'birthDate'] },
      ['/fields/1 disclosure.field'],
    ],
    [
      'an audit by someone who audits nothing',
      approver,
      { purpose: 'audit', fields: ['name'] },
      ['/purpose disclosure.purpose'],
    ],
    [
      'a birth date for an auditor',
      auditor,
      { purpose: 'audit', fields: ['birthDate'] },
      ['/fields/0 disclosure.field'],
    ],
  ])('is refused for %s, and nothing is written', async (_what, who, asked, faults) => {
    const answer = await writesNothing(roster, () => disclose(who, asked));
    expect([answer.status, problemIn(answer)]).toEqual([403, 'disclosure-not-permitted']);
    expect(faultsIn(answer)).toEqual(faults);
    expect(answer.text).not.toContain(names[0]);
  });

  test('says what is wrong in both languages', async () => {
    const asked = { path: disclosures(), as: townshipWorker, body: { purpose: 'payment', fields: ['name'] } };
    const [zh, en] = [await edge.call({ ...asked, language: 'zh' }), await edge.call({ ...asked, language: 'en' })];
    expect(zh.body).toMatchObject({ title: '不得为此目的查看所列内容' });
    expect(viewIn(ProblemBody, zh).errors?.[0]?.cause).toMatch(/[\u4e00-\u9fff]/u);
    expect(en.body).toMatchObject({ title: 'Not to be disclosed for this purpose' });
    expect(viewIn(ProblemBody, en).errors?.[0]?.cure).toBe('State a purpose that is part of your work.');
  });

  test.each([
    ['no purpose', { fields: ['name'] }, '/purpose required'],
    ['a purpose of one’s own', { purpose: 'curiosity', fields: ['name'] }, '/purpose enum'],
    ['no field', { purpose: 'field-visit', fields: [] }, '/fields list.too-short'],
    ['a field twice', { purpose: 'field-visit', fields: ['name', 'name'] }, '/fields disclosure.field-twice'],
    ['an unknown field', { purpose: 'field-visit', fields: ['income'] }, '/fields/0 enum'],
  ])('is refused with %s', async (_what, asked, fault) => {
    const answer = await writesNothing(roster, () => disclose(townshipWorker, asked));
    expect(answer.status).toBe(400);
    expect(faultsIn(answer)).toEqual([fault]);
  });

  test('is not there for another division, another household’s member, or nobody', async () => {
    const other = await steps.submit(couple());
    const paths = [disclosures(other.members[0]?.personId), disclosures(`per_${'0'.repeat(32)}`)];
    for (const path of paths) {
      const answer = await writesNothing(roster, () => edge.call({ as: townshipWorker, path, body: fieldVisit }));
      expect(problemIn(answer)).toBe('not-found');
    }
    for (const who of [otherTownshipWorker, neighbouringWorker, otherCountyWorker]) {
      const answer = await writesNothing(roster, () => disclose(who, fieldVisit));
      expect(problemIn(answer)).toBe('not-found');
    }
  });

  test('again under one key is the same entry, within ten minutes and not later', async () => {
    const key = 'a-key-that-is-repeated';
    const made = await disclose(townshipWorker, fieldVisit, key);
    roster.pass({ minutes: 10 });
    const repeated = await writesNothing(roster, () => disclose(townshipWorker, fieldVisit, key));
    expect(repeated.body).toEqual(made.body);
    expect(repeated.headers['idempotency-replayed']).toBe('true');
    roster.pass({ minutes: 1 });
    const late = await writesNothing(roster, () => disclose(townshipWorker, fieldVisit, key));
    expect([late.status, problemIn(late)]).toEqual([409, 'disclosure-over']);
    const another = await writesNothing(roster, () =>
      disclose(townshipWorker, { purpose: 'field-visit', fields: ['name'] }, key),
    );
    expect(problemIn(another)).toBe('idempotency-key-reused');
  });

  test('twenty times at once under one key is one entry', async () => {
    const before = await roster.items('audit');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => disclose(townshipWorker, fieldVisit, 'a-key-of-twenty')),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await newIn(before)).toHaveLength(2);
  });

  test('discloses nothing, nor does a reading, when the entry cannot be stored', async () => {
    const failing = edgeOf(
      householdOperations({
        ...roster.dependencies,
        store: { ...roster.store, commit: () => Promise.reject(new Error('the audit is away')) },
      }),
    );
    const asked = [
      { as: townshipWorker, path: disclosures(), body: fieldVisit },
      { as: townshipWorker, path: household() },
      { as: auditor, path: record() },
    ];
    for (const request of asked) {
      const answer = await failing.call(request);
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain(husband);
      expect(answer.text).not.toContain(names[0]);
    }
    const refusing = edgeOf(
      householdOperations({
        ...roster.dependencies,
        store: { ...roster.store, commit: async () => ({ ok: false, conflict: 'exists', kind: 'application' }) },
      }),
    );
    for (const request of asked) expect((await refusing.call(request)).status).toBe(500);
  });

  test('leaves no identity in the tables, the idempotency records among them, nor in logs', async () => {
    await disclose(townshipWorker, { purpose: 'identity-check', fields: ['name', 'residentId', 'birthDate'] });
    const text = JSON.stringify(await roster.everything());
    const secrets = [...names, ...ids, ...ids.map((id) => id.slice(6, 14)), '1958-03-12'];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(secrets.filter((secret) => edge.logged.join().includes(secret))).toEqual([]);
    const record = await roster.store.idempotencyRecord(townshipWorker.subject, 'a-key-of-twenty');
    expect(Object.keys(record?.response ?? {}).toSorted()).toEqual(['disclosedAt', 'disclosureId']);
  });
});
