import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeExport } from '../../support/audit-export.ts';
import { entriesOf } from '../../support/audit-forging.ts';
import { tamperings } from '../../support/audit-tampering.ts';
import { type AuditWorld, makeAuditWorld } from '../../support/audit-world.ts';
import { startTables, type TestTables } from '../../support/engine.ts';
import { runHearth } from '../../unit/cli/fake-terminal.ts';

let tables: TestTables;
let world: AuditWorld;
let scratch: string;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'hearth-verify-'));
  tables = await startTables();
  world = await makeAuditWorld(tables);
});
afterAll(async () => {
  await tables.stop();
  rmSync(scratch, { recursive: true, force: true });
});

let folders = 0;
const folderOf = (items: readonly unknown[]): string => {
  folders += 1;
  return writeExport(join(scratch, String(folders)), items);
};
const headsFile = (): string => {
  const file = join(scratch, 'heads.json');
  writeFileSync(file, JSON.stringify(world.published));
  return file;
};
const verify = async (folder: string, ...more: string[]) => {
  const { exitCode, object } = await runHearth(['audit', 'verify', '--export', folder, '--json', ...more]);
  return {
    exitCode,
    ...(object() as { verdict: string; breaksByKind: Record<string, number>; counts: object; first: unknown }),
  };
};

describe('hearth audit verify', () => {
  test('finds what the functions have written intact, and tells what it has looked at', async () => {
    const found = await verify(folderOf(world.items), '--heads', headsFile());
    expect(found).toMatchObject({
      exitCode: 0,
      verdict: 'intact',
      first: null,
      breaksByKind: {},
      counts: { entries: 34, chains: 6, closedDays: 4, lateBlocks: 1, copies: 1, publishedDays: 3, tail: 0 },
    });
  });

  test.each(tamperings)('says broken, and names it, when $name', async ({ tamper, named, needsHeads }) => {
    const folder = folderOf(tamper(world.items, world.on));
    const alone = await verify(folder);
    if (needsHeads) expect(alone.verdict).toBe('intact');
    const found = needsHeads ? await verify(folder, '--heads', headsFile()) : alone;
    expect(found.verdict).toBe('broken');
    expect(found.exitCode).toBe(1);
    expect(Object.keys(found.breaksByKind).filter((kind) => named.includes(kind))).not.toEqual([]);
  });

  test('does not find a change of every single attribute of every entry acceptable', async () => {
    const entry = entriesOf(world.items, world.on.division, world.on.day)[0];
    const names = Object.keys(entry ?? {}).filter((name) => !['pk', 'sk'].includes(name));
    const covered = tamperings.map(({ name }) => /in (\w+)$/u.exec(name)?.[1]).filter((name) => name !== undefined);
    expect(names.toSorted()).toEqual(covered.toSorted());
  });

  test('says broken after one byte of a file of the export is changed, wherever it is', async () => {
    const folder = folderOf(world.items);
    const file = join(folder, 'audit', 'data', 'part-1.json.gz');
    const bytes = readFileSync(file);
    for (const at of [0.1, 0.3, 0.5, 0.7, 0.9, 0.999].map((part) => Math.floor(bytes.length * part))) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect(await verify(folder)).toMatchObject({ exitCode: 1, verdict: 'broken' });
    }
    writeFileSync(file, bytes);
    expect(await verify(folder)).toMatchObject({ exitCode: 0, verdict: 'intact' });
  });

  test('tells what it cannot verify from what is broken: a file that is missing, a tail that is not chained yet', async () => {
    const folder = folderOf(world.items.filter((_, index) => index % 3 !== 2));
    rmSync(join(folder, 'audit', 'data', 'part-2.json.gz'));
    const gone = await runHearth(['audit', 'verify', '--export', folder, '--json']);
    expect(gone.object()['notVerifiable']).toMatchObject([{ kind: 'file-missing' }]);
    const [entry] = entriesOf(world.items, world.on.division, world.on.openDay);
    const young = { ...entry, sk: { S: `${world.on.openDay}T08:09:00.000Z#evt_${'9'.repeat(32)}` } };
    const tail = await verify(folderOf([...world.items, young]));
    expect(tail).toMatchObject({ exitCode: 1, verdict: 'not-verifiable', breaksByKind: {}, counts: { tail: 1 } });
    const old = { ...entry, sk: { S: `${world.on.openDay}T02:09:00.000Z#evt_${'9'.repeat(32)}` } };
    expect(await verify(folderOf([...world.items, old]))).toMatchObject({ verdict: 'broken' });
    expect(await verify(join(scratch, 'nowhere'))).toMatchObject({ exitCode: 1, verdict: 'not-verifiable' });
  });

  test('finds published heads that contradict themselves', async () => {
    const file = join(scratch, 'forged.json');
    const [first] = world.published;
    writeFileSync(file, JSON.stringify({ ...first, at: '2026-03-03T00:31:00.000Z' }));
    expect((await verify(folderOf(world.items), '--heads', file)).breaksByKind).toEqual({
      'published-inconsistent': 1,
    });
  });

  test('says in words what broke first, where, and what it means, in both languages', async () => {
    const tampering = tamperings.find(({ name }) => name === 'an entry is removed');
    const folder = folderOf(tampering?.tamper(world.items, world.on) ?? []);
    const english = await runHearth(['audit', 'verify', '--export', folder]);
    expect(english.out).toMatch(
      /BROKEN[\s\S]+140121 2026-03-03 block 1 entry 2026-03-03T01:00:00\.000Z#evt_\w+: The entry that a block names was removed/u,
    );
    const chinese = await runHearth(['audit', 'verify', '--export', folder, '--language', 'zh']);
    expect(chinese.out).toContain('已破坏');
  });
});
