import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { comparePeople } from '../../../functions/compare-people/compare-people.ts';
import { scanSegment } from '../../../functions/scan-segment/scan-segment.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { county, countyWorker, otherCounty, otherCountyWorker, otherTownship, township } from '../../support/people.ts';
import { recordsOf } from '../../support/records.ts';
import { violationsIn } from '../../support/recount.ts';
import { doubles, mistyped, numberOf, provincial, registrations } from '../../support/registrations.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof dailyScans>;
let on: ReturnType<typeof registrations>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = dailyScans(roster);
  on = registrations(roster, of);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

describe('somebody who is registered in two counties', () => {
  test('is a line and a task in each, which names both records and nothing of who they are', async () => {
    const { first, second } = await on.listedTwice();
    const view = await on.scanOn('2026-03-03');
    expect(on.linesOf(view)).toEqual([
      { code: otherCounty, found: 1, opened: 1, byTask: 0 },
      { code: county, found: 1, opened: 1, byTask: 0 },
    ]);
    const [[here], [there]] = [await on.tasksIn(county), await on.tasksIn(otherCounty)];
    expect(here).toMatchObject({
      ...{ kind: doubles, state: 'open', householdId: first.householdId, division: township, foundOn: '2026-03-03' },
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
    const { first, second } = await on.listedTwice();
    await on.scanOn('2026-03-03');
    const [task] = await on.tasksIn(county);
    if (task === undefined) throw new Error('there is no task');
    const read = bodyOf(await readTask(of.dependencies, countyWorker, task.taskId));
    expect(read.members.map(({ personId }) => personId)).toEqual([first.personId]);
    expect(read.missedNeed).toMatchObject({ alike: { householdId: second.householdId, county: otherCounty } });
    expect(refusalOf(await readTask(of.dependencies, otherCountyWorker, task.taskId)).problem).toBe('not-found');
  });

  test('has one task in each, however often and however many at once look', async () => {
    await on.listedTwice();
    await on.scanOn('2026-03-03');
    const [scan] = of.started;
    if (scan === undefined) throw new Error('no scan was begun');
    await writesNothing(roster, () => of.walk(scan));
    expect(on.linesOf(await on.scanOn('2026-03-04'))).toMatchObject([{ byTask: 1 }, { byTask: 1 }]);
    of.nightOf('2026-03-05');
    const { day } = await of.begin();
    while (!(await scanSegment(of.dependencies, { day, segment: 0 })).done);
    await Promise.all([1, 2, 3].map(() => comparePeople(of.dependencies, { day })));
    expect(await on.openTasks()).toHaveLength(2);
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is found where the comparison was cut off in the middle', async () => {
    await on.listedTwice();
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
    expect(on.linesOf(view)).toMatchObject([
      { found: 1, opened: 1 },
      { found: 1, opened: 1 },
    ]);
  });

  test('is not asked about again when a county has found them to be two', async () => {
    await on.listedTwice();
    await on.scanOn('2026-03-03');
    await on.complete((await on.tasksIn(county))[0], 'nothing-missing');
    await on.complete((await on.tasksIn(otherCounty))[0], 'nothing-missing', otherCountyWorker);
    for (const day of ['2026-03-04', '2026-05-04', '2027-03-04']) await on.scanOn(day);
    expect(await on.openTasks()).toEqual([]);
  });

  test('is asked about again when thirty days after it was put right both are still there', async () => {
    await on.listedTwice();
    await on.scanOn('2026-03-03');
    await on.complete((await on.tasksIn(county))[0], 'remedied');
    await on.complete((await on.tasksIn(otherCounty))[0], 'nothing-missing', otherCountyWorker);
    await on.scanOn('2026-04-01');
    expect(await on.openTasks()).toEqual([]);
    await on.scanOn('2026-04-02');
    expect(await on.openTasks()).toMatchObject([{ division: township }]);
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is no line when the other household was refused', async () => {
    await on.register('first', {});
    await on.register('refused', { division: otherTownship, refused: true });
    expect(on.linesOf(await on.scanOn('2026-03-03'))).toEqual([]);
  });

  test.each([false, true])(
    'and has died by one of the two, is asked about where the other lives on, and nowhere else; that household has left: %s',
    async (refused) => {
      const member = { deceasedOn: '2026-02-01' as never };
      const living = await on.register('living', { number: mistyped });
      const dead = await on.register('dead', { number: numberOf(31), division: otherTownship, member, refused });
      expect(on.linesOf(await on.scanOn('2026-03-03'))).toEqual([{ code: county, found: 1, opened: 1, byTask: 0 }]);
      const [task] = await on.openTasks();
      if (task === undefined) throw new Error('there is no task');
      expect(task).toMatchObject({
        householdId: living.householdId,
        alike: { personId: living.personId, otherPersonId: dead.personId, county: otherCounty },
      });
      const read = bodyOf(await readTask(of.dependencies, countyWorker, task.taskId));
      expect(read.otherDeceasedOn).toBe('2026-02-01');
      const rows = (await roster.items('roster')).filter(({ pk }) => /^(?:TASK|DAILY-SCAN)#/u.test(String(pk)));
      expect(JSON.stringify(rows)).not.toContain('2026-02-01');
    },
  );

  test('and has died by both, is a line nowhere', async () => {
    const member = { deceasedOn: '2026-02-01' as never };
    await on.register('one', { member });
    await on.register('other', { division: otherTownship, member });
    expect(on.linesOf(await on.scanOn('2026-03-03'))).toEqual([]);
  });
});

describe('two people', () => {
  test('with one birth date and two names, such as twins, are none', async () => {
    await on.register('one', { name: '张大宝' });
    await on.register('two', { name: '张小宝', division: otherTownship });
    expect(on.linesOf(await on.scanOn('2026-03-03'))).toEqual([]);
  });

  test('with one name and two birth dates, or of two sexes, are none', async () => {
    await on.register('one', {});
    await on.register('two', { birthDate: '1958-03-13', division: otherTownship });
    await on.register('three', { member: { sex: 'female' }, division: otherTownship });
    expect(on.linesOf(await on.scanOn('2026-03-03'))).toEqual([]);
  });

  test('whose numbers both fit are none', async () => {
    await on.register('one', { number: numberOf(33) });
    await on.register('two', { number: numberOf(35), division: otherTownship });
    expect(on.linesOf(await on.scanOn('2026-03-03'))).toEqual([]);
    expect(await on.openTasks()).toEqual([]);
  });

  test('are the same by name however it was typed', async () => {
    await on.register('one', { name: '阿依古丽·买买提Ａ' });
    await on.register('two', { name: '阿依古丽 • 买买提a', division: otherTownship });
    expect(await on.scanOn('2026-03-03').then(on.linesOf)).toHaveLength(2);
  });

  test('of one household are one line', async () => {
    const { value, personId } = await on.register('one', {});
    const again = recordsOf('again').personId;
    const members = value.household.members.flatMap((each) => [
      each,
      { ...each, personId: again, relation: 'other' as const },
    ]);
    const identities = [...value.identities, { personId: again, name: '张老三', residentId: null }];
    await of.rewrite(value, { identities, household: { ...value.household, members } });
    expect(on.linesOf(await on.scanOn('2026-03-03'))).toEqual([{ code: county, found: 1, opened: 1, byTask: 0 }]);
    const [task] = await on.openTasks();
    expect(new Set([task?.alike?.personId, task?.alike?.otherPersonId])).toEqual(new Set([personId, again]));
  });

  test('are not compared when seven have the same name, as where it stands for none: they are counted', async () => {
    for (let number = 0; number < 6; number += 1) await on.register(`six ${number}`, { name: '无名' });
    expect(on.linesOf(await on.scanOn('2026-03-03'))).toMatchObject([{ found: 30 }]);
    await on.register('seventh', { name: '无名', division: otherTownship });
    const view = await on.scanOn('2026-03-04');
    expect([on.linesOf(view), view.tooAlike]).toEqual([[], 7]);
    expect(view.counties.map((each) => [each.county, each.tooAlike])).toEqual([
      [otherCounty, 1],
      [county, 6],
    ]);
  });
});
