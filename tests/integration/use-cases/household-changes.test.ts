import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { HouseholdChangeBody } from '../../../contracts/api/household-changes.ts';
import { changeEvidenceTexts, evidenceFor } from '../../../domain/households/household-change.ts';
import { type HouseholdId, HouseholdId as HouseholdIdSchema, type PersonId } from '../../../domain/ids.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { readHousehold } from '../../../functions/households/read-household.ts';
import { recordDeath } from '../../../functions/households/record-death.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { birth, householdChanges, joined } from '../../support/household-changes.ts';
import {
  approver,
  auditor,
  countyWorker,
  couple,
  otherApprover,
  otherCountyWorker,
  otherTownship,
  residentId,
  township,
  townshipWorker,
} from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof householdChanges>;
let steps: ReturnType<typeof reviewSteps>;
let householdId: HouseholdId;
let husband: PersonId;
let wife: PersonId;
let husbandsId: string;
let wifesId: string;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = householdChanges(roster);
  steps = reviewSteps(roster.dependencies);
  const body = couple();
  const submitted = await steps.submit(body);
  ({ householdId } = submitted);
  [husband, wife] = submitted.members.map(({ personId }) => personId) as [PersonId, PersonId];
  husbandsId = body.members[0]?.residentId ?? '';
  wifesId = body.members[1]?.residentId ?? '';
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
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

describe('a member who left', () => {
  test('is no member and in no household, and is still known where the history is', async () => {
    const before = await of.stored(householdId);
    const { changeId } = await of.changed(householdId, left());
    const { household, identities } = await of.stored(householdId);
    expect(household.members.map(({ personId }) => personId)).toEqual([husband]);
    expect(household.facts).toEqual(before.household.facts.filter(({ subject }) => subject !== wife));
    expect(household.history).toMatchObject([{ changeId, kind: 'left', on: '2026-03-01', personId: wife }]);
    expect(identities).toEqual(before.identities);
    expect(await found(wifesId)).toEqual({ personId: wife, householdId: null, applicationId: null });
  });

  test('may apply in another household, as the same person', async () => {
    await of.changed(householdId, left());
    const body = couple();
    const [man, woman] = body.members;
    if (man === undefined || woman === undefined) throw new Error('no couple');
    const applied = await steps.submit({ ...body, members: [man, { ...woman, residentId: wifesId }] });
    expect(applied.members[1]?.personId).toBe(wife);
    expect(applied.householdId).not.toBe(householdId);
    expect(await found(wifesId)).toMatchObject({ householdId: applied.householdId });
  });

  test('is still on record after those who stayed apply again', async () => {
    await of.changed(householdId, left());
    const { household } = await of.stored(householdId);
    const application = await roster.store.application((await of.stored(householdId)).applicationId ?? ('' as never));
    bodyOf(
      await withdrawApplication(roster.dependencies, townshipWorker, application?.applicationId ?? ('' as never), null),
    );
    const body = couple();
    const [man] = body.members;
    if (man === undefined) throw new Error('no couple');
    const papers = body.papers.filter(({ member }) => member !== 'wife');
    const again = await steps.submit({ ...body, papers, members: [{ ...man, residentId: husbandsId }] });
    expect(again.householdId).toBe(householdId);
    const after = await of.stored(householdId);
    expect(after.household.history).toEqual(household.history);
    expect(after.identities.map(({ personId }) => personId)).toContain(wife);
  });

  test('may come back, not before having left, and keeps the own id', async () => {
    await of.changed(householdId, left());
    const back = { ...joined, residentId: wifesId, birthDate: '1960-07-24', sex: 'female', relation: 'spouse' };
    expect(refusalOf(await of.record(householdId, { ...back, on: '2026-02-28' })).errors).toEqual([
      { field: '/on', code: 'change.before' },
    ]);
    expect((await of.changed(householdId, { ...back, on: '2026-03-02' })).personId).toBe(wife);
    const { identities, household } = await of.stored(householdId);
    expect(identities.filter(({ personId }) => personId === wife)).toHaveLength(1);
    expect(household.members.map(({ personId }) => personId)).toEqual([husband, wife]);
  });

  test('and was the applicant makes another the applicant', async () => {
    const body = left({ personId: husband });
    const refused = await writesNothing(roster, () => of.record(householdId, body));
    expect(refusalOf(refused).errors).toEqual([{ field: '/relations', code: 'change.applicant' }]);
    for (const relations of [
      [{ personId: wife, relation: 'spouse' }],
      [{ personId: husband, relation: 'applicant' }],
      [
        { personId: wife, relation: 'applicant' },
        { personId: husband, relation: 'spouse' },
      ],
    ])
      expect(refusalOf(await of.record(householdId, { ...body, relations })).errors).toEqual([
        { field: '/relations', code: 'change.relations' },
      ]);
    await of.changed(householdId, { ...body, relations: [{ personId: wife, relation: 'applicant' }] });
    expect((await of.stored(householdId)).household.members).toMatchObject([{ personId: wife, relation: 'applicant' }]);
  });

  test('as the last leaves a household without members, which says so', async () => {
    await of.changed(householdId, left());
    await of.changed(householdId, left({ personId: husband, evidence: 'marriage-certificate' }));
    expect((await of.stored(householdId)).household.members).toEqual([]);
    expect(bodyOf(await readHousehold(roster.dependencies, countyWorker, householdId)).members).toEqual([]);
  });

  test('is not told of any more when the household is read, and nobody is who is not in it', async () => {
    await of.changed(householdId, left());
    const { members } = bodyOf(await readHousehold(roster.dependencies, auditor, householdId));
    expect(members.map(({ personId }) => personId)).toEqual([husband]);
  });
});

