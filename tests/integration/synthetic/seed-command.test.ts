import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExport } from '../../../cli/export/read-export.ts';
import { runHearth } from '../../unit/cli/fake-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hearth-seed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const counties = '140105,140213,140922';
const seed = (out: string, ...more: readonly string[]) =>
  runHearth(['seed', '--out', out, '--households', '60', '--counties', counties, '--feeds', ...more], { folder });

/** Every file below a folder, with what it holds. */
const filesOf = (name: string): Map<string, string> => {
  const below = readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  return new Map(
    below
      .map(({ parentPath, name: file }) => join(parentPath, file))
      .toSorted()
      .map((path) => [path.slice(join(folder, name).length), readFileSync(path).toString('base64')]),
  );
};

describe('a province that was written', () => {
  beforeAll(async () => {
    const { exitCode, err } = await seed('two', '--workers', '2');
    expect(exitCode, err).toBe(0);
    expect(err).toContain('households 60/60');
  });

  it('is the same, byte for byte, with one worker and with two', async () => {
    expect((await seed('one', '--workers', '1')).exitCode).toBe(0);
    expect(filesOf('one')).toEqual(filesOf('two'));
  });

  it('is another of another seed', async () => {
    expect((await seed('other', '--seed', 'another')).exitCode).toBe(0);
    const data = '/roster/data/00000000.json.gz';
    expect(filesOf('other').get(data)).not.toBe(filesOf('two').get(data));
  });

  it('has a file of each of the fourteen datasets for each county', () => {
    const files = [...filesOf('two').keys()].filter((name) => name.startsWith('/feeds/140922/'));
    expect(files).toHaveLength(14);
  });

  it('is an export of both tables, with a data file for each county', () => {
    const { roster, audit } = openExport(join(folder, 'two'));
    expect(roster.files).toHaveLength(counties.split(',').length + 1);
    expect(roster.summary.itemCount).toBeGreaterThan(60);
    expect(audit.summary.itemCount).toBe(0);
    expect(statSync(join(folder, 'two', 'keys.json')).mode & 0o777).toBe(0o600);
  });

  it('is recounted without a finding, as a roster that was taken over', async () => {
    const run = await runHearth(['reconcile', '--export', 'two', '--json'], { folder });
    expect(run.exitCode, run.out).toBe(0);
  });

  it('is gone on with where it was cut off, and comes to the same', async () => {
    const before = filesOf('two');
    for (const file of ['progress/140213.json', 'roster/manifest-summary.json', 'roster/data/00000001.json.gz'])
      rmSync(join(folder, 'two', file));
    const { exitCode, object } = await seed('two', '--json');
    expect(exitCode).toBe(0);
    const { writtenBefore } = object();
    expect(writtenBefore).toBeGreaterThan(0);
    expect(writtenBefore).toBeLessThan(60);
    expect(filesOf('two')).toEqual(before);
  });

  it('is not written over by one with other options', async () => {
    const { exitCode, err } = await seed('two', '--seed', 'another');
    expect(exitCode).toBe(1);
    expect(err).toContain('holds a province that was begun with other options');
    expect(err).toContain('Name a new folder with --out');
  });
});

describe('what is refused', () => {
  it('a folder that holds anything else', async () => {
    writeFileSync(join(folder, 'thesis.docx'), 'mine');
    const { exitCode, err } = await runHearth(['seed', '--out', '.'], { folder });
    expect(exitCode).toBe(1);
    expect(err).toContain('holds something already, which is not written over');
    expect(readFileSync(join(folder, 'thesis.docx'), 'utf8')).toBe('mine');
  });

  it.each([
    [['--surprise'], "unknown option '--surprise'"],
    [['--households', 'many'], '--households: a whole number'],
    [['--households', '0'], '--households'],
    [['--counties', '149999'], '--counties: codes of six digits of counties of Shanxi'],
    [['--date', '2020-01-01'], '--date: a day from'],
    [['--workers', '0'], '--workers'],
  ])('an option that cannot be used: %j', async (options, cause) => {
    const { exitCode, err } = await runHearth(['seed', '--out', 'never', ...options], { folder });
    expect(exitCode).toBe(2);
    expect(err).toContain(cause);
    expect(err).toMatch(/See .*--help/u);
  });

  it('no folder at all, said in Chinese', async () => {
    const { exitCode, err } = await runHearth(['seed', '--language', 'zh'], { folder });
    expect(exitCode).toBe(2);
    expect(err).toContain('命令用法不正确');
  });

  it('to go on after Ctrl+C, which says how it can be gone on with', async () => {
    const watch = (_line: string, interrupt: () => void): void => interrupt();
    const args = ['seed', '--out', 'stopped', '--households', '60', '--counties', counties];
    const { exitCode, err } = await runHearth(args, { folder, watch });
    expect(exitCode).toBe(130);
    expect(err).toContain('Run it again with the same options');
  });
});
