import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countyOf, DivisionCode } from '../../../domain/people/divisions.ts';
import { agencyOf, feedsOf } from '../../support/feeds.ts';
import { county, residentId, township } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { reports, wordOf } from '../../support/reports.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let feeds: ReturnType<typeof feedsOf>;
beforeAll(async () => {
  roster = await startRoster();
  feeds = feedsOf(roster);
});
afterAll(() => roster.stop());

const poor = residentId('1951-04-04', 706);
const nobody = residentId('1952-04-04', 706);
const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
const rows = [`${poor},某某,A1,2026-02-20,10.00,10000.00`, `${nobody},某某,A2,2026-02-20,10.00,9999.99`];
const file = `${[headings, ...rows].join('\n')}\n`;
const open = async () => {
  const query = { list: 'open', within: DivisionCode.parse(county) } as const;
  return (await roster.store.reportsOf(DivisionCode.parse(county), query, 100, null)).items;
};

test('whoever is not on the roster and has the trigger of a dataset is gone to, once, and told of by a neighbour the same', async () => {
  const hospital = agencyOf('healthcare-security', county);
  const feedId = await feeds.upload('hospital-bills', hospital, file);
  const told = { rows: 2, unmatched: 2, prospects: 1 };
  expect(await feeds.check(feedId, hospital)).toMatchObject({ state: 'checked', dryRun: told });
  expect(await open()).toEqual([]);
  expect((await feeds.commit(feedId, hospital)).result).toMatchObject(told);
  expect(await open()).toMatchObject([
    { timesTold: 1, accounts: [{ reporter: 'feed', person: { residentId: poor } }] },
  ]);
  await feeds.run(feedId, 'commit');
  bodyOf(await reports(roster.dependencies).receive(wordOf({ division: township }, { residentId: poor })));
  expect(await open()).toMatchObject([{ timesTold: 2 }]);
  expect(await violationsIn(roster)).toEqual([]);
});

describe('a file of the whole province', () => {
  const department = 'healthcare-security';
  const where = `${headings},居住地区划代码`;
  const other = '140105';
  const idsIn = async (division: string): Promise<readonly (string | null)[]> => {
    const within = DivisionCode.parse(division);
    const { items } = await roster.store.reportsOf(countyOf(within), { list: 'open', within }, 100, null);
    return items.flatMap(({ accounts }) => (accounts ?? []).map(({ person }) => person.residentId));
  };
  const rowOf = (number: number, residence: string, paid = '10000.00'): string =>
    `${residentId('1953-04-04', number)},某某,B${number},2026-02-20,10.00,${paid},${residence}`;
  const handIn = (rowsOfFile: readonly string[], division?: string) =>
    feeds.handIn('hospital-bills', agencyOf(department, division), `${[where, ...rowsOfFile].join('\n')}\n`);

  test('has its people gone to where each row says: in a township, a county, or the county of a township nobody knows', async () => {
    const handedIn = await handIn([rowOf(801, township), rowOf(802, other), rowOf(803, `${other}999`)]);
    expect(handedIn.result).toMatchObject({ rows: 3, unmatched: 3, prospects: 3, rejected: 0 });
    expect(await idsIn(township)).toContain(residentId('1953-04-04', 801));
    const elsewhere = await idsIn(other);
    for (const number of [802, 803]) expect(elsewhere).toContain(residentId('1953-04-04', number));
  });

  test('has the rows given back that do not say where, and those of a place there is not; whoever lives outside is not gone to', async () => {
    const before = [await idsIn(county), await idsIn(other)];
    const [nowhere, unknown] = [rowOf(804, ''), rowOf(805, '140199')];
    const handedIn = await handIn([nowhere, unknown, rowOf(806, '110105'), rowOf(807, '', '9999.99')]);
    expect(handedIn.dryRun).toMatchObject({ rows: 4, unmatched: 2, prospects: 0, rejected: 2 });
    expect(handedIn.result).toMatchObject({
      ...{ rows: 4, applied: 0, unchanged: 0, unmatched: 2, prospects: 0, rejected: 2 },
      reasons: [
        { reason: 'residence-missing', rows: 1 },
        { reason: 'residence-unknown', rows: 1 },
      ],
    });
    const key = new URL(handedIn.rejects?.address ?? '').pathname.slice(1);
    const given = feeds.objects.content(key) ?? '';
    expect(given.trimEnd().split('\n')).toEqual([
      expect.stringContaining(where),
      expect.stringContaining(nowhere),
      expect.stringContaining(unknown),
    ]);
    expect([await idsIn(county), await idsIn(other)]).toEqual(before);
  });

  test('that is handed in for one county leads to nobody in another', async () => {
    const handedIn = await handIn([rowOf(808, other), rowOf(809, township)], county);
    expect(handedIn.result).toMatchObject({
      unmatched: 1,
      prospects: 1,
      reasons: [{ reason: 'residence-elsewhere', rows: 1 }],
    });
    expect(await idsIn(other)).not.toContain(residentId('1953-04-04', 808));
    expect(await idsIn(township)).toContain(residentId('1953-04-04', 809));
  });
});

test('many people of one part are each gone to once, also those of whom it has several rows', async () => {
  const hospital = agencyOf('healthcare-security', county);
  const people = Array.from({ length: 20 }, (_, number) => residentId('1961-04-04', number));
  const bill = (person: string, number: number): string => `${person},某某,C${number},2026-02-20,10.00,10000.00`;
  const bills = [...people, ...people, ...people].map(bill);
  const before = (await open()).length;
  const { dryRun, result } = await feeds.handIn('hospital-bills', hospital, `${[headings, ...bills].join('\n')}\n`);
  for (const counts of [dryRun, result]) expect(counts).toMatchObject({ rows: 60, unmatched: 60, prospects: 60 });
  const items = await open();
  expect(items).toHaveLength(before + people.length);
  const told = items.filter(({ accounts }) => accounts?.some(({ person }) => people.includes(person.residentId ?? '')));
  expect(told.map(({ timesTold }) => timesTold)).toEqual(people.map(() => 3));
  expect(await violationsIn(roster)).toEqual([]);
});

describe.each([
  {
    dataset: 'poverty-return-list',
    department: 'agriculture',
    headings: '身份证号,姓名,监测类别,认定日期',
    listed: '某某,边缘易致贫户,2026-02-20',
    ended: '某某,风险已消除,2026-02-20',
    hardship: 'other',
  },
  {
    dataset: 'hard-up-pupils',
    department: 'education',
    headings: '身份证号,姓名,就读学段,认定日期',
    listed: '某某,初中,2026-02-20',
    ended: '某某,不在学,2026-02-20',
    hardship: 'schooling',
  },
] as const)('the $dataset', ({ dataset, department, headings: heads, listed, ended, hardship }) => {
  test('names whoever is on it and not on the roster as a prospect, and nobody who left it', async () => {
    const [named, left] = [residentId('2012-04-04', 707), residentId('2012-04-05', 707)];
    const office = agencyOf(department, county);
    const feedId = await feeds.upload(
      dataset,
      office,
      `${[heads, `${named},${listed}`, `${left},${ended}`].join('\n')}\n`,
    );
    await feeds.check(feedId, office);
    expect((await feeds.commit(feedId, office)).result).toMatchObject({ rows: 2, unmatched: 2 });
    const told = (await open()).flatMap(({ accounts }) => accounts ?? []).filter((each) => each.agency === department);
    expect(told).toMatchObject([{ hardship, person: { residentId: named } }]);
  });
});
