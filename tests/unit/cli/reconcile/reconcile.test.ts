import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { invariantOf, type Planted, plants } from '../../../../bench/export-plant.ts';
import { runHearth } from '../fake-terminal.ts';
import { dataFile, rewritten, syntheticExport } from '../synthetic-export.ts';

const Said = z.looseObject({
  ok: z.boolean(),
  invariants: z.array(
    z.looseObject({ id: z.string(), violations: z.int(), verdict: z.string(), first: z.array(z.string()) }),
  ),
});

const reconciled = async (folder: string) => {
  const run = await runHearth(['reconcile', '--export', folder, '--json']);
  const { ok, invariants } = Said.parse(run.object());
  const of = (id: string) => invariants.find((invariant) => invariant.id === id);
  return { exitCode: run.exitCode, ok, of, broken: invariants.filter(({ violations }) => violations > 0) };
};

const withAttribute = (line: string, name: string, value: object): string => {
  const { Item } = z.object({ Item: z.record(z.string(), z.unknown()) }).parse(JSON.parse(line));
  return JSON.stringify({ Item: { ...Item, [name]: value } });
};

describe('a recount of an export', () => {
  test('finds nothing where nothing is wrong, and says what it could not check', async () => {
    const { exitCode, broken, of } = await reconciled(await syntheticExport(60));
    expect([exitCode, broken]).toEqual([0, []]);
    expect(of('I7')?.verdict).toBe('not checked');
    expect(of('I1')?.verdict).toBe('clear');
  });

  test.each(Object.keys(plants) as Planted[])('finds a planted violation of %s', async (planted) => {
    const { exitCode, of } = await reconciled(await syntheticExport(21, planted));
    expect(exitCode).toBe(1);
    expect(of(invariantOf(planted))?.violations).toBeGreaterThan(0);
    expect(of(invariantOf(planted))?.verdict).toBe('broken');
  });

  test.each([
    ['an attribute that is on no list', 'nickname', { S: 'code' }],
    ['a name in plain text', 'submittedBy', { S: '王小明' }],
    ['a phone number in plain text', 'submittedBy', { S: '13800138000' }],
    ['a phone number in a field of its own', 'contact', { S: '+86-13800138000' }],
    [
      'an envelope that is none',
      'sealed.circumstances',
      { B: Buffer.from('{"plain":true, "much": "text"}').toString('base64') },
    ],
    ['text where an envelope belongs', 'sealed.circumstances', { S: 'opened' }],
    ['something hidden in a list', 'papers', { L: [{ M: { kind: { S: 'disability-certificate' } } }] }],
    ['a state that is a sentence', 'state', { S: 'accepted for reasons of health' }],
  ])('finds %s', async (_what, name, value) => {
    const folder = await syntheticExport(3);
    rewritten(folder, 'roster', (lines) => {
      const at = lines.findIndex((line) => line.includes('"APPLICATION#'));
      return lines.map((line, index) => (index === at ? withAttribute(line, name, value) : line));
    });
    const { of } = await reconciled(folder);
    expect(of('I8')?.violations).toBe(1);
    expect(JSON.stringify(of('I8'))).not.toMatch(/王小明|13800138000|disability|health/u);
  });

  test('finds a row of a kind that nothing of the system writes', async () => {
    const folder = await syntheticExport(3);
    rewritten(folder, 'roster', (lines) => [...lines, '{"Item":{"pk":{"S":"NOTES#1"},"sk":{"S":"STATE"}}}']);
    expect((await reconciled(folder)).of('I8')?.violations).toBe(1);
  });

  test('finds a first audit entry that is lost, where records were taken over without one', async () => {
    const marker = (households: number): string =>
      JSON.stringify({
        Item: {
          pk: { S: 'SYNTHETIC-COUNTY' },
          sk: { S: 'MARKER' },
          summary: { M: { households: { N: String(households) }, determinations: { N: String(households) } } },
        },
      });
    const takenOver = async (told: number) => {
      const folder = await syntheticExport(1);
      rewritten(folder, 'roster', (lines) => [
        ...lines.filter((line) => !/"(?:TASK|NOTICE)#/u.test(line)).map((line) => withVersion1(line)),
        marker(told),
      ]);
      rewritten(folder, 'audit', () => []);
      return reconciled(folder);
    };
    const withVersion1 = (line: string): string => line.replace(/"version":\{"N":"\d+"\}/u, '"version":{"N":"1"}');
    const { broken, of } = await takenOver(1);
    expect([broken, of('I3')?.verdict]).toEqual([[], 'clear']);
    expect((await takenOver(0)).of('I6')?.violations).toBe(4);
  });
});

describe('an export that cannot be relied on', () => {
  const refused = async (folder: string) => {
    const run = await runHearth(['reconcile', '--export', folder]);
    expect(run.exitCode).toBe(1);
    expect(run.out).toBe('');
    return run.err;
  };

  test('is refused when a data file is cut off', async () => {
    const folder = await syntheticExport(3);
    truncateSync(dataFile(folder, 'roster'), 1_000);
    expect(await refused(folder)).toContain('cannot be read to its end');
  });

  test('is refused when a byte of a data file was changed', async () => {
    const folder = await syntheticExport(3);
    const bytes = readFileSync(dataFile(folder, 'audit'));
    // The operating system named in the gzip header: the content unpacks as before.
    bytes[9] = (bytes[9] ?? 0) ^ 1;
    writeFileSync(dataFile(folder, 'audit'), bytes);
    expect(await refused(folder)).toContain('does not have the MD5 of the list');
  });

  test('is refused when its list of files was changed', async () => {
    const folder = await syntheticExport(3);
    appendFileSync(join(folder, 'roster', 'manifest-files.json'), '\n');
    expect(await refused(folder)).toContain('does not have the checksum');
  });

  test('is refused when it was never finished', async () => {
    const folder = await syntheticExport(3);
    rmSync(join(folder, 'audit', 'manifest-summary.json'));
    expect(await refused(folder)).toContain('no finished export of the audit table');
  });

  test('is refused when its tables are of different moments', async () => {
    const folder = await syntheticExport(3);
    const file = join(folder, 'audit', 'manifest-summary.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"exportTime":"2026-06-01T02', '"exportTime":"2026-06-01T03'),
    );
    rmSync(file.replace('.json', '.checksum'));
    expect(await refused(folder)).toContain('different moments');
  });
});
