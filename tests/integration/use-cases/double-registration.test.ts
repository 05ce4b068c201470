import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { dynamodbKeyStore } from '../../../adapters/dynamodb/dynamodb-key-store.ts';
import type { DailyScanView } from '../../../contracts/api/daily-scans.ts';
import { dateInChina } from '../../../domain/dates.ts';
import type { Determination } from '../../../domain/determinations/determination.ts';
import type { Household } from '../../../domain/households/household.ts';
import { alikeKey } from '../../../domain/missed-needs/scan-of.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { isMissedNeedTask, type MissedNeedTask, type TaskCompletion } from '../../../domain/tasks/task.ts';
import { comparePeople } from '../../../functions/compare-people/compare-people.ts';
import { erasePerson } from '../../../functions/keys/erase-person.ts';
import { scanSegment } from '../../../functions/scan-segment/scan-segment.ts';
import { completeTask } from '../../../functions/tasks/complete-task.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { refusalOf } from '../../support/emergencies.ts';
import {
  county,
  countyWorker,
  otherCounty,
  otherCountyWorker,
  otherTownship,
  principal,
  residentId,
  township,
} from '../../support/people.ts';
import { recordsOf } from '../../support/records.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof dailyScans>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = dailyScans(roster);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

type Member = Household['members'][number];
interface Registered {
  readonly name?: string;
  readonly number?: string | null;
  readonly division?: string;
  readonly birthDate?: string;
  readonly member?: Partial<Member>;
  readonly refused?: boolean;
}

const kind = 'possible-double-registration' as const;
const provincial = principal('provincial', '14', 'feng-province');
const born = '1958-03-12';
const numberOf = (sequence: number): string => residentId(born, sequence);

/** Somebody alone on the roster. */
const register = async (
  which: string,
  { name = '张老三', number = null, division = township, birthDate = born, member = {}, refused = false }: Registered,
) => {
  const records = recordsOf(which);
  const place = DivisionCode.parse(division);
  const { household, personId } = records;
  const determination: Determination = {
    ...records.determination,
    ...{ division: place, outcome: 'refused', refusedFor: 'no-tier', payableFrom: null, tier: 'NONE' },
    ...{ memberTiers: [], entitlements: [] },
  };
  const value = {
    ...household,
    identities: [{ personId, name, residentId: number }],
    determinationId: refused ? determination.determinationId : null,
    applicationId: null,
    household: {
      ...household.household,
      ...{ registeredDivision: place, residenceDivision: place, facts: [] },
      members: household.household.members.map((each) => ({ ...each, birthDate: birthDate as never, ...member })),
    },
  };
  const result = await roster.store.commit(
    records.change([
      { kind: 'household', value },
      ...(refused ? [{ kind: 'determination', value: determination } as const] : []),
    ]),
  );
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { personId, value, householdId: value.household.householdId };
};

const scanOn = async (day: string): Promise<DailyScanView> => {
  await of.scanOn(day);
  return bodyOf(await of.read(dateInChina(roster.at()), provincial));
};
const linesOf = ({ counties }: DailyScanView) =>
  counties.flatMap(({ county: code, lines }) =>
    lines.flatMap(({ kind: { code: line }, found, opened, covered }) =>
      line === kind && found > 0 ? [{ code, found, opened, byTask: covered.byTask }] : [],
    ),
  );
const tasksIn = async (code: string): Promise<MissedNeedTask[]> => {
  const division = DivisionCode.parse(code);
  const { items } = await roster.store.openTasks(division, division, 100, null);
  return items.filter(isMissedNeedTask).filter((task) => task.kind === kind);
};
const openTasks = async (): Promise<MissedNeedTask[]> => [...(await tasksIn(county)), ...(await tasksIn(otherCounty))];
const complete = async (
  task: MissedNeedTask | undefined,
  outcome: Extract<TaskCompletion['outcome'], 'remedied' | 'nothing-missing'>,
  by = countyWorker,
) => {
  if (task === undefined) throw new Error('there is no task');
  const result = { kind, outcome, note: 'Both counties have looked at the papers.' };
  return bodyOf(await completeTask(of.dependencies, { principal: by, taskId: task.taskId, result, ifMatch: null }));
};

/** The same person in two counties, the second time under a number that was mistyped. */
const mistyped = `${numberOf(31).slice(0, -1)}${numberOf(31).endsWith('0') ? '1' : '0'}`;
const listedTwice = async () => {
  const first = await register('first', { number: numberOf(31) });
  const second = await register('second', { number: mistyped, division: otherTownship });
  return { first, second };
};

