import { beforeEach, expect, test } from 'vitest';
import { UtcDay } from '../../../domain/utc-day.ts';
import { type AuditBench, auditEntry, auditOn, chainOf, storedForm, timesChained } from '../../support/audit.ts';
import { startTables, type TestTables } from '../../support/engine.ts';

let tables: TestTables;
let bench: AuditBench;
const county = '140121';
const other = '140922';
const day = '2026-03-02';
const nothing = { entriesChained: 0, daysClosed: 0, auditFailed: 0 };

beforeEach(async () => {
  tables = await startTables();
  bench = auditOn(tables, `${day}T10:00:00.000Z`);
  return () => tables.stop();
});
const sweep = () => bench.sweep(county, other);
const closeThoseBefore = async () => {
  expect(await sweep()).toMatchObject({ daysClosed: 2, auditFailed: 0 });
};

test('what the stream lost is chained three minutes later, and no sooner: the stream may still bring it', async () => {
  await closeThoseBefore();
  await bench.store([
    auditEntry(county, `${day}T10:00:00.000Z`, 'lost'),
    auditEntry('14', `${day}T10:00:00.000Z`, 'x'),
  ]);
  bench.setTime(`${day}T10:02:59.000Z`);
  expect(await sweep()).toEqual(nothing);
  bench.setTime(`${day}T10:03:01.000Z`);
  expect(await bench.sweep(county, other, '14')).toEqual({ ...nothing, entriesChained: 2 });
  expect(await sweep()).toEqual(nothing);
  expect(Object.values(timesChained(await tables.items('audit')))).toEqual([1, 1]);
});

test('a day is closed half an hour after its end in UTC: its chains with their counts, then one roll-up', async () => {
  await closeThoseBefore();
  const entries = [
    auditEntry(county, `${day}T11:00:00.000Z`, 'a'),
    auditEntry(county, `${day}T23:59:59.999Z`, 'b'),
    auditEntry(other, `${day}T12:00:00.000Z`, 'c'),
  ];
  await bench.store(entries);
  await bench.chainer().chain(chainOf(county, day), entries.slice(0, 1).map(storedForm));
  bench.setTime('2026-03-03T00:29:59.000Z');
  expect(await sweep()).toEqual({ ...nothing, entriesChained: 2 });
  bench.setTime('2026-03-03T00:30:00.000Z');
  expect(await sweep()).toEqual({ ...nothing, daysClosed: 1 });
  expect(await sweep()).toEqual(nothing);
  const rollUp = await bench.chains.rollUp(UtcDay.parse(day));
  expect(rollUp?.heads).toMatchObject([
    { division: county, blocks: 3, entries: 2 },
    { division: other, blocks: 2, entries: 1 },
  ]);
  expect(rollUp?.heads[0]?.head).toBe((await bench.chains.head(chainOf(county, day)))?.hash);
  expect(rollUp?.previous).toBe((await bench.chains.rollUp(UtcDay.parse('2026-03-01')))?.hash);
});

test('days that passed while nothing ran are closed in their order, and those without entries as well', async () => {
  await closeThoseBefore();
  await bench.store([
    auditEntry(county, `${day}T11:00:00.000Z`, 'a'),
    auditEntry(county, '2026-03-20T11:00:00.000Z', 'b'),
  ]);
  bench.setTime('2026-03-25T12:00:00.000Z');
  expect(await sweep()).toEqual({ entriesChained: 2, daysClosed: 23, auditFailed: 0 });
  const [first] = await bench.chains.blocks(chainOf(county, '2026-03-20'), 0);
  expect(first?.opening).toEqual({ ordinal: 2, after: { day, number: 1 } });
});

