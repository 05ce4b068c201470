import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytesOf } from '../../../adapters/feeds/text-encoding.ts';
import { agencyOf, feedsOf, type Sent } from '../../support/feeds.ts';
import { payments } from '../../support/payments.ts';
import { residentId } from '../../support/people.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let feeds: ReturnType<typeof feedsOf>;
beforeAll(async () => {
  roster = await startRoster();
  feeds = feedsOf(roster);
  for (const [name, id] of [
    ['somebody', him],
    ['somebody who has died', dead],
    ['two people on one ID', both],
  ] as const)
    await feeds.known(id, await payments(roster).household(name));
  await feeds.handIn('deaths', health, `${deathHeadings}\n${dead},某某,2026-01-10,2026-01-12\n`);
});
afterAll(() => roster.stop());

const hospital = agencyOf('healthcare-security');
const health = agencyOf('health');
const [him, dead, both] = [1, 3, 5].map((sequence) => residentId('1958-03-12', 400 + sequence)) as [
  string,
  string,
  string,
];
const billHeadings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
const deathHeadings = '身份证号,姓名,死亡日期,登记日期';
const bills = (...rows: readonly string[]): string => `${[billHeadings, ...rows].join('\n')}\n`;
let papers = 0;
/** A bill in order; each is another. */
const bill = (id = him, on = '2026-02-20'): string => {
  papers += 1;
  return `${id},某某,A${papers},${on},10.00,${15_000 + papers}.00`;
};
const spoilt = (change: (cells: string[]) => string[]): string => change(bill().split(',')).join(',');

/** Each beside a row in order, which is applied all the same. */
const rows: readonly (readonly [
  name: string,
  rows: () => readonly string[],
  reasons: Readonly<Record<string, number>>,
])[] = [
  [
    'an ID that a spreadsheet made a number of',
    () => [spoilt(([, ...rest]) => ['1.4E+17', ...rest])],
    { 'id-scientific': 1 },
  ],
  ['an ID of 15 digits', () => [spoilt(([, ...rest]) => ['149901580312401', ...rest])], { 'id-15-digits': 1 }],
  [
    'ragged rows',
    () => [spoilt((cells) => cells.slice(0, 4)), spoilt((cells) => [...cells, 'more'])],
    { 'columns-too-few': 1, 'columns-too-many': 1 },
  ],
  [
    'a quote inside a cell without quotes',
    () => [spoilt(([id = '', , ...rest]) => [id, '某"某"', ...rest])],
    { 'quote-misplaced': 1 },
  ],
  ['a cell with a formula', () => [spoilt(([id = '', , ...rest]) => [id, '=1+1', ...rest])], { formula: 1 }],
  ['a row of next year', () => [bill(him, '2027-02-20')], { 'date-future': 1 }],
  ['a bill of somebody who was dead by then', () => [bill(dead, '2026-01-20')], { 'person-deceased': 1 }],
];

