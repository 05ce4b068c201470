import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DeathBody } from '../../../contracts/api/households.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { deathEvidence, deathEvidenceTexts } from '../../../domain/households/death.ts';
import { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { readHousehold } from '../../../functions/households/read-household.ts';
import { recordDeath } from '../../../functions/households/record-death.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { payments } from '../../support/payments.ts';
import { approver, auditor, countyWorker, otherApprover, otherCountyWorker } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof payments>;
let householdId: HouseholdId;
let personId: PersonId;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = payments(roster);
  const made = await of.household('an old man');
  ({ householdId } = made.household.household);
  ({ personId } = made);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const stored = async () => {
  const found = await roster.store.household(householdId);
  if (found === undefined) throw new Error('the household is gone');
  return found;
};
const record = async (changes: Partial<Parameters<typeof recordDeath>[1]> = {}, diedOn = '2026-03-01') =>
  recordDeath(roster.dependencies, {
    principal: countyWorker,
    householdId,
    personId,
    body: DeathBody.parse({ diedOn, evidence: 'death-certificate' }),
    ifMatch: (await stored()).version,
    ...changes,
  });
const entriesOfDeaths = async () => (await roster.items('audit')).filter(({ type }) => type === 'DeathRecorded');

describe('a death', () => {
  test('is on record for the member, in the next version of the household, which is as before otherwise', async () => {
    const before = await stored();
    const answer = await record();
    expect(answer).toEqual({
      ok: true,
      body: { householdId, personId, deceasedOn: '2026-03-01' },
      version: before.version + 1,
    });
    const after = await stored();
    const members = before.household.members.map((member) => ({ ...member, deceasedOn: '2026-03-01' }));
    expect(after).toEqual({ ...before, version: before.version + 1, household: { ...before.household, members } });
  });

  test('is one audit entry with ids and the kind of paper, and neither the day nor a name', async () => {
    await record();
    const [entry, ...others] = await entriesOfDeaths();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      role: 'county-worker',
      subject: countyWorker.subject,
      householdId,
      personId,
      evidence: 'death-certificate',
      records: [`household ${householdId} 2`],
    });
    const { identities } = await stored();
    const secrets = ['2026-03-01', ...identities.flatMap(({ name, residentId }) => [name, residentId ?? name])];
    const text = JSON.stringify(await roster.items('audit'));
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(JSON.stringify(await roster.items('roster'))).not.toContain('deceasedOn');
  });

  test('may be recorded by an approver of the county too, and on the very day', async () => {
    expect(bodyOf(await record({ principal: approver }, '2026-03-02')).deceasedOn).toBe('2026-03-02');
  });

  test('is seen, with its day, by who works on the case; an auditor sees that, and not when', async () => {
    await record();
    const seenBy = async (who: typeof auditor) =>
      bodyOf(await readHousehold(roster.dependencies, who, householdId)).members[0];
    expect(await seenBy(approver)).toMatchObject({ deceased: true, deceasedOn: '2026-03-01' });
    expect(await seenBy(auditor)).toMatchObject({ deceased: true, deceasedOn: null });
  });

  test('is a move that a recount with rules of its own knows', async () => {
    const before = await violationsIn(roster);
    await record();
    expect(await violationsIn(roster)).toEqual(before);
  });
});

describe('the same death again', () => {
  test('has one effect and the same answer, whatever version it names and whoever asks', async () => {
    const first = bodyOf(await record());
    for (const changes of [{}, { ifMatch: 1 }, { principal: approver }]) {
      const again = await writesNothing(roster, () => record(changes));
      expect(again).toEqual({ ok: true, body: first, version: 2, replayed: true });
    }
  });

  test('twenty times at once is one entry, and twenty times the same answer', async () => {
    const ifMatch = (await stored()).version;
    const answers = await Promise.all(Array.from({ length: 20 }, () => record({ ifMatch })));
    expect(new Set(answers.map((answer) => JSON.stringify(bodyOf(answer)))).size).toBe(1);
    expect(await entriesOfDeaths()).toHaveLength(1);
    expect((await stored()).version).toBe(2);
  });

  test('with another day is refused, and told where the day that stands can be read', async () => {
    await record();
    const refused = await writesNothing(roster, () => record({}, '2026-02-27'));
    expect(refused).toEqual({
      ok: false,
      problem: 'death-already-recorded',
      state: 'deceased',
      links: { household: `/households/${householdId}` },
    });
  });

  test('of two days at once one stands, and the other is refused', async () => {
    const ifMatch = (await stored()).version;
    const answers = await Promise.all([record({ ifMatch }), record({ ifMatch }, '2026-02-27')]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.ok ? [] : answer.problem))).toEqual(['death-already-recorded']);
  });
});

