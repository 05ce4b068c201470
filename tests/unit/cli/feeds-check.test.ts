import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { deathHeadings, deathRow, idOf } from '../feeds/feed-files.ts';
import { runHearth } from './fake-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hearth-feeds-'));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const check = (...args: readonly string[]) => runHearth(['feeds', 'check', ...args], { folder });
const good = `${deathHeadings}\n${deathRow(1)}\n${deathRow(2)}\n`;
const bad = `${good}${deathRow(1)}\n1.4E+17,甲,2026-10-01,2026-10-02,\n`;

describe('hearth feeds check', () => {
  it('says that a file is in order, and ends with 0', async () => {
    const name = written('good.csv', good);
    expect(await check(name, '--dataset', 'deaths')).toMatchObject({
      exitCode: 0,
      out: 'good.csv: register of deaths, 2 rows, 2 valid, 0 rejected',
    });
    expect((await check(name, '--dataset', 'deaths', '--language', 'zh')).out).toBe(
      'good.csv：死亡登记信息，2 行，有效 2，退回 0',
    );
    expect((await check(name, '--dataset', 'deaths')).err).toContain('checking 0/0');
  });

  it('counts the rejected rows by reason, writes them where asked, and ends with 1', async () => {
    const name = written('bad.csv.gz', gzipSync(bad));
    const { exitCode, object } = await check(name, '--dataset', 'deaths', '--rejects', 'rejects.csv.gz', '--json');
    expect(exitCode).toBe(1);
    expect(object()).toEqual({
      ok: false,
      file: 'bad.csv.gz',
      dataset: 'deaths',
      encoding: 'utf-8',
      rows: 4,
      valid: 2,
      rejected: { 'id-scientific': 1, 'duplicate': 1 },
      rejects: 'rejects.csv.gz',
    });
    expect(statSync(join(folder, 'rejects.csv.gz')).mode & 0o777).toBe(0o600);
    const again = await check('rejects.csv.gz', '--dataset', 'deaths');
    expect(again.out).toContain('2 rows, 1 valid, 1 rejected');
    expect(again.out).toMatch(/^id-scientific +1 {2}the ID was turned into a number/mu);
  });

  it('never writes over a file, and says in Chinese what is wrong', async () => {
    written('kept.csv', 'kept');
    const { exitCode, err } = await check(
      written('bad.csv', bad),
      '--dataset',
      'deaths',
      '--rejects',
      'kept.csv',
      '--language',
      'zh',
    );
    expect(exitCode).toBe(2);
    expect(err).toContain('kept.csv 已存在或无法创建');
    expect(readFileSync(join(folder, 'kept.csv'), 'utf8')).toBe('kept');
  });

  it('refuses a file of another dataset as a whole', async () => {
    const name = written('cars.csv', `身份证号,姓名,车牌\n${idOf(1)},甲,晋A\n`);
    const { exitCode, out } = await check(name, '--dataset', 'deaths');
    expect(exitCode).toBe(1);
    expect(out).toBe(
      'cars.csv: the headings are not those of the dataset [wrong-dataset]\nmissing: 死亡日期、登记日期; unknown: 车牌\nname the dataset it belongs to, or correct the headings',
    );
    expect((await check(name, '--dataset', 'deaths', '--json')).object()).toMatchObject({
      fault: { reason: 'wrong-dataset' },
    });
  });

  it('is used wrongly without a dataset, with one nobody knows, without a file, or with a name that tells no format', async () => {
    const name = written('some.csv', good);
    expect(await check(name)).toMatchObject({ exitCode: 2 });
    const unknown = await check(name, '--dataset', 'boats');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.err).toContain('vehicles  机动车登记信息');
    expect(await check('none.csv', '--dataset', 'deaths')).toMatchObject({ exitCode: 2 });
    expect(await check(written('some.xlsx', good), '--dataset', 'deaths')).toMatchObject({ exitCode: 2 });
  });
});
