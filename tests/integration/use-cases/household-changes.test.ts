import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { HouseholdChangeBody } from '../../../contracts/api/household-changes.ts';
import { changeEvidenceTexts, evidenceFor } from '../../../domain/households/household-change.ts';
import { type HouseholdId, HouseholdId as HouseholdIdSchema, type PersonId } from '../../../domain/ids.ts';
import { recordDeath } from '../../../functions/households/record-death.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { birth, joined, startCouple } from '../../support/household-changes.ts';
import {
  approver,
  countyWorker,
  couple,
  otherApprover,
  otherCountyWorker,
  otherTownship,
  residentId,
  township,
} from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf } from '../../support/reviews.ts';
import { type TestRoster, writesNothing } from '../../support/roster.ts';

let started: Awaited<ReturnType<typeof startCouple>>;
let roster: TestRoster;
let of: (typeof started)['of'];
let steps: (typeof started)['steps'];
let householdId: HouseholdId;
let husband: PersonId;
let wife: PersonId;
const opened: TestRoster[] = [];
beforeEach(async () => {
  started = await startCouple();
  ({ roster, of, steps, householdId, husband, wife } = started);
  opened.push(roster);
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.stop()));
});

const left = (changes: object = {}) => ({
  kind: 'left',
  on: '2026-03-01',
  personId: wife,
  evidence: 'divorce-certificate',
  ...changes,
});
const moved = {
  kind: 'moved',
  on: '2026-03-01',
  residenceDivision: otherTownship,
  registeredDivision: otherTownship,
  evidence: 'household-registration',
};
const found = async (id: string) => (await roster.store.people([id]))[0];
const entries = async () => (await roster.items('audit')).filter(({ type }) => type === 'HouseholdChanged');

describe('a birth', () => {
  test('makes the child a member, found by the resident ID, with what is declared of it', async () => {
    const before = await of.stored(householdId);
    const outcome = await of.record(householdId, birth);
    const { personId, changeId, version } = bodyOf(outcome);
    expect(outcome).toMatchObject({ ok: true, version: before.version + 1 });
    const { household, identities } = await of.stored(householdId);
    expect(version).toBe(before.version + 1);
    expect(household.members.slice(0, 2)).toEqual(before.household.members);
    expect(household.members[2]).toMatchObject({ personId, relation: 'child', birthDate: '2026-02-16', tier: 'NONE' });
    expect(household.facts.filter(({ subject }) => subject === personId).map(({ kind, asOf }) => [kind, asOf])).toEqual(
      [
        ['self-care.failed', '2026-03-02'],
        ['supporters.capable', '2026-03-02'],
      ],
    );
    expect(household.history).toEqual([
      {
        changeId,
        kind: 'birth',
        on: '2026-02-16',
        personId,
        evidence: 'birth-certificate',
        movedFrom: null,
        otherHouseholdId: null,
      },
    ]);
    expect(identities.at(-1)).toEqual({ personId, name: birth.name, residentId: birth.residentId });
    expect(await found(birth.residentId)).toEqual({ personId, householdId, applicationId: null });
  });

  test('is one audit entry and one event with ids, and neither a name nor a day', async () => {
    const { changeId, personId } = await of.changed(householdId, birth);
    expect(await entries()).toMatchObject([
      {
        eventId: changeId,
        role: 'county-worker',
        subject: countyWorker.subject,
        householdId,
        personId,
        change: 'birth',
        evidence: 'birth-certificate',
        records: [`household ${householdId} 2`],
      },
    ]);
    expect(await of.outbox('HouseholdChanged')).toMatchObject([{ eventId: changeId, householdId, personId: null }]);
    const text = JSON.stringify([await roster.items('audit'), await roster.items('roster')]);
    for (const secret of [birth.name, birth.residentId, birth.birthDate]) expect(text).not.toContain(secret);
  });

  test('of a child that has no number yet is known by it once that is given out, and only then', async () => {
    const { personId } = await of.changed(householdId, { ...birth, residentId: null });
    const identified = {
      kind: 'identified',
      on: '2026-03-01',
      personId,
      residentId: birth.residentId,
      evidence: 'household-registration',
    };
    expect(await found(birth.residentId)).toBeUndefined();
    await of.changed(householdId, identified);
    expect(await found(birth.residentId)).toEqual({ personId, householdId, applicationId: null });
    expect((await of.stored(householdId)).identities.at(-1)?.residentId).toBe(birth.residentId);
    expect(refusalOf(await of.record(householdId, identified)).errors).toEqual([
      { field: '/personId', code: 'change.identified' },
    ]);
  });

  test('twice, under two keys, is the same child and refused', async () => {
    for (const body of [
      { ...birth, residentId: null },
      { ...birth, name: '张大测' },
    ]) {
      await of.changed(householdId, body);
      const again = await writesNothing(roster, () => of.record(householdId, body));
      expect(again).toEqual({ ok: false, problem: 'person-on-roster' });
    }
  });
});

