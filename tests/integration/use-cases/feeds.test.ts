import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { checkFeed, commitFeed, discardFeed, readFeed } from '../../../functions/feeds/move-feed.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { agencyOf, feedsOf, nobodysFeed } from '../../support/feeds.ts';
import { payments } from '../../support/payments.ts';
import { residentId } from '../../support/people.ts';
import { canaries } from '../../support/records.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let feeds: ReturnType<typeof feedsOf>;
let householdId: HouseholdId;
let personId: PersonId;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  feeds = feedsOf(roster);
  const made = await payments(roster).household('an old man');
  ({ householdId } = made.household.household);
  ({ personId } = made);
  await feeds.known(him, made);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const hospital = agencyOf('healthcare-security');
const health = agencyOf('health');
const billHeadings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额,是否重特大疾病';
const bills = (...rows: string[]): string => `${[billHeadings, ...rows].join('\n')}\n`;
const him = canaries.residentId;
const stranger = residentId('1971-05-20', 44);
const bill = (id: string, number: string, total: string, on = '2026-02-20') =>
  `${id},某某,${number},${on},10.00,${total},是`;
const deaths = (...rows: string[]): string => `${['身份证号,姓名,死亡日期,登记日期', ...rows].join('\n')}\n`;

const stored = async () => {
  const found = await roster.store.household(householdId);
  if (found === undefined) throw new Error('the household is gone');
  return found;
};
const facts = async () => (await stored()).household.facts.filter(({ dataset }) => dataset === 'hospital-bills');

describe('a department’s file', () => {
  test('is checked without changing anything, and its rows are told apart', async () => {
    const feedId = await feeds.upload(
      'hospital-bills',
      hospital,
      bills(bill(him, 'A1', '20000.00'), bill(stranger, 'A2', '1'), bill('14990119710520044', 'A3', '1')),
    );
    const before = await stored();
    const view = await feeds.check(feedId, hospital);
    expect(view).toMatchObject({
      state: 'checked',
      dryRun: { rows: 3, applied: 1, unchanged: 0, unmatched: 1, prospects: 0, rejected: 1 },
    });
    expect(view.dryRun?.reasons).toMatchObject([{ reason: 'id-length', rows: 1 }]);
    expect(await stored()).toEqual(before);
  });

  test('is applied once it is committed, and the same file again changes nothing', async () => {
    const file = bills(bill(him, 'A1', '20000.00'));
    const view = await feeds.handIn('hospital-bills', hospital, file);
    expect(view).toMatchObject({ state: 'applied', result: { rows: 1, applied: 1 } });
    expect(await facts()).toMatchObject([
      { kind: 'expenditure.medical', subject: householdId, value: 2_000_000, asOf: '2026-02-20' },
      { kind: 'hospital.stay-self-paid', subject: personId, value: 1_000, asOf: '2026-02-20' },
      { kind: 'illness.major', subject: personId, value: true },
    ]);
    const after = await stored();
    roster.pass({ days: 1 });
    expect(await feeds.handIn('hospital-bills', hospital, file)).toMatchObject({
      result: { applied: 0, unchanged: 1 },
    });
    expect(await stored()).toEqual(after);
  });

  test('that is compressed, or written as NDJSON, comes to the same', async () => {
    const zipped = gzipSync(bills(bill(him, 'A1', '20000.00')));
    expect(await feeds.handIn('hospital-bills', hospital, zipped, { compression: 'gzip' })).toMatchObject({
      result: { applied: 1 },
    });
    const row = {
      身份证号: him,
      姓名: '某某',
      结算单号: 'A1',
      结算日期: '2026-02-20',
      本次个人自付金额: '10.00',
      本户近12个月个人自付金额: '20000.00',
      是否重特大疾病: '是',
    };
    const lines = `${JSON.stringify(row)}\n`;
    expect(await feeds.handIn('hospital-bills', hospital, lines, { format: 'ndjson' })).toMatchObject({
      result: { unchanged: 1 },
    });
  });

  test('of deaths records them, which a paper of an officer is not needed for', async () => {
    expect(await feeds.handIn('deaths', health, deaths(`${him},某某,2026-02-27,2026-02-28`))).toMatchObject({
      result: { applied: 1 },
    });
    expect((await stored()).household.members).toMatchObject([{ personId, deceasedOn: '2026-02-27' }]);
    const entries = (await roster.items('audit')).filter(({ type }) => type === 'DeathRecorded');
    expect(entries).toMatchObject([{ role: 'workflow', evidence: 'department-register' }]);
    const late = await feeds.handIn('hospital-bills', hospital, bills(bill(him, 'A1', '1', '2026-03-01')));
    expect(late.result?.reasons).toMatchObject([{ reason: 'person-deceased', rows: 1 }]);
  });

  test('gives its rejected rows back as they stood, each with its reason, and a corrected one is taken', async () => {
    const wrong = bill(him, 'A1', 'much');
    const view = await feeds.handIn('hospital-bills', hospital, bills(wrong));
    const key = new URL(view.rejects?.address ?? '').pathname.slice(1);
    const given = feeds.objects.content(key) ?? '';
    const [headings, row] = given.split('\r\n');
    expect(headings).toBe(`${billHeadings},拒绝原因`);
    expect(row).toMatch(new RegExp(`^${wrong},本户近12个月个人自付金额：金额不是数字；.*amount-form`, 'u'));
    const again = await feeds.handIn('hospital-bills', hospital, given.replace('much', '1.00').replace('A1', 'A2'));
    expect(again).toMatchObject({ result: { rows: 1, applied: 1 } });
  });

  test('about households elsewhere is about nobody', async () => {
    const elsewhere = agencyOf('healthcare-security', '140105');
    expect(await feeds.handIn('hospital-bills', elsewhere, bills(bill(him, 'A1', '1')))).toMatchObject({
      result: { applied: 0, unmatched: 1 },
    });
  });

  test.each([
    ['without a byte', '', 'none', 'file-empty'],
    ['of another dataset', deaths(`${him},某某,2026-02-27,2026-02-28`), 'none', 'wrong-dataset'],
    ['that is cut off in its gzip', gzipSync(bills(bill(him, 'A1', '1'))).subarray(0, 60), 'gzip', 'gzip-broken'],
    ['of next year', bills(bill(him, 'A1', '1', '2027-02-20')), 'none', 'of-days-to-come'],
  ] as const)('%s fails as a whole, with its reason', async (_, file, compression, reason) => {
    const view = await feeds.handIn('hospital-bills', hospital, file, { compression });
    expect(view).toMatchObject({ state: 'failed', fault: { code: reason }, dryRun: null });
  });

  test('of another dataset or without headings says which headings are missing, and nothing of its rows', async () => {
    const fields = ['身份证号', '姓名', '死亡日期', '登记日期'];
    const [id, name, ...days] = [him, '某某某', '2026-02-27', '2026-02-28'];
    const object = JSON.stringify(Object.fromEntries([id, name, ...days].map((value, at) => [fields[at], value])));
    const bill = '结算单号、结算日期、本次个人自付金额、本户近12个月个人自付金额';
    for (const [file, format, missing] of [
      [`${[id, name, ...days].join(',')}\n`, 'csv', `身份证号、姓名、${bill}`],
      [`${object}\n`, 'ndjson', bill],
    ] as const) {
      const { fault } = await feeds.handIn('hospital-bills', hospital, file, { format });
      expect(fault).toEqual({
        code: 'wrong-dataset',
        zh: `表头不属于所选数据集，缺少${missing}；选择正确的数据集，或更正表头`,
        en: `the headings are not those of the dataset (missing: ${missing}): name the dataset it belongs to, or correct the headings`,
      });
    }
  });
});

