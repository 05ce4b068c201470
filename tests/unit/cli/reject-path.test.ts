import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { mayBeWritten, rejectPathOf, writeRejectFile } from '../../../cli/feeds/reject-path.ts';

const folder = mkdtempSync(join(tmpdir(), 'hearth-rejects-'));
afterAll(() => rmSync(folder, { recursive: true }));
const to = rejectPathOf('rejects.csv', folder);
const rows = Buffer.from('rows');
const refusal = 'rejects.csv is there already, or cannot be made';
beforeEach(() => rmSync(to.path, { force: true }));

describe('where rejected rows are written', () => {
  it('is a new file that only its owner may read, or the one that an earlier run wrote', async () => {
    await mayBeWritten(to, () => Promise.resolve(rows));
    await writeRejectFile(to, rows);
    expect(readFileSync(to.path, 'utf8')).toBe('rows');
    chmodSync(to.path, 0o644);
    await mayBeWritten(to, () => Promise.resolve(rows));
    await writeRejectFile(to, rows);
    expect(statSync(to.path).mode & 0o777).toBe(0o600);
  });

  it('is no file that holds anything else, which is refused before there are rows and is never written over', async () => {
    writeFileSync(to.path, 'kept');
    await expect(mayBeWritten(to, () => Promise.resolve(null))).rejects.toThrow(refusal);
    await expect(mayBeWritten(to, () => Promise.resolve(rows))).rejects.toThrow(refusal);
    await expect(writeRejectFile(to, rows)).rejects.toThrow(refusal);
    expect(readFileSync(to.path, 'utf8')).toBe('kept');
  });

  it('is no link, and lies in a folder that is there', async () => {
    symlinkSync(join(folder, 'elsewhere.csv'), to.path);
    await expect(mayBeWritten(to, () => Promise.resolve(rows))).rejects.toThrow(refusal);
    const nowhere = rejectPathOf('no-folder/rejects.csv', folder);
    await expect(mayBeWritten(nowhere, () => Promise.resolve(rows))).rejects.toThrow('no-folder/rejects.csv');
  });
});