describe('somebody who joined', () => {
  test('is a member from then on', async () => {
    const { personId } = await of.changed(householdId, joined);
    expect((await of.stored(householdId)).household.members.at(-1)).toMatchObject({ personId, sex: 'male' });
  });

  test('is refused while in another household, as an application would be, and nothing is said of that one', async () => {
    const other = await steps.submit(couple());
    const { identities } = await of.stored(other.householdId);
    const body = { ...joined, birthDate: '1960-07-24', sex: 'female', residentId: identities[1]?.residentId };
    const refused = await writesNothing(roster, () => of.record(householdId, body));
    expect(refused).toEqual({ ok: false, problem: 'person-on-roster' });
  });

  test('two households at the same moment is in one', async () => {
    const other = await steps.submit(couple());
    const answers = await Promise.all([of.record(householdId, joined), of.record(other.householdId, joined)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.ok ? [] : answer.problem))).toEqual(['person-on-roster']);
  });
});

describe('the same change again', () => {
  test('under the same key has one effect and one answer; another change under it is refused', async () => {
    const { version } = await of.stored(householdId);
    const first = bodyOf(await of.record(householdId, birth, { key: 'the-birth', ifMatch: version }));
    const again = await writesNothing(roster, () =>
      of.record(householdId, birth, { key: 'the-birth', ifMatch: version }),
    );
    expect(again).toEqual({ ok: true, body: first, version: first.version, replayed: true });
    const other = await writesNothing(roster, () => of.record(householdId, left(), { key: 'the-birth' }));
    expect(other).toMatchObject({ ok: false, problem: 'idempotency-key-reused' });
  });

  test('twenty times at once is one entry, and twenty times the same answer', async () => {
    const { version } = await of.stored(householdId);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => of.record(householdId, left(), { key: 'the-leaving', ifMatch: version })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(bodyOf(answer)))).size).toBe(1);
    expect(await entries()).toHaveLength(1);
    expect((await of.stored(householdId)).version).toBe(version + 1);
  });

  test('of two changes at once one is stored, and the other reads again', async () => {
    const { version } = await of.stored(householdId);
    const answers = await Promise.all([
      of.record(householdId, birth, { ifMatch: version }),
      of.record(householdId, left(), { ifMatch: version }),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.ok ? [] : answer.problem))).toEqual(['version-conflict']);
  });
});