test('an entry stored after its day was closed goes into a late block, which the roll-up of the day of writing names', async () => {
  await closeThoseBefore();
  await bench.store([auditEntry(county, `${day}T11:00:00.000Z`, 'in time')]);
  bench.setTime('2026-03-03T01:00:00.000Z');
  await sweep();
  await bench.store([
    auditEntry(county, `${day}T23:59:00.000Z`, 'late'),
    auditEntry(other, `${day}T23:59:00.000Z`, 'late, too'),
  ]);
  expect(await sweep()).toEqual({ ...nothing, entriesChained: 2 });
  bench.setTime('2026-03-04T01:00:00.000Z');
  await sweep();
  const { late } = (await bench.chains.rollUp(UtcDay.parse('2026-03-03'))) ?? {};
  expect(late).toMatchObject([
    { division: county, day, number: 3 },
    { division: other, day, number: 1 },
  ]);
  expect((await bench.chains.rollUp(UtcDay.parse(day)))?.heads).toHaveLength(1);
});

test('two sweeps at once close each day once', async () => {
  await bench.store([auditEntry(county, `${day}T11:00:00.000Z`, 'a'), auditEntry(other, `${day}T11:00:00.000Z`, 'b')]);
  bench.setTime('2026-03-03T01:00:00.000Z');
  const counts = await Promise.all([sweep(), sweep(), sweep()]);
  expect(counts.reduce((sum, { daysClosed }) => sum + daysClosed, 0)).toBe(2);
  expect(counts.map(({ auditFailed }) => auditFailed)).toEqual([0, 0, 0]);
  expect(Object.values(timesChained(await tables.items('audit')))).toEqual([1, 1]);
});

test('asks each division once, for all its days', async () => {
  await closeThoseBefore();
  await bench.store([auditEntry(county, `${day}T11:00:00.000Z`, 'a')]);
  bench.setTime('2026-03-25T12:00:00.000Z');
  const { entries } = bench.chains;
  const asked: unknown[] = [];
  Object.assign(bench.chains, {
    entries: (...[span, page]: Parameters<typeof entries>) => {
      asked.push(span);
      return entries(span, page);
    },
  });
  expect(await sweep()).toEqual({ entriesChained: 1, daysClosed: 23, auditFailed: 0 });
  const days = { from: '2026-03-01', before: '2026-03-25T11:57:00.000Z' };
  expect(asked).toEqual([
    { division: county, ...days },
    { division: other, ...days },
  ]);
});

test('chains what was stranded on several days in one page, and one day’s over several pages, before any of them is closed', async () => {
  await closeThoseBefore();
  const minutes = (onDay: string, count: number) =>
    Array.from({ length: count }, (_, minute) =>
      auditEntry(county, `${onDay}T10:${String(minute).padStart(2, '0')}:00.000Z`, `${onDay} ${minute}`),
    );
  const days = [day, '2026-03-03', '2026-03-05'];
  const entries = days.flatMap((each, index) => minutes(each, [3, 9, 2][index] ?? 0));
  await bench.store(entries);
  bench.setTime('2026-03-06T00:30:00.000Z');
  const read = bench.chains.entries;
  const pages: number[] = [];
  Object.assign(bench.chains, {
    entries: async (...[span, { after }]: Parameters<typeof read>) => {
      const page = await read(span, { limit: 5, after });
      pages.push(page.items.length);
      return page;
    },
  });
  expect(await bench.sweep(county)).toEqual({ entriesChained: 14, daysClosed: 4, auditFailed: 0 });
  expect(pages).toEqual([5, 5, 4]);
  const heads = await Promise.all(days.map(async (each) => (await bench.chains.rollUp(UtcDay.parse(each)))?.heads));
  expect(heads).toMatchObject([[{ entries: 3 }], [{ entries: 9 }], [{ entries: 2 }]]);
  const opened = await Promise.all(days.map(async (each) => (await bench.chains.blocks(chainOf(county, each), 0))[0]));
  expect(opened.map((block) => block?.opening?.ordinal)).toEqual([1, 2, 3]);
  expect(Object.values(timesChained(await tables.items('audit')))).toEqual(entries.map(() => 1));
});

