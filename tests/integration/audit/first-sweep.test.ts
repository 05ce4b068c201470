import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { countChain } from '../../../cli/reconcile/count-chain.ts';
import { collectFindings } from '../../../cli/reconcile/findings.ts';
import { UtcDay } from '../../../domain/utc-day.ts';
import { type AuditBench, auditEntry, auditOn, chainOf, storedForm, timesChained } from '../../support/audit.ts';
import { exportedItems, writeExport } from '../../support/audit-export.ts';
import { startTables, type TestTables } from '../../support/engine.ts';
import { runHearth } from '../../unit/cli/fake-terminal.ts';

/** The first sweep comes ten days after the first entry, of which nothing is closed: what ran before was the stream alone. */
let tables: TestTables;
let bench: AuditBench;
const county = '140121';
const other = '140922';
const day = '2026-03-02';
const nothing = { entriesChained: 0, daysClosed: 0, auditFailed: 0 };

const byTheStream = async (division: string, onDay: string): Promise<void> => {
  const entry = auditEntry(division, `${onDay}T10:00:00.000Z`, `${division} ${onDay}, by the stream`);
  await bench.store([entry]);
  await bench.chainer().chain(chainOf(division, onDay), [storedForm(entry)]);
};

beforeEach(async () => {
  tables = await startTables();
  bench = auditOn(tables, `${day}T10:00:10.000Z`);
  await byTheStream(county, day);
  await bench.store([
    auditEntry(county, `${day}T10:01:00.000Z`, 'lost by the stream'),
    auditEntry(other, '2026-03-04T10:00:00.000Z', 'lost by the stream, too'),
  ]);
  bench.setTime('2026-03-12T10:00:00.000Z');
  await byTheStream(other, '2026-03-03');
  return () => tables.stop();
});
const sweep = () => bench.sweep(county, other);
const rollUpOf = (of: string) => bench.chains.rollUp(UtcDay.parse(of));

test('it chains what was lost and closes every day since the first entry, and leaves nothing for another', async () => {
  expect(await sweep()).toEqual({ entriesChained: 2, daysClosed: 10, auditFailed: 0 });
  expect(await sweep()).toEqual(nothing);
  expect(await rollUpOf('2026-03-01')).toBeUndefined();
  expect(await rollUpOf(day)).toMatchObject({ heads: [{ division: county, blocks: 3, entries: 2 }] });
  expect(await rollUpOf('2026-03-03')).toMatchObject({ heads: [{ division: other, blocks: 2, entries: 1 }] });
  expect(await rollUpOf('2026-03-04')).toMatchObject({ heads: [{ division: other, entries: 1 }] });
  expect(await rollUpOf('2026-03-11')).toMatchObject({ heads: [] });
  expect(Object.values(timesChained(await tables.items('audit')))).toEqual([1, 1, 1, 1]);
});

test('several at once close each day once', async () => {
  const counts = await Promise.all([sweep(), sweep(), sweep()]);
  expect(counts.reduce((sum, { daysClosed }) => sum + daysClosed, 0)).toBe(10);
  expect(counts.map(({ auditFailed }) => auditFailed)).toEqual([0, 0, 0]);
});

test('it closes nothing while a division cannot be read: the oldest entry may be there', async () => {
  const { entries } = bench.chains;
  Object.assign(bench.chains, {
    entries: (...asked: Parameters<typeof entries>) =>
      asked[0].division === county ? Promise.reject(new Error('throttled')) : entries(...asked),
  });
  expect(await sweep()).toEqual({ entriesChained: 1, daysClosed: 0, auditFailed: 1 });
  Object.assign(bench.chains, { entries });
  expect(await sweep()).toEqual({ entriesChained: 1, daysClosed: 10, auditFailed: 0 });
});

test('what comes of it is intact, for the program that verifies and for the recount', async () => {
  await sweep();
  bench.setTime('2026-03-13T00:40:00.000Z');
  await sweep();
  await byTheStream(county, '2026-03-13');
  const folder = mkdtempSync(join(tmpdir(), 'hearth-first-sweep-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeExport(folder, await exportedItems(tables));
  const verified = await runHearth(['audit', 'verify', '--export', folder, '--json']);
  expect({ exitCode: verified.exitCode, ...verified.object() }).toMatchObject({
    exitCode: 0,
    verdict: 'intact',
    breaksByKind: {},
    counts: { entries: 5, closedDays: 3, lateBlocks: 1 },
  });
  const findings = collectFindings();
  await countChain({ folder: join(folder, 'audit') }, findings, 1);
  expect(findings.all().find(({ id }) => id === 'I7')).toMatchObject({ violations: 0, counted: { entries: 5 } });
});