describe('a change is refused', () => {
  const slipped = birth.residentId.replace(/.$/u, (last) => (last === '1' ? '2' : '1'));
  const stranger = `per_${'0'.repeat(32)}`;
  test.each([
    [
      'a birth in the future',
      () => ({ ...birth, residentId: null, birthDate: '2026-03-03' }),
      '/birthDate',
      'date.future',
    ],
    ['a joining in the future', () => ({ ...joined, on: '2026-03-03' }), '/on', 'date.future'],
    ['a joining before the birth', () => ({ ...joined, on: '1990-05-04' }), '/on', 'change.before'],
    ['a leaving in the future', () => left({ on: '2026-03-03' }), '/on', 'date.future'],
    ['a leaving before the birth', () => left({ on: '1960-07-23' }), '/on', 'change.before'],
    ['a leaving of nobody', () => left({ personId: stranger }), '/personId', 'change.not-a-member'],
    [
      'relations where the applicant stays',
      () => left({ relations: [{ personId: husband, relation: 'applicant' }] }),
      '/relations',
      'change.relations',
    ],
    ['a move in the future', () => ({ ...moved, on: '2026-03-03' }), '/on', 'date.future'],
    ['a move before anybody lived', () => ({ ...moved, on: '1950-01-01' }), '/on', 'change.before'],
    [
      'a move to nowhere',
      () => ({ ...moved, residenceDivision: '140105999' }),
      '/residenceDivision',
      'division.unknown',
    ],
    [
      'a move to where they live',
      () => ({ ...moved, residenceDivision: township, registeredDivision: township }),
      '/residenceDivision',
      'change.nothing',
    ],
    ['a number with a slip', () => ({ ...birth, residentId: slipped }), '/residentId', 'resident-id.check-digit'],
    [
      'a number of another birth date',
      () => ({ ...birth, birthDate: '2026-02-17' }),
      '/birthDate',
      'resident-id.birth-date-mismatch',
    ],
    ['a number of the other sex', () => ({ ...birth, sex: 'male' }), '/sex', 'resident-id.sex-mismatch'],
  ])('%s', async (_what, body, field, code) => {
    const refused = await writesNothing(roster, () => of.record(householdId, body()));
    expect(refusalOf(refused)).toEqual({ ok: false, problem: 'validation-failed', errors: [{ field, code }] });
  });

  test('a leaving before the joining', async () => {
    const { personId } = await of.changed(householdId, joined);
    expect(refusalOf(await of.record(householdId, left({ personId, on: '2026-02-28' }))).errors).toEqual([
      { field: '/on', code: 'change.before' },
    ]);
  });

  test('a leaving of who has died', async () => {
    const body = { diedOn: '2026-03-01', evidence: 'death-certificate' } as never;
    const { version } = await of.stored(householdId);
    await recordDeath(roster.dependencies, {
      principal: approver,
      householdId,
      personId: wife,
      body,
      ifMatch: version,
    });
    expect(refusalOf(await of.record(householdId, left())).errors).toEqual([
      { field: '/personId', code: 'change.not-a-member' },
    ]);
  });

  test('on a version that has passed', async () => {
    const refused = await writesNothing(roster, () => of.record(householdId, birth, { ifMatch: 7 }));
    expect(refusalOf(refused)).toEqual({ ok: false, problem: 'version-conflict', version: 1 });
  });

  test('for a household that has as many members as it can have', async () => {
    for (let number = 0; number < 28; number += 1)
      await of.changed(householdId, {
        ...joined,
        residentId: residentId('1990-05-05', 101 + 2 * number),
        declared: {},
      });
    const refused = await writesNothing(roster, () => of.record(householdId, joined));
    expect(refusalOf(refused).errors).toEqual([{ field: '/kind', code: 'change.full' }]);
  });

  test.each([
    ['a worker', otherCountyWorker],
    ['an approver', otherApprover],
  ])('as if nobody were there, to %s of another county', async (_who, principal) => {
    const refused = await writesNothing(roster, () => of.record(householdId, birth, { principal }));
    expect(refused).toEqual({ ok: false, problem: 'not-found' });
    const nowhere = HouseholdIdSchema.parse(`hh_${'0'.repeat(32)}`);
    expect(await of.record(nowhere, birth, { ifMatch: 1 })).toEqual(refused);
  });

  test.each([
    ['a paper of another kind of change', { ...birth, evidence: 'divorce-certificate' }],
    ['no paper', { ...birth, evidence: undefined }],
    ['a kind that is none', { ...birth, kind: 'adopted' }],
    ['an applicant who comes in', { ...birth, relation: 'applicant' }],
    ['a field of one’s own', { ...birth, reason: 'joy' }],
  ])('with %s', (_what, body) => {
    expect(HouseholdChangeBody.safeParse(body).success).toBe(false);
  });
});

test('every change is a move that a recount with rules of its own knows', async () => {
  const before = await violationsIn(roster);
  const { personId } = await of.changed(householdId, { ...birth, residentId: null });
  const number = { kind: 'identified', on: '2026-03-01', personId, residentId: birth.residentId };
  await of.changed(householdId, { ...number, evidence: 'household-registration' });
  await of.changed(householdId, joined);
  await of.changed(householdId, left());
  await of.changed(householdId, moved);
  expect(await violationsIn(roster)).toEqual(before);
});

test('the papers that confirm a change are told in both languages, and each confirms something', () => {
  const used = new Set<string>(Object.values(evidenceFor).flat());
  for (const [code, { zh, en }] of Object.entries(changeEvidenceTexts)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/u);
    expect(en).not.toBe('');
    expect(used).toContain(code);
  }
});