describe('somebody who is registered in two counties', () => {
  test('is a line and a task in each, which names both records and nothing of who they are', async () => {
    const { first, second } = await listedTwice();
    const view = await scanOn('2026-03-03');
    expect(linesOf(view)).toEqual([
      { code: otherCounty, found: 1, opened: 1, byTask: 0 },
      { code: county, found: 1, opened: 1, byTask: 0 },
    ]);
    const [[here], [there]] = [await tasksIn(county), await tasksIn(otherCounty)];
    expect(here).toMatchObject({
      ...{ kind, state: 'open', householdId: first.householdId, division: township, foundOn: '2026-03-03' },
      alike: {
        ...{ personId: first.personId, householdId: second.householdId, otherPersonId: second.personId },
        county: otherCounty,
      },
    });
    expect(there).toMatchObject({
      ...{ householdId: second.householdId, division: otherTownship },
      alike: { personId: second.personId, householdId: first.householdId, otherPersonId: first.personId, county },
    });
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is seen by each county as its own record, and of the other one only where it is', async () => {
    const { first, second } = await listedTwice();
    await scanOn('2026-03-03');
    const [task] = await tasksIn(county);
    if (task === undefined) throw new Error('there is no task');
    const read = bodyOf(await readTask(of.dependencies, countyWorker, task.taskId));
    expect(read.members.map(({ personId }) => personId)).toEqual([first.personId]);
    expect(read.missedNeed).toMatchObject({ alike: { householdId: second.householdId, county: otherCounty } });
    expect(refusalOf(await readTask(of.dependencies, otherCountyWorker, task.taskId)).problem).toBe('not-found');
  });

  test('has one task in each, however often and however many at once look', async () => {
    await listedTwice();
    await scanOn('2026-03-03');
    const [scan] = of.started;
    if (scan === undefined) throw new Error('no scan was begun');
    await writesNothing(roster, () => of.walk(scan));
    expect(linesOf(await scanOn('2026-03-04'))).toMatchObject([{ byTask: 1 }, { byTask: 1 }]);
    of.nightOf('2026-03-05');
    const { day } = await of.begin();
    while (!(await scanSegment(of.dependencies, { day, segment: 0 })).done);
    await Promise.all([1, 2, 3].map(() => comparePeople(of.dependencies, { day })));
    expect(await openTasks()).toHaveLength(2);
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is found where the comparison was cut off in the middle', async () => {
    await listedTwice();
    of.nightOf('2026-03-03');
    const { day } = await of.begin();
    while (!(await scanSegment(of.dependencies, { day, segment: 0 })).done);
    const { store } = of.dependencies;
    let commits = 0;
    const dying = {
      ...store,
      commit: async (...change: Parameters<typeof store.commit>) => {
        commits += 1;
        if (commits > 1) throw new Error('the process was killed');
        return store.commit(...change);
      },
    };
    await expect(comparePeople({ ...of.dependencies, store: dying }, { day })).rejects.toThrow(/killed/u);
    expect(bodyOf(await of.read(day, provincial)).state).toBe('under-way');
    expect(await comparePeople(of.dependencies, { day })).toEqual({ day, done: true });
    const view = bodyOf(await of.read(day, provincial));
    expect(view.state).toBe('ended');
    expect(linesOf(view)).toMatchObject([
      { found: 1, opened: 1 },
      { found: 1, opened: 1 },
    ]);
  });

  test('is not asked about again when a county has found them to be two', async () => {
    await listedTwice();
    await scanOn('2026-03-03');
    await complete((await tasksIn(county))[0], 'nothing-missing');
    await complete((await tasksIn(otherCounty))[0], 'nothing-missing', otherCountyWorker);
    for (const day of ['2026-03-04', '2026-05-04', '2027-03-04']) await scanOn(day);
    expect(await openTasks()).toEqual([]);
  });

  test('is asked about again when thirty days after it was put right both are still there', async () => {
    await listedTwice();
    await scanOn('2026-03-03');
    await complete((await tasksIn(county))[0], 'remedied');
    await complete((await tasksIn(otherCounty))[0], 'nothing-missing', otherCountyWorker);
    await scanOn('2026-04-01');
    expect(await openTasks()).toEqual([]);
    await scanOn('2026-04-02');
    expect(await openTasks()).toMatchObject([{ division: township }]);
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is no line when the other household was refused, or the person in it has died', async () => {
    await register('first', {});
    await register('refused', { division: otherTownship, refused: true });
    await register('dead', { division: otherTownship, member: { deceasedOn: '2026-02-01' as never } });
    expect(linesOf(await scanOn('2026-03-03'))).toEqual([]);
  });
});

