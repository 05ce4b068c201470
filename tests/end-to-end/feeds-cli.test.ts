import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newCouple, residentId, submission } from './requests.ts';
import { type PlatformFolder, type RunningPlatform, synthesizedPlatform } from './running-platform.ts';

const root = join(import.meta.dirname, '../..');

let platforms: PlatformFolder;
let platform: RunningPlatform;
let folder: string;
beforeAll(async () => {
  platforms = synthesizedPlatform();
  platform = await platforms.start();
  folder = mkdtempSync(join(tmpdir(), 'hearth-feeds-cli-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await platforms.remove();
});

/** Runs the command as somebody starts it from a shell, on the instance it finds in the data folder. */
const hearth = async (...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(root, 'cli/hearth.mjs'), 'feeds', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '', HEARTH_DATA: platforms.data },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  const exitCode = await new Promise<number | null>((ended) => child.once('close', ended));
  return { out, err, exitCode };
};

const Counts = z.looseObject({ rows: z.number(), applied: z.number(), unchanged: z.number(), rejected: z.number() });
const Printed = z.looseObject({ ok: z.boolean(), state: z.string(), dryRun: Counts, result: Counts.nullable() });

test('a file is uploaded, tried, applied and followed to its end, and its rejected rows come back', async () => {
  const couple = newCouple();
  expect((await platform.ask(submission(couple))).status).toBe(201);
  const [one, other] = couple.members.map(({ residentId }) => residentId);
  const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
  const rows = [`${one},某某,A1,2026-02-20,10.00,15000.00`, `${other},某某,A2,2026-02-30,10.00,1.00`];
  writeFileSync(join(folder, 'bills.csv'), `${[headings, ...rows].join('\n')}\n`);
  const command = ['upload', 'bills.csv', '--dataset', 'hospital-bills'];

  const tried = await hearth(...command, '--dry-run');
  expect(tried.exitCode, tried.err).toBe(0);
  expect(tried.out).toMatch(/2 rows\n {2}to apply {2}1\n/u);
  expect(tried.err).toMatch(/upload 1\/1/u);

  const unasked = await hearth(...command);
  expect(unasked.exitCode).toBe(2);
  expect(unasked.err).toContain('--yes');

  const applied = await hearth(...command, '--yes', '--rejects', 'rejects.csv', '--json');
  expect(applied.exitCode, applied.err).toBe(0);
  const { state, result } = Printed.parse(JSON.parse(applied.out));
  expect(state).toBe('applied');
  expect(result).toMatchObject({ rows: 2, applied: 1, rejected: 1 });
  expect(readFileSync(join(folder, 'rejects.csv'), 'utf8')).toMatch(/^身份证号.*拒绝原因\r\n.*日历上没有这一天/u);

  const resumed = await hearth(...command, '--yes', '--rejects', 'rejects.csv', '--json');
  expect(resumed.exitCode, resumed.err).toBe(0);

  const again = await hearth(...command, '--yes', '--again', '--json');
  expect(Printed.parse(JSON.parse(again.out)).result).toMatchObject({ applied: 0, unchanged: 1, rejected: 1 });
});

test('rejected rows are written over no file: neither the one that is handed in nor any other, and then nothing is sent or applied', async () => {
  const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
  const file = `${headings}\n${residentId('19580708', 1)},某某,A1,2026-02-30,10.00,1.00\n`;
  writeFileSync(join(folder, 'source.csv'), file);
  const command = ['upload', 'source.csv', '--dataset', 'hospital-bills', '--yes', '--rejects', 'source.csv'];
  const unsent = await hearth(...command);
  expect(unsent.exitCode).toBe(2);
  expect(unsent.err).toContain('source.csv is there already');
  expect(unsent.err).not.toContain('upload 1/1');

  expect((await hearth('upload', 'source.csv', '--dataset', 'hospital-bills', '--dry-run')).exitCode).toBe(0);
  expect((await hearth(...command)).exitCode).toBe(2);
  const after = await hearth('upload', 'source.csv', '--dataset', 'hospital-bills', '--dry-run', '--json');
  expect(Printed.parse(JSON.parse(after.out))).toMatchObject({ state: 'checked', result: null });
  expect(readFileSync(join(folder, 'source.csv'), 'utf8')).toBe(file);
});

test('before a file is applied it is said to how many rows somebody would be sent', async () => {
  const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额,居住地区划代码';
  const paid = ['10000.00', '9999.99'];
  const rows = paid.map(
    (sum, number) => `${residentId('19580707', number)},某某,P${number},2026-02-20,10.00,${sum},140105`,
  );
  writeFileSync(join(folder, 'people.csv'), `${[headings, ...rows].join('\n')}\n`);
  const tried = await hearth('upload', 'people.csv', '--dataset', 'hospital-bills', '--dry-run');
  expect(tried.out, tried.err).toMatch(/unmatched 2\n {2}rejected {2}0\n {2}1 of them that would lead to a visit/u);
});

test('a file of another dataset is refused as a whole, and says why', async () => {
  writeFileSync(join(folder, 'deaths.csv'), '身份证号,姓名,死亡日期,登记日期\n');
  const refused = await hearth('upload', 'deaths.csv', '--dataset', 'hospital-bills', '--yes');
  expect(refused.exitCode).toBe(1);
  expect(refused.err).toContain('the headings are not those of the dataset');
});
