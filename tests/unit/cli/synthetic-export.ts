import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { writeSyntheticExport } from '../../../bench/export-folder.ts';
import type { Planted } from '../../../bench/export-plant.ts';

/** A folder that goes away with its test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-export-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** An export of made-up households, valid but for what is planted. */
export const syntheticExport = async (households: number, planted?: Planted): Promise<string> => {
  const folder = join(temporaryFolder(), 'export');
  await writeSyntheticExport(folder, households, planted);
  return folder;
};

export const dataFile = (folder: string, table: 'roster' | 'audit'): string =>
  join(folder, table, 'data', '00000000.json.gz');

/** Changes the lines of a table's first data file, and everything in the manifests that says what it held. */
export const rewritten = (folder: string, table: 'roster' | 'audit', change: (lines: string[]) => string[]): void => {
  const file = dataFile(folder, table);
  const lines = change(gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n'));
  const bytes = gzipSync(lines.map((line) => `${line}\n`).join(''));
  writeFileSync(file, bytes);
  const md5 = createHash('md5').update(bytes).digest();
  const told = {
    itemCount: lines.length,
    md5Checksum: md5.toString('base64'),
    etag: `${createHash('md5').update(md5).digest('hex')}-1`,
  };
  const update = (name: string, values: object): void => {
    const path = join(folder, table, `${name}.json`);
    const text = `${JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...values })}\n`;
    writeFileSync(path, text);
    writeFileSync(path.replace('.json', '.checksum'), createHash('md5').update(text).digest('base64'));
  };
  update('manifest-files', told);
  update('manifest-summary', { itemCount: lines.length });
};
