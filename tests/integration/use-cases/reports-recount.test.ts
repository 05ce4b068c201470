import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import type { Item } from '../../support/engine.ts';
import { county, couple, neighbouringTownship, residentId } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { reports, wordOf } from '../../support/reports.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let waiting: ReportId;
let joined: ReportId;
let ended: ReportId;
let taken: ReportId;

/** One report in each state there is, with an ID and without, one of them erased. */
beforeAll(async () => {
  roster = await startRoster();
  const { dependencies } = roster;
  const of = reports(dependencies);
  const told = async (body?: object) => bodyOf(await of.receive(body)).reportId;
  const followed = async (body?: object) => {
    const id = await told(body);
    bodyOf(await of.followUp(id));
    return id;
  };
  const erased = await followed();
  bodyOf(await of.end(erased, { outcome: 'not-wanted', note: 'She wants no help.' }));
  roster.setTime('2026-09-01T01:00:00.000Z');
  const workflows = rememberingWorkflows();
  await sweep({ ...dependencies, workflows }, [DivisionCode.parse(county)], (error) => {
    throw error;
  });
  const identified = wordOf({}, { residentId: residentId('1950-05-05', 702) });
  waiting = await followed(identified);
  joined = await told({ ...identified, division: neighbouringTownship });
  await told();
  ended = await followed(wordOf({}, { residentId: residentId('1951-05-05', 702) }));
  bodyOf(await of.end(ended, { outcome: 'not-found', note: 'Nobody lives there.' }));
  bodyOf(await of.end(await followed(), { outcome: 'not-in-need', note: 'Her son has come.' }));
  const family = couple({ signedOn: '2026-08-31' });
  const person = { residentId: family.members[0]?.residentId };
  taken = await told(wordOf({}, person));
  bodyOf(await of.apply(taken, family));
  bodyOf(await of.end(await told(wordOf({}, person)), { outcome: 'known-already' }));
});
afterAll(() => roster.stop());

const isReport = (id: ReportId) => (item: Item) => item['pk'] === `REPORT#${id}`;
const isTask = (id: ReportId) => (item: Item) => item['reportId'] === id && item['kind'] === 'outreach';
const isMark = (id: ReportId) => (item: Item) => item['reportId'] === id && String(item['pk']).startsWith('REPORTED#');
const without = (isMeant: (item: Item) => boolean) => (items: readonly Item[]) =>
  items.filter((item) => !isMeant(item));
const changing = (isMeant: (item: Item) => boolean, values: object) => (items: readonly Item[]) =>
  items.map((item) => (isMeant(item) ? { ...item, ...values } : item));

test('reports in every state are counted and found in order', async () => {
  expect(await violationsIn(roster)).toEqual([]);
});

test('a report to which nobody goes is found', async () => {
  const found = await violationsIn(roster, without(isTask(waiting)));
  expect(found).toContainEqual(expect.stringContaining(`I4: ${waiting}: is followed-up and has 0 open outreach tasks`));
});

test('a report that ended and is still on a desk is found', async () => {
  const found = await violationsIn(roster, changing(isTask(ended), { state: 'open' }));
  expect(found).toContainEqual(expect.stringContaining(`I4: ${ended}: is not-found and has 1 open outreach tasks`));
});

test('an outreach that others could begin beside it, or that nobody can begin again, is found', async () => {
  const lost = await violationsIn(roster, without(isMark(waiting)));
  expect(lost).toContainEqual(expect.stringContaining(`I2: ${waiting}: its outreach is marked 0 times, and not 1`));
  const kept = await violationsIn(roster, changing(isMark(waiting), { reportId: ended }));
  expect(kept).toContainEqual(expect.stringContaining(`I2: ${ended}: its outreach is marked 1 times, and not 0`));
});

test('a report whose application is not named, and one that was joined to none, are found', async () => {
  const nameless = await violationsIn(roster, changing(isReport(taken), { applicationId: null }));
  expect(nameless).toContainEqual(expect.stringContaining('does not agree with its application'));
  const alone = await violationsIn(roster, changing(isReport(joined), { joinedTo: joined }));
  expect(alone).toContainEqual(expect.stringContaining('was joined to a report that is not there'));
});

test('the words of a reporter in plain text, and words kept for too long, are found', async () => {
  const plain = await violationsIn(roster, changing(isReport(waiting), { accounts: 'anything' }));
  expect(plain).toContainEqual(expect.stringContaining('I8'));
  const kept = await violationsIn(roster, changing(isReport(ended), { keptUntil: '2026-08-01' }));
  expect(kept).toContainEqual(expect.stringContaining('is kept for too long'));
});