describe('a death is refused', () => {
  test.each([
    ['in the future', '2026-03-03', 'date.future'],
    ['before the birth', '1900-01-01', 'death.before-birth'],
  ])('%s', async (_what, diedOn, code) => {
    const refused = await writesNothing(roster, () => record({}, diedOn));
    expect(refusalOf(refused)).toEqual({
      ok: false,
      problem: 'validation-failed',
      errors: [{ field: '/diedOn', code }],
    });
  });

  test('on a version that has passed', async () => {
    const refused = await writesNothing(roster, () => record({ ifMatch: 7 }));
    expect(refusalOf(refused)).toEqual({ ok: false, problem: 'version-conflict', version: 1 });
  });

  test('for a household or a member that is not there, or not in it', async () => {
    const other = await of.household('somebody else');
    for (const changes of [
      { householdId: HouseholdId.parse(`hh_${'0'.repeat(32)}`) },
      { personId: PersonId.parse(`per_${'0'.repeat(32)}`) },
      { personId: other.personId },
    ]) {
      const refused = await writesNothing(roster, () => record(changes));
      expect(refused).toEqual({ ok: false, problem: 'not-found' });
    }
  });

  test.each([
    ['a worker', otherCountyWorker],
    ['an approver', otherApprover],
  ])('as if nobody were there, to %s of another county', async (_who, principal) => {
    const refused = await writesNothing(roster, () => record({ principal }));
    expect(refused).toEqual({ ok: false, problem: 'not-found' });
  });

  test.each([
    ['a paper that is not on the list', { diedOn: '2026-03-01', evidence: 'hearsay' }],
    ['no paper', { diedOn: '2026-03-01' }],
    ['a day that is none', { diedOn: '2026-02-30', evidence: 'court-declaration' }],
    ['a field of one’s own', { diedOn: '2026-03-01', evidence: 'court-declaration', reason: 'old age' }],
  ])('with %s', (_what, body) => {
    expect(DeathBody.safeParse(body).success).toBe(false);
  });
});

test('the papers that confirm a death are told in both languages', () => {
  expect(deathEvidence.length).toBeGreaterThanOrEqual(4);
  for (const code of deathEvidence) {
    expect(deathEvidenceTexts[code].zh).toMatch(/[\u4e00-\u9fff]/u);
    expect(deathEvidenceTexts[code].en).not.toBe('');
  }
});

describe('the payments of a month', () => {
  test('that are listed after the death hold the line', async () => {
    await of.household('lives');
    await record();
    const run = await of.prepared();
    expect(run.totals).toMatchObject({ listed: { lines: 2 }, ready: { lines: 1 }, held: { lines: 1 } });
    expect(run.held.map(({ reason }) => reason.code)).toEqual(['deceased']);
  });

  test('that were listed before the death hold the line at their release', async () => {
    await of.household('lives');
    const run = await of.prepared();
    expect(run.totals.ready.lines).toBe(2);
    bodyOf(await record());
    const after = await of.released(run.paymentRunId);
    expect(after.totals).toMatchObject({ listed: { lines: 2 }, released: { lines: 1 }, held: { lines: 1 } });
    const held = (await of.lines(run.paymentRunId)).filter(({ state }) => state === 'held');
    expect(held.map((line) => [line.householdId, line.reasons[0]?.code])).toEqual([[householdId, 'deceased']]);
    expect((await roster.store.assistanceOf(householdId, 10, null)).items).toEqual([]);
  });

  test('that were released before the death stay as they are: what was given too much is a correction', async () => {
    const run = await of.prepared();
    const released = await of.released(run.paymentRunId);
    await record({}, LocalDate.parse('2026-02-27'));
    expect(await of.read(run.paymentRunId)).toEqual(released);
  });
});