describe('a household that is divided', () => {
  const divided = (changes: object = {}) => ({
    kind: 'divided',
    on: '2026-03-01',
    members: [{ personId: wife, relation: 'applicant' }],
    evidence: 'divorce-certificate',
    ...changes,
  });
  const formedBy = async (body: object) => {
    const { formedHouseholdId } = await of.changed(householdId, body);
    if (formedHouseholdId === null) throw new Error('no household was formed');
    return of.stored(formedHouseholdId);
  };

  test('leaves those who stay, and a new household of those who go, with what is known of them', async () => {
    const before = await of.stored(householdId);
    const formed = await formedBy(divided({ residenceDivision: otherTownship }));
    const after = await of.stored(householdId);
    expect(after.household.members.map(({ personId }) => personId)).toEqual([husband]);
    expect(after.household.facts.some(({ subject }) => subject === wife)).toBe(false);
    expect(formed).toMatchObject({ version: 1, applicationId: null, determinationId: null });
    expect(formed.household).toMatchObject({
      residenceDivision: otherTownship,
      registeredDivision: township,
      settlement: 'rural',
      tier: 'NONE',
      members: [{ personId: wife, relation: 'applicant', tier: 'NONE' }],
      history: [{ kind: 'divided', personId: null, otherHouseholdId: householdId }],
    });
    expect(formed.household.facts).toEqual(before.household.facts.filter(({ subject }) => subject === wife));
    expect(formed.identities).toEqual(before.identities.filter(({ personId }) => personId === wife));
    expect(after.household.history).toMatchObject([
      { kind: 'divided', personId: wife, otherHouseholdId: formed.household.householdId },
    ]);
    expect(await found(wifesId)).toEqual({
      personId: wife,
      householdId: formed.household.householdId,
      applicationId: null,
    });
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('where the applicant goes has another for those who stay', async () => {
    const members = [{ personId: husband, relation: 'applicant' }];
    const refused = await writesNothing(roster, () => of.record(householdId, divided({ members })));
    expect(refusalOf(refused).errors).toEqual([{ field: '/relations', code: 'change.applicant' }]);
    await formedBy(divided({ members, relations: [{ personId: wife, relation: 'applicant' }] }));
    expect((await of.stored(householdId)).household.members).toMatchObject([{ personId: wife, relation: 'applicant' }]);
  });

  test('lets either apply for itself, as the same people', async () => {
    const formed = await formedBy(divided());
    const body = couple();
    const [, woman] = body.members;
    if (woman === undefined) throw new Error('no couple');
    const members = [{ ...woman, residentId: wifesId, relation: 'applicant' as const }];
    const papers = body.papers.filter(({ member }) => member !== 'husband');
    const applied = await steps.submit({ ...body, papers, members });
    expect(applied).toMatchObject({ householdId: formed.household.householdId, members: [{ personId: wife }] });
  });

  test('twenty times at once is divided once', async () => {
    const { version } = await of.stored(householdId);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => of.record(householdId, divided(), { key: 'the-division', ifMatch: version })),
    );
    expect(new Set(answers.map((answer) => bodyOf(answer).formedHouseholdId)).size).toBe(1);
    const households = (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('HOUSEHOLD#'));
    expect(households).toHaveLength(2);
  });

  test.each([
    ['nobody who stays', () => ({ members: both('applicant', 'spouse') }), '/members', 'change.nobody-stays'],
    ['no applicant', () => ({ members: [{ personId: wife, relation: 'spouse' }] }), '/members', 'change.new-household'],
    ['two applicants', () => ({ members: both('applicant', 'applicant') }), '/members', 'change.new-household'],
    [
      'a stranger',
      () => ({ members: [{ personId: `per_${'0'.repeat(32)}`, relation: 'applicant' }] }),
      '/members',
      'change.new-household',
    ],
    ['a residence that is none', () => ({ residenceDivision: '140105999' }), '/residenceDivision', 'division.unknown'],
    ['a day to come', () => ({ on: '2026-03-03' }), '/on', 'date.future'],
    ['a day before a birth', () => ({ on: '1950-01-01' }), '/on', 'change.before'],
  ])('is refused with %s', async (_what, changes, field, code) => {
    const refused = await writesNothing(roster, () => of.record(householdId, divided(changes())));
    expect(refusalOf(refused)).toEqual({ ok: false, problem: 'validation-failed', errors: [{ field, code }] });
  });
  const both = (his: string, hers: string) => [
    { personId: husband, relation: his },
    { personId: wife, relation: hers },
  ];
});