test('a day is not closed by the sweep that left its last entries to the stream, however long that took', async () => {
  await closeThoseBefore();
  await bench.store([
    auditEntry(county, `${day}T23:58:00.000Z`, 'young'),
    auditEntry(other, `${day}T11:00:00.000Z`, 'a'),
  ]);
  bench.setTime(`${day}T23:59:00.000Z`);
  const { entries } = bench.chains;
  Object.assign(bench.chains, {
    entries: (...asked: Parameters<typeof entries>) => {
      bench.setTime('2026-03-03T00:45:00.000Z');
      return entries(...asked);
    },
  });
  expect(await sweep()).toEqual({ ...nothing, entriesChained: 1 });
  Object.assign(bench.chains, { entries });
  expect(await sweep()).toEqual({ entriesChained: 1, daysClosed: 1, auditFailed: 0 });
  expect((await bench.chains.rollUp(UtcDay.parse(day)))?.heads).toMatchObject([{ entries: 1 }, { entries: 1 }]);
});

test('a division that cannot be read keeps every day open, and everything else goes on', async () => {
  await closeThoseBefore();
  await bench.store([
    auditEntry(county, `${day}T11:00:00.000Z`, 'a'),
    auditEntry(other, '2026-03-04T11:00:00.000Z', 'b'),
  ]);
  bench.setTime('2026-03-05T12:00:00.000Z');
  const { entries } = bench.chains;
  Object.assign(bench.chains, {
    entries: (...asked: Parameters<typeof entries>) =>
      asked[0].division === county ? Promise.reject(new Error('throttled')) : entries(...asked),
  });
  expect(await sweep()).toEqual({ entriesChained: 1, daysClosed: 0, auditFailed: 1 });
  expect(bench.failures.map(String)).toEqual(['Error: throttled']);
  Object.assign(bench.chains, { entries });
  expect(await sweep()).toEqual({ entriesChained: 1, daysClosed: 3, auditFailed: 0 });
});

test('a day whose entries cannot be chained stays open, and later days too; those before it are closed and all else is chained', async () => {
  await closeThoseBefore();
  await bench.store([
    auditEntry(county, `${day}T11:00:00.000Z`, 'a'),
    auditEntry(county, '2026-03-03T11:00:00.000Z', 'b'),
    auditEntry(county, '2026-03-04T11:00:00.000Z', 'c'),
    auditEntry(other, '2026-03-03T11:00:00.000Z', 'd'),
  ]);
  bench.setTime('2026-03-05T12:00:00.000Z');
  const { append } = bench.chains;
  Object.assign(bench.chains, {
    append: (...[block]: Parameters<typeof append>) =>
      block.division === county && block.day === '2026-03-03' ? Promise.reject(new Error('throttled')) : append(block),
  });
  expect(await sweep()).toEqual({ entriesChained: 3, daysClosed: 1, auditFailed: 1 });
  Object.assign(bench.chains, { append });
  expect(await sweep()).toEqual({ entriesChained: 1, daysClosed: 2, auditFailed: 0 });
  const { heads } = (await bench.chains.rollUp(UtcDay.parse('2026-03-03'))) ?? {};
  expect(heads).toMatchObject([
    { division: county, entries: 1 },
    { division: other, entries: 1 },
  ]);
});

test('a day whose chains cannot all be ended has no roll-up, and later days wait for it', async () => {
  await closeThoseBefore();
  await bench.store([auditEntry(county, `${day}T11:00:00.000Z`, 'a'), auditEntry(other, `${day}T11:00:00.000Z`, 'b')]);
  bench.setTime('2026-03-04T12:00:00.000Z');
  const { append } = bench.chains;
  Object.assign(bench.chains, {
    append: (...[block]: Parameters<typeof append>) =>
      block.division === county && block.kind === 'closing' ? Promise.reject(new Error('throttled')) : append(block),
  });
  expect(await sweep()).toEqual({ entriesChained: 2, daysClosed: 0, auditFailed: 1 });
  Object.assign(bench.chains, { append });
  expect(await sweep()).toEqual({ entriesChained: 0, daysClosed: 2, auditFailed: 0 });
  expect((await bench.chains.rollUp(UtcDay.parse(day)))?.heads).toHaveLength(2);
});
