import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { SubmittedApplication } from '../../contracts/api/applications.ts';
import { ReviewView } from '../../contracts/api/reviews.ts';
import { TaskList } from '../../contracts/api/tasks.ts';
import { completion, newCouple, submission, visit, worker } from './requests.ts';
import { clients, type PlatformFolder, type RunningPlatform, synthesizedPlatform } from './running-platform.ts';

const root = join(import.meta.dirname, '../..');
const version = 'shanxi-2026.2';
/** Before the day on which it is activated, so that the activation does not wait for its first day. */
const validFrom = '2026-03-05';

let platforms: PlatformFolder;
let platform: RunningPlatform;
let folder: string;
beforeAll(async () => {
  platforms = synthesizedPlatform();
  platform = await platforms.start();
  folder = mkdtempSync(join(tmpdir(), 'hearth-policy-cli-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await platforms.remove();
});

/** The example draft, moved near to the day the platform begins on. */
const draft = (): string => {
  const file = join(folder, 'draft.yaml');
  const text = readFileSync(join(root, 'examples/drafts/raise-rural-standard.yaml'), 'utf8');
  writeFileSync(
    file,
    text.replace(/^version: .*$/mu, `version: ${version}`).replaceAll(/validFrom: .*/gu, `validFrom: ${validFrom}`),
  );
  return file;
};

const Health = z.looseObject({ apiUrl: z.url(), issuerUrl: z.url() });

/** The environment by which the command finds the platform and logs in as one of its clients. */
const logInOf = async (as: string): Promise<Record<string, string | undefined>> => {
  const { apiUrl, issuerUrl } = Health.parse(await platform.control('/health'));
  return {
    HEARTH_URL: apiUrl,
    HEARTH_TOKEN_URL: `${issuerUrl}/token`,
    HEARTH_CLIENT_ID: as,
    HEARTH_CLIENT_SECRET: clients.find(({ clientId }) => clientId === as)?.secret,
  };
};

/** Runs the command as somebody starts it from a shell: as a client, or as whomever it finds in the data folder. */
const hearth = async (as: string | null, ...args: readonly string[]) => {
  const found = as === null ? { HEARTH_DATA: platforms.data } : await logInOf(as);
  const child = spawn(process.execPath, [join(root, 'cli/hearth.mjs'), 'policy', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '', ...found },
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

const done = async (ask: ReturnType<typeof completion>) => {
  const answer = await platform.ask(ask);
  expect(answer.status, answer.text).toBe(200);
};
const firstTask = async (as: string): Promise<string> =>
  TaskList.parse((await platform.ask({ as, path: '/tasks' })).body).tasks[0]?.taskId ?? '';

/** A couple on the allowance, from application to determination. */
const determined = async (): Promise<string> => {
  const answer = await platform.ask(submission(newCouple()));
  expect(answer.status, answer.text).toBe(201);
  const { reviewId } = SubmittedApplication.parse(answer.body);
  await platform.settle();
  await done(completion(await firstTask(worker), worker, visit));
  await platform.settle();
  await platform.advanceDays(8);
  await platform.settle();
  await done(completion(await firstTask('approver'), 'approver', { kind: 'county-confirmation', decision: 'confirm' }));
  await platform.settle();
  const review = ReviewView.parse((await platform.ask({ as: 'approver', path: `/reviews/${reviewId}` })).body);
  return review.determinationId ?? '';
};

const Simulated = z.looseObject({
  ok: z.literal(true),
  simulation: z.looseObject({ result: z.looseObject({ hash: z.string(), households: z.int() }) }),
  changes: z.array(z.looseObject({ kind: z.string(), amountBefore: z.int(), amountAfter: z.int() })),
});
const Activated = z.looseObject({
  ok: z.literal(true),
  activation: z.looseObject({ status: z.string(), redecided: z.record(z.string(), z.int()) }),
});

test('a determination is explained, and a change of the policy goes from draft to force', async () => {
  const determinationId = await determined();
  const explained = await hearth(null, 'explain', determinationId);
  expect(explained, explained.err).toMatchObject({ exitCode: 0 });
  expect(explained.out).toContain('认定结果：最低生活保障。');
  expect(explained.out).toContain('Result: minimum living allowance.');

  const simulated = await hearth('provincial', 'simulate', draft(), '--json');
  expect(simulated, simulated.err).toMatchObject({ exitCode: 0 });
  const { simulation, changes } = Simulated.parse(JSON.parse(simulated.out));
  // Two people, each 19.84 yuan more a month.
  expect(changes.map(({ kind, amountBefore, amountAfter }) => [kind, amountAfter - amountBefore])).toEqual([
    ['amount', 3_968],
  ]);
  const { hash } = simulation.result;

  const text = await hearth('provincial', 'simulate', version);
  expect(text, text.err).toMatchObject({ exitCode: 0 });
  expect(text.out).toContain(`npx hearth policy activate ${version} --simulation ${hash}`);
  expect(text.out).toMatch(/Total +1 +1 +0 .*\+476\.16/u);

  const own = await hearth('provincial', 'activate', version, '--simulation', hash, '--yes');
  expect(own.exitCode).toBe(1);
  expect(own.err).toContain('Whoever drafted a version may not activate it.');
  const other = await hearth('administrator', 'activate', version, '--simulation', 'a'.repeat(64), '--yes');
  expect(other.exitCode).toBe(1);
  expect(other.err).toContain('The hash is not that of the latest simulation');

  const activated = await hearth('administrator', 'activate', version, '--simulation', hash, '--yes', '--json');
  expect(activated, activated.err).toMatchObject({ exitCode: 0 });
  const { activation } = Activated.parse(JSON.parse(activated.out));
  expect(activation.status).toBe('done');
  expect(Object.values(activation.redecided).reduce((sum, count) => sum + count, 0)).toBe(changes.length);
  expect((await hearth('auditor', 'list')).out).toMatch(
    new RegExp(`${version.replaceAll('.', '\\.')} +activated`, 'u'),
  );
});
