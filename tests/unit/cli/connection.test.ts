import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { determinationId, determinationIn, trace } from './determination.ts';
import { type FakeInstance, problem, type Received, type Reply, startFakeInstance } from './fake-instance.ts';
import { runHearth } from './fake-terminal.ts';

const answered = ({ path, language }: Received): Reply => ({
  status: 200,
  body: path.endsWith('/trace') ? trace : determinationIn(language),
});
let behaviour: (request: Received) => Reply = answered;
let instance: FakeInstance;
const folder = mkdtempSync(join(tmpdir(), 'hearth-cli-none-'));
beforeAll(async () => {
  instance = await startFakeInstance((request) => behaviour(request));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await instance.stop();
});
beforeEach(() => {
  behaviour = answered;
  instance.received.length = 0;
});

const explain = ['policy', 'explain', determinationId];
const credentials = (): readonly string[] => [
  ...['--url', `${instance.url}/`, '--token-url', instance.tokenUrl],
  ...['--client-id', 'auditor', '--client-secret', 'secret of auditor'],
];

test('the instance is found by its data folder, and asked as a client that may', async () => {
  expect((await runHearth([...explain, '--data', instance.data])).exitCode).toBe(0);
  expect(new Set(instance.received.map(({ client }) => client))).toEqual(new Set(['provincial']));
});

test('options name another instance and client', async () => {
  expect((await runHearth([...explain, ...credentials()])).exitCode).toBe(0);
  expect(instance.received.every(({ client }) => client === 'auditor')).toBe(true);
});

test('the environment names them too, and an option goes before it', async () => {
  const environment = {
    HEARTH_URL: instance.url,
    HEARTH_TOKEN_URL: instance.tokenUrl,
    HEARTH_CLIENT_ID: 'auditor',
    HEARTH_CLIENT_SECRET: 'secret of auditor',
  };
  expect((await runHearth(explain, { environment })).exitCode).toBe(0);
  expect(instance.received[0]?.client).toBe('auditor');
  const refused = await runHearth([...explain, '--client-secret', 'wrong'], { environment });
  expect(refused.exitCode).toBe(1);
  expect(refused.err).toContain('The issuer refused the client (HTTP 401)');
  expect(refused.err).not.toContain('wrong');
});

test('a token that has ended is followed by a new one', async () => {
  const first = runHearth([...explain, '--data', instance.data]);
  instance.endTokens();
  expect((await first).exitCode).toBe(0);
});

test('without an instance it says how to start one', async () => {
  const { err, exitCode } = await runHearth([...explain, '--data', folder]);
  expect(exitCode).toBe(1);
  expect(err).toContain(folder);
  expect(err).toContain('npm start');
  expect((await runHearth([...explain, '--data', folder, '--language', 'zh'])).err).toContain('没有正在运行的实例');
});

test('an instance that was killed and left its address behind is not running', async () => {
  const dead = { pid: 2 ** 22 + 1, apiUrl: 'http://127.0.0.1:1', tokenUrl: 'http://127.0.0.1:1/token', clients: [] };
  writeFileSync(join(folder, 'platform.json'), JSON.stringify(dead));
  expect((await runHearth([...explain, '--data', folder])).err).toContain('No instance is running');
});

test('an address that nobody answers at is named', async () => {
  const { err, exitCode } = await runHearth([...explain, '--url', 'http://127.0.0.1:1', '--token', 'some']);
  expect(exitCode).toBe(1);
  expect(err).toContain('Nothing answers at http://127.0.0.1:1');
});

test('credentials are not sent unencrypted to another machine', async () => {
  const { err, exitCode } = await runHearth([...explain, '--url', 'http://hearth.example.org', '--token', 'some']);
  expect(exitCode).toBe(2);
  expect(err).toContain('https');
});

test('an address without credentials is a wrong use', async () => {
  const { err, exitCode } = await runHearth([...explain, '--url', instance.url]);
  expect(exitCode).toBe(2);
  expect(err).toContain('HEARTH_CLIENT_ID');
  expect(instance.received).toHaveLength(0);
});

test('who may not is told which role is needed', async () => {
  behaviour = (request) => problem('forbidden', request);
  const { err, exitCode } = await runHearth([...explain, '--data', instance.data, '--language', 'en']);
  expect(exitCode).toBe(1);
  expect(err).toContain('Not permitted: The role or the division in the token does not permit this operation.');
  expect(err).toMatch(/one of the roles provincial, auditor/u);
});

test('a token that is not accepted is told the same way, though the gateway says nothing', async () => {
  const { err, exitCode } = await runHearth([...explain, '--url', instance.url, '--token', 'nonsense']);
  expect(exitCode).toBe(1);
  expect(err).toContain('HTTP 401');
  expect(err).toContain('provincial');
});

test('a busy instance is asked again', async () => {
  let refusals = 2;
  behaviour = (request) => {
    refusals -= 1;
    return refusals >= 0
      ? { ...problem('store-unavailable', request), headers: { 'retry-after': '1' } }
      : answered(request);
  };
  expect((await runHearth([...explain, '--data', instance.data])).exitCode).toBe(0);
});

test('with --json a failure is one object, too', async () => {
  behaviour = (request) =>
    problem('not-found', request, {
      errors: [{ in: 'path', field: '/determinationId', code: 'x', cause: 'c', cure: 'd' }],
    });
  const { object, exitCode } = await runHearth([...explain, '--data', instance.data, '--json']);
  expect(exitCode).toBe(1);
  expect(object()).toMatchObject({ ok: false, error: { title: 'Not found', details: ['path/determinationId: c d'] } });
});

test('an answer that does not fit the contract is not shown as if it did', async () => {
  behaviour = () => ({ status: 200, body: { determinationId } });
  const { err, exitCode } = await runHearth([...explain, '--data', instance.data]);
  expect(exitCode).toBe(1);
  expect(err).toContain('does not fit the contract');
});

test.for([
  [['policy'], 'no subcommand'],
  [['policy', 'frobnicate'], 'frobnicate'],
  [['policy', 'explain'], 'determinationId'],
  [['policy', 'explain', determinationId, '--nonsense'], '--nonsense'],
  [['policy', 'explain', determinationId, '--language', 'fr'], 'fr'],
] as const)('%j is a wrong use and says why', async ([args, named]) => {
  const { err, exitCode } = await runHearth(args);
  expect(exitCode).toBe(2);
  expect(err).toContain(named);
});

test('help is in the language of the terminal', async () => {
  const zh = await runHearth(['policy', '--help'], { environment: { LANG: 'zh_CN.UTF-8' } });
  expect(zh).toMatchObject({ exitCode: 0, err: '' });
  expect(zh.out).toContain('以中英文说明');
  const en = await runHearth(['policy', '--help'], { environment: { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' } });
  expect(en.out).toContain('say in both languages');
});