describe('bad rows are counted with their reason, stand in the reject file, and keep no other row back', () => {
  test.each(rows)('%s', async (_, made, reasons) => {
    const bad = made();
    const total = Object.values(reasons).reduce((sum, each) => sum + each, 0);
    const view = await feeds.handIn('hospital-bills', hospital, bills(bill(), ...bad, bill()));
    expect(view).toMatchObject({
      state: 'applied',
      result: { rows: bad.length + 2, applied: 2, unchanged: 0, unmatched: 0, prospects: 0, rejected: total },
    });
    expect(Object.fromEntries((view.result?.reasons ?? []).map((each) => [each.reason, each.rows]))).toEqual(reasons);
    const given = feeds.objects.content(new URL(view.rejects?.address ?? '').pathname.slice(1)) ?? '';
    // A row that does not come out as cells is one cell.
    for (const row of bad)
      expect([`${row},`, `"${row.replaceAll('"', '""')}",`].some((line) => given.includes(line))).toBe(true);
    for (const reason of Object.keys(reasons)) expect(given).toContain(reason);
    expect(given.trimEnd().split('\r\n')).toHaveLength(bad.length + 1);
  });

  test('GBK bytes in a file that is UTF-8', async () => {
    // Two bytes of GBK are now and then a letter of UTF-8, and then nothing tells: those of this name are not.
    const [good, bad] = [bill(), bill().replace('某某', '张测试')];
    const file = Buffer.concat([Buffer.from(bills(good)), bytesOf(bad, 'gbk'), Buffer.from(`\n${bill()}\n`)]);
    const view = await feeds.handIn('hospital-bills', hospital, file);
    expect(view.result).toMatchObject({ rows: 3, applied: 2, rejected: 1, reasons: [{ reason: 'not-text', rows: 1 }] });
  });

  test('a death of somebody else than has the ID by the roster is given back, and stops nothing', async () => {
    const id = residentId('1958-03-12', 411);
    const made = await payments(roster).household('somebody of a name');
    await feeds.known(id, made);
    const { householdId } = made.household.household;
    const stored = async () => roster.store.household(householdId);
    const name = (await stored())?.identities[0]?.name ?? '';
    const died = (called: string): string => `${deathHeadings}\n${id},${called},2026-02-20,2026-02-26\n`;
    expect((await feeds.handIn('deaths', health, died('王五六七'))).result).toMatchObject({
      applied: 0,
      rejected: 1,
      reasons: [{ reason: 'name-differs', rows: 1 }],
    });
    expect((await stored())?.household.members[0]?.deceasedOn).toBeNull();
    expect((await feeds.handIn('deaths', health, died(` ${name}`))).result).toMatchObject({ applied: 1, rejected: 0 });
    expect((await stored())?.household.members[0]?.deceasedOn).toBe('2026-02-20');
  });

  test('two people on one ID: of a register with one row for each only the first, and another day of death is refused', async () => {
    const died = (on: string): string => `${both},某某,${on},2026-02-26`;
    const file = `${deathHeadings}\n${died('2026-02-20')}\n${died('2026-02-21')}\n`;
    expect((await feeds.handIn('deaths', health, file)).result).toMatchObject({
      applied: 1,
      rejected: 1,
      reasons: [{ reason: 'duplicate', rows: 1 }],
    });
    const later = `${deathHeadings}\n${died('2026-02-21')}\n`;
    expect((await feeds.handIn('deaths', health, later)).result).toMatchObject({
      applied: 0,
      reasons: [{ reason: 'death-on-record', rows: 1 }],
    });
  });
});

describe('what only looks bad is read', () => {
  const good: readonly (readonly [string, () => string | Uint8Array])[] = [
    ['a byte order mark', () => `\uFEFF${bills(bill())}`],
    ['a file that is GBK throughout', () => bytesOf(bills(bill()), 'gbk')],
    ['quotes in quotes', () => bills(spoilt(([id = '', , ...rest]) => [id, '"某""某"""', ...rest]))],
  ];
  test.each(good)('%s', async (_, file) => {
    expect(await feeds.handIn('hospital-bills', hospital, file())).toMatchObject({
      state: 'applied',
      result: { rows: 1, applied: 1, rejected: 0 },
    });
  });
});

describe('a file that is bad as a whole fails with its reason, and changes nothing', () => {
  const files: readonly (readonly [string, () => string | Uint8Array, string, Sent])[] = [
    ['0 bytes', () => '', 'file-empty', {}],
    ['another dataset', () => `${deathHeadings}\n${him},某某,2026-02-27,2026-02-28\n`, 'wrong-dataset', {}],
    ['next year', () => bills(bill(him, '2027-02-20'), bill(him, '2027-03-20')), 'of-days-to-come', {}],
    ['a truncated gzip', () => gzipSync(bills(bill())).subarray(0, 60), 'gzip-broken', { compression: 'gzip' }],
    ['a gzip that is none', () => bills(bill()), 'gzip-broken', { compression: 'gzip' }],
    ['bytes of no encoding', () => Uint8Array.of(0xff, 0xff, 0x0a), 'encoding-unknown', {}],
  ];
  test.each(files)('%s', async (_, file, reason, sent) => {
    const view = await feeds.handIn('hospital-bills', hospital, file(), sent);
    expect(view).toMatchObject({ state: 'failed', fault: { code: reason }, dryRun: null, result: null });
  });
});