describe('a feed', () => {
  test('is announced by the department that owns the dataset, or by the province, and by nobody else', async () => {
    const body = { dataset: 'hospital-bills', format: 'csv', compression: 'none', bytes: 9 } as const;
    const refused = await writesNothing(roster, () => feeds.announce(health, body));
    expect(refusalOf(refused)).toMatchObject({
      problem: 'forbidden',
      errors: [{ field: '/dataset', code: 'feed.owner' }],
    });
    expect(refusalOf(await feeds.announce(health, { ...body, dataset: 'declaration' }))).toMatchObject({
      errors: [{ field: '/dataset', code: 'feed.dataset' }],
    });
    const { feedId } = bodyOf(await feeds.announce(hospital, body));
    expect(refusalOf(await readFeed(feeds.dependencies, { principal: health, feedId })).problem).toBe('not-found');
    expect(refusalOf(await readFeed(feeds.dependencies, { principal: hospital, feedId: nobodysFeed })).problem).toBe(
      'not-found',
    );
  });

  test('is uploaded in parts: it says which are missing, and is not checked before all are there', async () => {
    const file = bills(bill(him, 'A1', '1'));
    const announced = bodyOf(
      await feeds.announce(hospital, {
        dataset: 'hospital-bills',
        format: 'csv',
        compression: 'none',
        bytes: Buffer.byteLength(file),
      }),
    );
    const { feedId } = announced;
    expect(announced.upload).toMatchObject({ parts: 1, arrived: 0, missing: [{ part: 1 }] });
    const address = announced.upload?.missing[0]?.address ?? '';
    feeds.objects.send(address, new Uint8Array(3));
    const call = { principal: hospital, feedId };
    expect(refusalOf(await checkFeed(feeds.dependencies, call)).problem).toBe('feed-incomplete');
    feeds.objects.send(address, new TextEncoder().encode(file));
    expect((await feeds.view(feedId, hospital)).upload).toMatchObject({ arrived: 1, missing: [] });
    expect((await feeds.check(feedId, hospital)).state).toBe('checked');
  });

  test('is committed on the dry run that was read, once, and not without one', async () => {
    const feedId = await feeds.upload('hospital-bills', hospital, bills(bill(him, 'A1', '1')));
    const call = { principal: hospital, feedId };
    expect(refusalOf(await commitFeed(feeds.dependencies, { ...call, ifMatch: 1 }))).toMatchObject({
      problem: 'lifecycle-conflict',
      state: 'announced',
    });
    await feeds.check(feedId, hospital);
    expect(refusalOf(await commitFeed(feeds.dependencies, { ...call, ifMatch: 2 })).problem).toBe('version-conflict');
    await feeds.commit(feedId, hospital);
    expect(refusalOf(await commitFeed(feeds.dependencies, { ...call, ifMatch: 5 })).problem).toBe('lifecycle-conflict');
    expect(refusalOf(await discardFeed(feeds.dependencies, call)).problem).toBe('lifecycle-conflict');
  });

  test('that is discarded goes no further', async () => {
    const feedId = await feeds.upload('hospital-bills', hospital, bills(bill(him, 'A1', '1')));
    const call = { principal: hospital, feedId };
    expect(bodyOf(await discardFeed(feeds.dependencies, call)).state).toBe('discarded');
    expect(refusalOf(await checkFeed(feeds.dependencies, call)).problem).toBe('lifecycle-conflict');
  });
});
