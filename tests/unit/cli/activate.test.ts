import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeInstance, startFakeInstance } from './fake-instance.ts';
import { changeLines, fakePolicies, type World } from './fake-policies.ts';
import { type Given, runHearth } from './fake-terminal.ts';

const example = join(import.meta.dirname, '../../../examples/drafts/raise-rural-standard.yaml');
const version = 'shanxi-2026.2';
let world: World;
let instance: FakeInstance;
let hash: string;
beforeEach(async () => {
  world = { changes: changeLines(40), looks: 3, ends: 'done', waits: false, warnings: [] };
  instance = await startFakeInstance(fakePolicies(world).behaviour);
  const { out } = await runHearth(['policy', 'simulate', example, '--data', instance.data]);
  hash = /--simulation ([0-9a-f]{64})/u.exec(out)?.[1] ?? '';
});
afterEach(() => instance.stop());
const hearth = (args: readonly string[], given: Given = {}) =>
  runHearth(['policy', ...args, '--data', instance.data], given);
const activate = (args: readonly string[], given: Given = {}) =>
  hearth(['activate', version, '--simulation', hash, ...args], given);
const activations = () =>
  instance.received.filter(({ method, path }) => method === 'POST' && path.endsWith('/activations'));

test('it shows what will happen, asks, re-decides, and says how it ended', async () => {
  const { out, err, exitCode } = await activate([], { answers: ['yes'] });
  expect(exitCode).toBe(0);
  expect(err).toContain('In force from 2026-03-01 on.');
  expect(err).toContain('40 households will be decided anew (4 enter, 0 leave, 0 change tier, 36 change amount)');
  expect(err).toContain('Activate it? (yes/no)');
  expect(out).toContain('shanxi-2026.2 is in force from 2026-03-01 on');
  expect(out).toContain(
    'decided anew: 30 in force, 6 awaiting a check, 4 awaiting an application, 2 cannot be decided',
  );
  expect(activations()[0]).toMatchObject({
    body: { simulationHash: hash, activeFrom: '2026-03-01' },
    client: 'administrator',
  });
});

test('in Chinese the answer may be Chinese, too', async () => {
  const { out, err, exitCode } = await activate(['--language', 'zh'], { answers: ['是'] });
  expect(exitCode).toBe(0);
  expect(err).toContain('确认启用？');
  expect(out).toContain('自 2026-03-01 起施行');
});

test.each([['no'], [''], ['yesterday']])('the answer "%s" changes nothing', async (answer) => {
  const { err, exitCode } = await activate([], { answers: [answer] });
  expect(exitCode).toBe(1);
  expect(err).toContain('Nothing was changed');
  expect(activations()).toHaveLength(0);
});

test('where nobody can be asked, --yes is needed', async () => {
  const refused = await activate([]);
  expect(refused.exitCode).toBe(2);
  expect(refused.err).toContain('--yes');
  expect(activations()).toHaveLength(0);
  expect((await activate(['--yes'])).exitCode).toBe(0);
});

test('an activation for a later day is accepted, and not waited for', async () => {
  world.looks = 10_000;
  world.waits = true;
  const { out, exitCode } = await activate(['--yes', '--from', '2099-01-01']);
  expect(exitCode).toBe(0);
  expect(out).toContain('Accepted: on 2099-01-01 the roster is compared again');
  expect((await activate(['--yes', '--from', '2099-01-01', '--language', 'zh'])).out).toContain('已受理');
});

test('the first day may be chosen', async () => {
  await activate(['--yes', '--from', '2027-02-01']);
  expect(activations()[0]?.body).toMatchObject({ activeFrom: '2027-02-01' });
});

test('a roster that has moved too far is a refusal that says what moved', async () => {
  world.ends = 'roster-moved';
  const { err, exitCode } = await activate(['--yes']);
  expect(exitCode).toBe(1);
  expect(err).toContain('It was not activated: the roster has moved');
  expect(err).toContain(
    'The simulated list has 40 households, the present one 44: 4 new, 0 gone, 1 with another change; 12.5 % moved, 1 % allowed.',
  );
  expect(err).toContain('simulate again');
});

test('the hash of another simulation is refused as the instance words it', async () => {
  const { err, exitCode } = await hearth([
    'activate',
    version,
    '--simulation',
    'a'.repeat(64),
    '--yes',
    '--language',
    'zh',
  ]);
  expect(exitCode).toBe(1);
  expect(err).toContain('所给 hash 不是最新一次测算的');
});

test('who drafted it may not activate it, and is told the role', async () => {
  const { err, exitCode } = await activate([
    '--yes',
    '--client-id',
    'provincial',
    '--client-secret',
    'secret of provincial',
  ]);
  expect(exitCode).toBe(1);
  expect(err).toContain('Whoever drafted a version may not activate it.');
  expect(err).toMatch(/one of the roles administrator, provincial/u);
});

test.each([
  [['--simulation', 'abc'], '64 hexadecimal digits'],
  [['--simulation', 'a'.repeat(64), '--from', '2027-02-30'], '2027-02-30'],
  [[], '--simulation'],
] as const)('%j is a wrong use', async ([...args], named) => {
  const { err, exitCode } = await hearth(['activate', version, '--yes', ...args]);
  expect(exitCode).toBe(2);
  expect(err).toContain(named);
  expect(activations()).toHaveLength(0);
});

test('a version nobody knows is a wrong use', async () => {
  const { err, exitCode } = await hearth(['activate', 'shanxi-2031.1', '--simulation', hash, '--yes']);
  expect(exitCode).toBe(2);
  expect(err).toContain('shanxi-2031.1');
});

test('the list has every version, from all pages', async () => {
  const { out } = await hearth(['list']);
  expect(out).toMatch(/shanxi-2026\.2 +simulated +shanxi-2026\.1 +2026-03-01 +2026-03-01 +40 +– +The rural allowance/u);
  expect((await hearth(['list', '--language', 'zh'])).out).toContain('已测算');
  const { object } = await hearth(['list', '--json']);
  expect(object()).toMatchObject({ ok: true, policies: [{ version, state: 'simulated' }] });
});

test('a version is withdrawn once it is confirmed', async () => {
  expect((await hearth(['withdraw', version])).exitCode).toBe(2);
  expect((await hearth(['withdraw', version], { answers: ['no'] })).exitCode).toBe(1);
  expect((await hearth(['list'])).out).toContain('simulated');
  const { out, exitCode } = await hearth(['withdraw', version, '--yes']);
  expect({ out, exitCode }).toEqual({ out: 'shanxi-2026.2 is withdrawn', exitCode: 0 });
  expect((await hearth(['list'])).out).toContain('withdrawn');
});
