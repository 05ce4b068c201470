import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { readHousehold } from '../../../functions/households/read-household.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { birth, joined, startCouple } from '../../support/household-changes.ts';
import {
  auditor,
  countyWorker,
  couple,
  otherCountyWorker,
  otherTownship,
  township,
  townshipWorker,
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
let husbandsId: string;
let wifesId: string;
const opened: TestRoster[] = [];
beforeEach(async () => {
  started = await startCouple();
  ({ roster, of, steps, householdId, husband, wife, husbandsId, wifesId } = started);
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
