import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../../contracts/principal.ts';
import { dateInChina } from '../../../domain/dates.ts';
import type { EmergencyAidId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { closeEmergencyAid } from '../../../functions/emergency-aid/close-emergency-aid.ts';
import { payEmergencyAid, readEmergencyAid, supplyEmergencyPapers } from '../../../functions/emergency-aid/move-aid.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { listTasks } from '../../../functions/tasks/list-tasks.ts';
import { emergencies, refusalOf } from '../../support/emergencies.ts';
import {
  county,
  countyWorker,
  neighbouringTownship,
  otherCountyWorker,
  otherTownship,
  principal,
  residentId,
  township,
  townshipWorker,
} from '../../support/people.ts';
import { bodyOf, rememberingWorkflows, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof emergencies>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = emergencies(roster.dependencies);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const neighbour = principal('township-worker', neighbouringTownship, 'the-neighbour');
const moving = (emergencyAidId: EmergencyAidId, as: Principal = townshipWorker) => ({
  principal: as,
  emergencyAidId,
  ifMatch: null,
});
const today = () => dateInChina(roster.at());
const pay = (id: EmergencyAidId) => payEmergencyAid(roster.dependencies, moving(id), today());
const papers = (id: EmergencyAidId) =>
  supplyEmergencyPapers(roster.dependencies, moving(id), { papers: ['handler-record'] });
const close = (id: EmergencyAidId, hardshipLasts: boolean) =>
  closeEmergencyAid(roster.dependencies, moving(id), { outcome: 'paid', hardshipLasts });
const withdraw = (id: EmergencyAidId) =>
  closeEmergencyAid(roster.dependencies, moving(id), { outcome: 'not-paid', reason: 'helped-otherwise' });
const swept = () =>
  sweep({ ...roster.dependencies, workflows: rememberingWorkflows() }, [DivisionCode.parse(county)], (error) => {
    throw error;
  });

describe('quick aid', () => {
  test('is granted to somebody without an ID and without a roster entry, and paid the same day', async () => {
    bodyOf(await of.allocate(100_000));
    const person = { known: 'unidentified', reference: 'AMB-2026/114' };
    const granted = bodyOf(await of.grant({ person, cause: 'accident' }));
    expect(granted).toMatchObject({ state: 'granted', dueOn: '2026-03-05', person: { maskedName: null } });
    expect(granted.dueRule.basis).toBe('statute');
    expect(granted.dueRule.citation).toContain('(DTA26) in general within 3 days');
    expect(granted.papersRule.basis).toBe('local-setting');
    expect(granted.papersRule.citation).toContain('local setting, no national rule');
    const paid = bodyOf(await pay(granted.emergencyAidId));
    expect(paid).toMatchObject({ state: 'paid', paidOn: '2026-03-02', paidInTime: true, papersDueOn: '2026-03-16' });
    const items = await roster.items('roster');
    expect(items.filter(({ pk }) => /^(?:HOUSEHOLD|PERSON|APPLICATION)#/u.test(String(pk)))).toEqual([]);
  });

  test('shows the name masked, and nothing to another county', async () => {
    bodyOf(await of.allocate(100_000));
    const { emergencyAidId, person } = bodyOf(await of.grant());
    expect(person).toEqual({ known: 'identified', maskedName: '赵**' });
    expect(await readEmergencyAid(roster.dependencies, countyWorker, emergencyAidId)).toMatchObject({ ok: true });
    const elsewhere = await readEmergencyAid(roster.dependencies, otherCountyWorker, emergencyAidId);
    expect(elsewhere).toEqual({ ok: false, problem: 'not-found' });
  });

  test('is found in the work list of its township, as a task of no household', async () => {
    bodyOf(await of.allocate(100_000));
    const { emergencyAidId } = bodyOf(await of.grant());
    const { tasks } = bodyOf(
      await listTasks(roster.dependencies, townshipWorker, { county: undefined, limit: 10, after: null }),
    );
    expect(tasks).toMatchObject([{ kind: 'emergency-payment', emergencyAidId, householdId: null, reviewId: null }]);
  });

  test('repeated under the same key is the same aid, and takes the money once', async () => {
    bodyOf(await of.allocate(60_000));
    const change = { person: { known: 'identified', name: '钱测试', residentId: residentId('1980-01-02', 7) } };
    const [one, other] = await Promise.all([
      of.grant(change, townshipWorker, 'same-key-1'),
      of.grant(change, townshipWorker, 'same-key-1'),
    ]);
    expect(bodyOf(one).emergencyAidId).toBe(bodyOf(other).emergencyAidId);
    expect(await of.balance()).toBe(30_000);
  });

  test('is refused beyond the caller’s own division', async () => {
    const outcome = await writesNothing(roster, () => of.grant({ incidentDivision: otherTownship }));
    expect(outcome).toMatchObject({ ok: false, problem: 'forbidden' });
  });
});

describe('a reserve', () => {
  test('of which ten want at once gives to exactly those it has money for', async () => {
    bodyOf(await of.allocate(100_000));
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => of.grant({ amount: 30_000 })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3);
    const refused = outcomes.filter(({ ok }) => !ok);
    expect(new Set(refused.map((each) => refusalOf(each).problem))).toEqual(new Set(['emergency-reserve-exhausted']));
    expect(await of.balance()).toBe(10_000);
    const entries = (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('RESERVE-ENTRY#'));
    expect(entries.map(({ entry }) => entry).toSorted()).toEqual(['allocation', 'grant', 'grant', 'grant']);
  });

  test('of the county is another than that of its townships', async () => {
    bodyOf(await of.allocate(100_000, county));
    expect(refusalOf(await of.grant()).problem).toBe('emergency-reserve-exhausted');
    expect(bodyOf(await of.grant({}, countyWorker)).reserve).toBe(county);
    expect([await of.balance(), await of.balance(county)]).toEqual([0, 70_000]);
  });

  test('gets back what was never paid out, and the event is free again', async () => {
    bodyOf(await of.allocate(30_000));
    const change = { person: { known: 'unidentified', reference: 'POLICE-77' } };
    const { emergencyAidId } = bodyOf(await of.grant(change));
    expect(bodyOf(await withdraw(emergencyAidId))).toMatchObject({
      state: 'withdrawn',
      notPaidFor: 'helped-otherwise',
    });
    expect(await of.task(emergencyAidId, 'emergency-payment')).toMatchObject({ state: 'completed' });
    expect(await of.balance()).toBe(30_000);
    expect(await of.grant(change)).toMatchObject({ ok: true });
    expect(refusalOf(await withdraw(emergencyAidId))).toMatchObject({ problem: 'lifecycle-conflict' });
  });
});

describe('one event', () => {
  const person = { known: 'identified', name: '孙测试', residentId: residentId('1966-06-06', 11) };

  test('that two townships and the county aid at the same moment is aided once, and the others learn by whom', async () => {
    for (const place of [township, neighbouringTownship, county]) bodyOf(await of.allocate(100_000, place));
    const outcomes = await Promise.all([
      of.grant({ person }),
      of.grant({ person, incidentDivision: neighbouringTownship }, neighbour),
      of.grant({ person }, countyWorker),
    ]);
    const given = outcomes.filter(({ ok }) => ok);
    expect(given).toHaveLength(1);
    const giver = [township, neighbouringTownship, county][outcomes.findIndex(({ ok }) => ok)];
    for (const outcome of outcomes.filter(({ ok }) => !ok)) {
      expect(refusalOf(outcome)).toEqual({
        ok: false,
        problem: 'emergency-already-aided',
        errors: [{ field: '/person', code: 'emergency.once', values: { division: giver, day: '2026-03-02' } }],
      });
    }
    const left = await Promise.all([township, neighbouringTownship, county].map((place) => of.balance(place)));
    expect(left.reduce((sum, each) => sum + each, 0)).toBe(270_000);
  });

  test('is another one on another day or from another cause, and the old 15 digits are the same person', async () => {
    bodyOf(await of.allocate(200_000));
    bodyOf(await of.grant({ person }));
    const { residentId: id18 } = person;
    const old = { ...person, residentId: `${id18.slice(0, 6)}${id18.slice(8, 17)}` };
    expect(refusalOf(await of.grant({ person: old })).problem).toBe('emergency-already-aided');
    expect(await of.grant({ person, cause: 'flood' })).toMatchObject({ ok: true });
    expect(await of.grant({ person, happenedOn: '2026-02-28' })).toMatchObject({ ok: true });
  });
});

describe('what follows the aid', () => {
  const granted = async (): Promise<EmergencyAidId> => {
    bodyOf(await of.allocate(100_000));
    return bodyOf(await of.grant()).emergencyAidId;
  };

  test('papers that do not come are reminded of and then escalated', async () => {
    const id = await granted();
    bodyOf(await pay(id));
    roster.setTime('2026-03-14T01:00:00.000Z');
    expect(await swept()).toMatchObject({ reminded: 1, escalated: 0 });
    roster.setTime('2026-03-16T16:00:00.000Z');
    expect(await swept()).toMatchObject({ escalated: 1 });
    expect(await of.task(id, 'emergency-papers')).toMatchObject({ state: 'escalated' });
    bodyOf(await papers(id));
    expect(await of.task(id, 'emergency-papers')).toMatchObject({ state: 'completed' });
  });

  test('aid that is not paid within three days of the report is escalated', async () => {
    const id = await granted();
    roster.setTime('2026-03-05T15:59:00.000Z');
    expect(await swept()).toMatchObject({ escalated: 0 });
    roster.setTime('2026-03-05T16:00:00.000Z');
    expect(await swept()).toMatchObject({ escalated: 1 });
    expect(bodyOf(await pay(id))).toMatchObject({ paidInTime: false });
  });

  test('hardship that lasts leads to a full application, and to no task when it does not', async () => {
    const id = await granted();
    bodyOf(await pay(id));
    bodyOf(await papers(id));
    expect(bodyOf(await close(id, true))).toMatchObject({ state: 'closed', hardshipLasts: true });
    const task = await of.task(id, 'emergency-full-review');
    expect(task).toMatchObject({ state: 'open', kind: 'emergency-full-review' });
    const steps = reviewSteps(roster.dependencies);
    const settle = (applicationId: string | null) =>
      steps.complete(
        task?.taskId as never,
        { kind: 'emergency-full-review', applicationId: applicationId as never },
        townshipWorker,
      );
    expect(refusalOf(await settle(`app_${'0'.repeat(32)}`)).problem).toBe('validation-failed');
    const { applicationId } = await steps.submit();
    expect(bodyOf(await settle(applicationId))).toMatchObject({ state: 'completed', emergencyAidId: id });

    const other = bodyOf(await of.grant()).emergencyAidId;
    bodyOf(await pay(other));
    bodyOf(await papers(other));
    bodyOf(await close(other, false));
    expect(await of.task(other, 'emergency-full-review')).toBeUndefined();
  });

  test('each step is taken once and in its order', async () => {
    const id = await granted();
    expect(refusalOf(await papers(id))).toMatchObject({ problem: 'lifecycle-conflict', state: 'granted' });
    bodyOf(await pay(id));
    expect(refusalOf(await pay(id))).toMatchObject({ problem: 'lifecycle-conflict', state: 'paid' });
    expect(refusalOf(await withdraw(id))).toMatchObject({ problem: 'lifecycle-conflict', state: 'paid' });
    const outcomes = await Promise.all([papers(id), papers(id)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

test('nothing of whom an emergency struck, or how, can be read in the tables', async () => {
  bodyOf(await of.allocate(200_000));
  const named = bodyOf(await of.grant({ cause: 'sudden-illness' }));
  const reference = 'CANARY-REFERENCE';
  bodyOf(await of.grant({ person: { known: 'unidentified', name: '金丝雀', reference } }));
  bodyOf(await pay(named.emergencyAidId));
  bodyOf(
    await supplyEmergencyPapers(roster.dependencies, moving(named.emergencyAidId), { papers: ['medical-record'] }),
  );
  const text = JSON.stringify(
    [...(await roster.items('roster')), ...(await roster.items('audit'))],
    (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value),
  );
  const secrets = ['赵测试', '金丝雀', '19710506', reference, 'sudden-illness', 'medical-record', 'unidentified'];
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  expect(text).toContain('EMERGENCY-ONCE#');
});
