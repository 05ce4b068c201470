import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');

const Report = z.object({
  name: z.literal('demo'),
  measures: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      goal: z.string().nullable(),
      holds: z.boolean(),
    }),
  ),
  stories: z.array(
    z.object({
      id: z.string(),
      outcome: z.string(),
      tier: z.string(),
      amountFen: z.int(),
      workingDaysUsed: z.int(),
      reasons: z.object({ zh: z.array(z.string()).min(1), en: z.array(z.string()).min(1) }),
      tests: z.array(z.object({ code: z.string(), inputs: z.array(z.unknown()), citation: z.string().min(3) })).min(10),
      checks: z.array(z.object({ claim: z.string(), holds: z.boolean() })).min(5),
    }),
  ),
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the demo as `npm run demo` does, with a temporary folder of its own; `interruptAt` is the progress at which to stop it. */
const runDemo = (folder: string, args: readonly string[], interruptAt?: string): Promise<Ended> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, ['demo/main.ts', ...args], {
      cwd: root,
      env: { ...process.env, TMPDIR: folder },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (interruptAt !== undefined && stderr.includes(interruptAt)) child.kill('SIGINT');
    });
    child.once('error', failed);
    child.once('close', (code) => done({ code, stdout, stderr }));
  });

/** Processes whose command line names a path. */
const processesNaming = (path: string): string[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/u.test(entry))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    });

describe('npm run demo', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hearth-demo-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes five families to their decisions, checks every claim, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await runDemo(folder, ['--json']);
    expect(code, stderr).toBe(0);
    const { measures, stories } = Report.parse(JSON.parse(stdout));
    expect(measures.filter(({ holds }) => !holds)).toEqual([]);
    const values = Object.fromEntries(measures.map(({ name, value }) => [name, value]));
    // One of a review. The others are of what nobody in the stories does within half a year, above all referrals that nobody answers.
    expect(values).toMatchObject({ 'claims failed': 0, 'invariants violated': 0, 'escalations': 16 });
    expect(values).toMatchObject({ 'payments held for a death': 2, 'payments released': 1 });
    expect(stories.map(({ id, outcome, tier, amountFen }) => [id, outcome, tier, amountFen])).toEqual([
      ['a', 'granted', 'MINIMUM_LIVING_ALLOWANCE', 39_200],
      ['b', 'granted', 'MARGINAL', 37_680],
      ['c', 'refused', 'NONE', 0],
      ['d', 'granted', 'EXTREME_HARDSHIP', 94_480],
      ['e', 'granted', 'RIGID_EXPENDITURE', 0],
    ]);
    expect(Math.max(...stories.map(({ workingDaysUsed }) => workingDaysUsed))).toBe(30);
    expect(readdirSync(folder).filter((name) => name.startsWith('hearth-demo-'))).toEqual([]);
  });

  it('stops what it started and removes it when it is interrupted', async () => {
    const { code, stdout } = await runDemo(folder, [], 'five families apply');
    expect(code).toBe(130);
    expect(stdout).toBe('');
    expect(readdirSync(folder).filter((name) => name.startsWith('hearth-demo-'))).toEqual([]);
    expect(processesNaming(folder)).toEqual([]);
  });

  it('says what is wrong with a command line it cannot use', async () => {
    const { code, stderr } = await runDemo(folder, ['--language', 'fr']);
    expect(code).toBe(1);
    expect(stderr).toContain('--language is zh or en');
  });
});