describe('a household that moved', () => {
  test('is the new county’s, and the old one does not see it any more', async () => {
    await of.changed(householdId, moved);
    const { household } = await of.stored(householdId);
    expect(household).toMatchObject({ residenceDivision: otherTownship, registeredDivision: otherTownship });
    expect(household.history).toMatchObject([{ kind: 'moved', personId: null, movedFrom: township }]);
    expect(await readHousehold(roster.dependencies, countyWorker, householdId)).toMatchObject({ problem: 'not-found' });
    expect(await readHousehold(roster.dependencies, otherCountyWorker, householdId)).toMatchObject({ ok: true });
    const refused = await writesNothing(roster, () => of.record(householdId, birth));
    expect(refused).toEqual({ ok: false, problem: 'not-found' });
  });

  test('is answered to the old county again, under the same key', async () => {
    const { version } = await of.stored(householdId);
    const first = bodyOf(await of.record(householdId, moved, { key: 'the-move', ifMatch: version }));
    const again = await writesNothing(roster, () =>
      of.record(householdId, moved, { key: 'the-move', ifMatch: version }),
    );
    expect(again).toEqual({ ok: true, body: first, version: first.version, replayed: true });
  });

  test('and stays registered is of both counties', async () => {
    const { registeredDivision: _, ...within } = moved;
    await of.changed(householdId, within);
    for (const who of [countyWorker, otherCountyWorker])
      expect(await readHousehold(roster.dependencies, who, householdId)).toMatchObject({ ok: true });
  });

  test('does not move again on a day before', async () => {
    await of.changed(householdId, moved);
    const back = { ...moved, residenceDivision: township, on: '2026-02-28' };
    expect(refusalOf(await of.record(householdId, back, { principal: otherCountyWorker })).errors).toEqual([
      { field: '/on', code: 'change.before' },
    ]);
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
