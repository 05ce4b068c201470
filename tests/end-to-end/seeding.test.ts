import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runHearth } from '../unit/cli/fake-terminal.ts';

const root = resolve(import.meta.dirname, '../..');
const Ready = z.looseObject({
  apiUrl: z.url(),
  issuerUrl: z.url(),
  now: z.string(),
  summary: z.looseObject({
    households: z.int(),
    samples: z.array(z.looseObject({ determinationId: z.string(), tier: z.string() })).min(1),
  }),
});

const folder = mkdtempSync(join(tmpdir(), 'hearth-seeding-'));
const data = join(folder, 'data');
const running: ChildProcess[] = [];

/** What a start prints, on both channels, when it is ready or has ended. */
const start = (...options: readonly string[]): Promise<{ out: string; err: string }> =>
  new Promise((done) => {
    const args = ['synthetic/start.ts', '--data', data, '--port', '0', '--json', ...options];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    const said = { out: '', err: '' };
    child.stderr.on('data', (chunk: Buffer) => {
      said.err += chunk.toString('utf8');
    });
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString('utf8');
      if (said.out.endsWith('\n')) done(said);
    });
    child.once('close', () => done(said));
  });

const stopped = async (): Promise<void> => {
  for (const child of running.splice(0)) {
    const gone = new Promise((done) => child.once('exit', done));
    if (child.exitCode === null && child.kill('SIGTERM')) await gone;
  }
};

beforeAll(async () => {
  const run = await runHearth(['seed', '--out', 'province', '--households', '150'], { folder });
  expect(run.exitCode, run.err).toBe(0);
});
afterAll(async () => {
  await stopped();
  rmSync(folder, { recursive: true, force: true });
});

test('an instance begins with an imported province: what was decided in it is read through the API', async () => {
  const { out, err } = await start('--import', join(folder, 'province'));
  expect(out, err).not.toBe('');
  expect(err).toContain('Checking the files of the made-up province');
  const { apiUrl, issuerUrl, now, summary } = Ready.parse(JSON.parse(out));
  expect(now.slice(0, 10)).toBe('2026-03-02');
  expect(summary.households).toBe(150);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'auditor',
    client_secret: 'development-only',
  });
  const token = z
    .looseObject({ access_token: z.string() })
    .parse(await (await fetch(`${issuerUrl}/token`, { method: 'POST', body })).json());
  for (const { determinationId, tier } of summary.samples) {
    const answer = await fetch(`${apiUrl}/determinations/${determinationId}`, {
      headers: { authorization: `Bearer ${token.access_token}` },
    });
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ tier });
  }
  await stopped();
});

test('started again, with the import or without, it goes on from there', async () => {
  for (const options of [['--import', join(folder, 'province')], []]) {
    const { out, err } = await start(...options);
    expect(out, err).not.toBe('');
    expect(Ready.parse(JSON.parse(out)).summary.households).toBe(150);
    await stopped();
  }
});

test('no other province is imported into it, and none that has been damaged into a new one', async () => {
  const other = await runHearth(['seed', '--out', 'other', '--households', '20', '--seed', 'other'], { folder });
  expect(other.exitCode, other.err).toBe(0);
  const refused = await start('--import', join(folder, 'other'));
  expect(refused.err).toContain('has tables already, into which no province is imported');
  const file = join(folder, 'other', 'roster', 'data', '00000000.json.gz');
  expect(existsSync(file)).toBe(true);
  rmSync(file);
  const damaged = await start('--fresh', '--import', join(folder, 'other'));
  expect(damaged.err).toContain('Make it anew with npx hearth seed');
  expect(damaged.out).toBe('');
  expect(readFileSync(join(folder, 'other', 'seed.json'), 'utf8')).toContain('"households":20');
});