describe('two people', () => {
  test('with one birth date and two names, such as twins, are none', async () => {
    await register('one', { name: '张大宝' });
    await register('two', { name: '张小宝', division: otherTownship });
    expect(linesOf(await scanOn('2026-03-03'))).toEqual([]);
  });

  test('with one name and two birth dates, or of two sexes, are none', async () => {
    await register('one', {});
    await register('two', { birthDate: '1958-03-13', division: otherTownship });
    await register('three', { member: { sex: 'female' }, division: otherTownship });
    expect(linesOf(await scanOn('2026-03-03'))).toEqual([]);
  });

  test('whose numbers both fit are none', async () => {
    await register('one', { number: numberOf(33) });
    await register('two', { number: numberOf(35), division: otherTownship });
    expect(linesOf(await scanOn('2026-03-03'))).toEqual([]);
    expect(await openTasks()).toEqual([]);
  });

  test('are the same by name however it was typed', async () => {
    await register('one', { name: '阿依古丽·买买提Ａ' });
    await register('two', { name: '阿依古丽 • 买买提a', division: otherTownship });
    expect(await scanOn('2026-03-03').then(linesOf)).toHaveLength(2);
  });

  test('of one household are one line', async () => {
    const { value, personId } = await register('one', {});
    const again = recordsOf('again').personId;
    const members = value.household.members.flatMap((each) => [
      each,
      { ...each, personId: again, relation: 'other' as const },
    ]);
    const identities = [...value.identities, { personId: again, name: '张老三', residentId: null }];
    await of.rewrite(value, { identities, household: { ...value.household, members } });
    expect(linesOf(await scanOn('2026-03-03'))).toEqual([{ code: county, found: 1, opened: 1, byTask: 0 }]);
    const [task] = await openTasks();
    expect(new Set([task?.alike?.personId, task?.alike?.otherPersonId])).toEqual(new Set([personId, again]));
  });

  test('are not compared when seven have the same name, as where it stands for none: they are counted', async () => {
    for (let number = 0; number < 6; number += 1) await register(`six ${number}`, { name: '无名' });
    expect(linesOf(await scanOn('2026-03-03'))).toMatchObject([{ found: 30 }]);
    await register('seventh', { name: '无名', division: otherTownship });
    const view = await scanOn('2026-03-04');
    expect([linesOf(view), view.tooAlike]).toEqual([[], 7]);
    expect(view.counties.map((each) => [each.county, each.tooAlike])).toEqual([
      [otherCounty, 1],
      [county, 6],
    ]);
  });
});

describe('what a night keeps of people', () => {
  const laidDown = async (day: string): Promise<string> => {
    const progress = await of.dependencies.scans.segment(day as never, 0);
    return (progress?.people ?? []).map(({ name }) => of.objects.content(alikeKey(day as never, name)) ?? '').join('');
  };

  test('is marks and ids, without a name, a number or a birth date, and marks are other ones the next night', async () => {
    const { first, second } = await listedTwice();
    await scanOn('2026-03-03');
    await scanOn('2026-03-04');
    const [one, next] = [await laidDown('2026-03-03'), await laidDown('2026-03-04')];
    expect(one).toContain(first.personId);
    expect(one).toContain(second.personId);
    expect(one).toMatch(/^(?:[0-9a-f]{24} hh_[0-9a-f]{32} per_[0-9a-f]{32} \d{9} [a-z-]+\n){2}$/u);
    const [marks, others] = [one, next].map((text) => new Set(text.match(/^[0-9a-f]{24}/gmu)));
    expect([marks?.size, others?.size]).toEqual([1, 1]);
    expect([...(marks ?? [])]).not.toEqual([...(others ?? [])]);
  });

  test('has nothing of somebody who was erased, and who is alike finds nobody', async () => {
    const { first, second } = await listedTwice();
    const keys = dynamodbKeyStore(roster.tables, roster.vault.dataKeys);
    const erased = await erasePerson(
      { ...of.dependencies, keys, retentionDays: 0 },
      {
        principal: principal('administrator', '14', 'an-administrator'),
        personId: second.personId,
        body: { householdId: second.householdId, reason: 'person-request' },
        ifMatch: 1,
        idempotencyKey: 'key-of-an-erasure',
        fingerprint: 'a fingerprint',
      },
    );
    expect(erased.ok).toBe(true);
    expect(linesOf(await scanOn('2026-03-03'))).toEqual([]);
    const kept = await laidDown('2026-03-03');
    expect([kept.includes(first.personId), kept.includes(second.personId)]).toEqual([true, false]);
  });

  test('opens no task about somebody who has gone since the segments were read', async () => {
    const { second } = await listedTwice();
    of.nightOf('2026-03-03');
    const { day } = await of.begin();
    while (!(await scanSegment(of.dependencies, { day, segment: 0 })).done);
    await of.rewrite(second.value, {}, { deceasedOn: '2026-03-02' as never });
    await comparePeople(of.dependencies, { day });
    expect(await openTasks()).toEqual([]);
  });

  test('is not compared before every segment is done', async () => {
    of.nightOf('2026-03-03');
    const { day } = await of.begin();
    await expect(comparePeople(of.dependencies, { day })).rejects.toThrow(/0 of 1 segments are done/u);
  });
});
