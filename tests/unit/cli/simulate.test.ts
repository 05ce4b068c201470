import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeInstance, startFakeInstance } from './fake-instance.ts';
import { changeLines, fakePolicies, type World } from './fake-policies.ts';
import { type Given, runHearth } from './fake-terminal.ts';

const example = join(import.meta.dirname, '../../../examples/drafts/raise-rural-standard.yaml');
let world: World;
let instance: FakeInstance;
let file: string;
beforeEach(async () => {
  world = { changes: changeLines(45), looks: 4, ends: 'done', waits: false, warnings: [] };
  instance = await startFakeInstance(fakePolicies(world).behaviour);
  file = join(instance.data, 'draft.yaml');
  copyFileSync(example, file);
});
afterEach(() => instance.stop());
const simulate = (args: readonly string[] = [], given: Given = {}, target = file) =>
  runHearth(['policy', 'simulate', target, '--data', instance.data, ...args], given);
const posts = (path: RegExp) => instance.received.filter((one) => one.method === 'POST' && path.test(one.path));
const hashIn = (out: string): string => /--simulation ([0-9a-f]{64})/u.exec(out)?.[1] ?? '';

test('a draft is handed in with money in fen, simulated, and told by tier with yearly cost in yuan', async () => {
  const { out, err, exitCode } = await simulate();
  expect(exitCode).toBe(0);
  expect(posts(/^\/policies$/u)[0]?.body).toMatchObject({
    version: 'shanxi-2026.2',
    changes: { standards: expect.arrayContaining([expect.objectContaining({ division: '14', settlement: 'rural' })]) },
  });
  expect(JSON.stringify(posts(/^\/policies$/u)[0]?.body)).toContain('51584');
  expect(out).toMatch(/minimum living allowance +1,200 +1,205 +\+5 +3,456,789\.00 +3,612,345\.00 +\+155,556\.00/u);
  expect(out).toMatch(/Total +2,000 +2,000 +0 +3,456,789\.00 +3,612,345\.00 +\+155,556\.00/u);
  expect(out).toContain('Of 2,000 households 45 change: 5 enter, 0 leave, 0 change tier, 40 change amount');
  expect(err).toMatch(/Simulating \d\/8 .*households read/u);
  expect(hashIn(out)).not.toBe('');
});

test('the same in Chinese', async () => {
  const { out, err } = await simulate(['--language', 'zh']);
  expect(out).toMatch(/最低生活保障 +1,200 +1,205 +\+5/u);
  expect(out).toContain('共2,000户，其中45户有变化：纳入5户');
  expect(out).toContain('名单（前20户，共45户；--list all 列出全部）');
  expect(err).toContain('测算');
  expect(instance.received.every(({ language }) => language === 'zh')).toBe(true);
});

test('the named list has twenty lines, with the reason of each', async () => {
  const { out } = await simulate();
  expect(out.match(/hh_0/gu)).toHaveLength(20);
  expect(out).toContain('Named list (first 20 of 45; --list all for everything)');
  expect(out).toMatch(
    /hh_0+ +140922 五台县 +enters +marginal household → minimum living allowance +0\.00 → 10\.50 +minimum living allowance, income per head: fail → pass, 496\.00 → 515\.84/u,
  );
  expect(out).toMatch(
    /changes amount +minimum living allowance +200\.00 → 1,239\.84 +minimum living allowance, income per head: 496\.00 → 515\.84/u,
  );
});

test.each([
  ['all', 45],
  ['7', 7],
  ['0', 0],
])('--list %s prints %i lines', async (list, lines) => {
  expect((await simulate(['--list', list])).out.match(/hh_0/gu) ?? []).toHaveLength(lines);
});

test('--by county adds each county', async () => {
  expect((await simulate()).out).not.toMatch(/140922 五台县 +marginal household +800/u);
  expect((await simulate(['--by', 'county'])).out).toMatch(/140922 五台县 +marginal household +800 +795 +-5/u);
});

test('what a reader must not overlook is told', async () => {
  world.warnings = ['some cannot be decided'];
  expect((await simulate()).out).toContain('Note: some cannot be decided');
});

test('--json is one object, with progress on standard error', async () => {
  const { object, err } = await simulate(['--json', '--list', 'all']);
  const { simulation, changes, activate } = object() as {
    simulation: { result: { hash: string } };
    changes: unknown[];
    activate: string;
  };
  expect(changes).toHaveLength(45);
  expect(activate).toContain(simulation.result.hash);
  expect(err).toContain('Simulating');
});

test('the same draft again is the same version and shows the same simulation', async () => {
  const first = await simulate();
  const second = await simulate();
  expect(hashIn(second.out)).toBe(hashIn(first.out));
  expect(posts(/^\/policies$/u)).toHaveLength(1);
  expect(posts(/simulations$/u)).toHaveLength(1);
});

test('--again simulates anew', async () => {
  const first = await simulate();
  const second = await simulate(['--again']);
  expect(second.exitCode).toBe(0);
  expect(hashIn(second.out)).not.toBe(hashIn(first.out));
});

test('a version at the instance is simulated by its name', async () => {
  await simulate();
  expect((await simulate([], {}, 'shanxi-2026.2')).exitCode).toBe(0);
  const unknown = await simulate([], {}, 'shanxi-2031.1');
  expect(unknown.exitCode).toBe(2);
  expect(unknown.err).toContain('neither a file here nor a version');
});

test('another content under the same version is refused with what differs', async () => {
  await simulate();
  writeFileSync(file, readFileSync(example, 'utf8').replace('value: 515.84', 'value: 520'));
  const { err, exitCode } = await simulate();
  expect(exitCode).toBe(1);
  expect(err).toContain('changes.standards.0.values.0.value: 51584 → 52000');
  expect(err).toContain('new version');
  expect(posts(/simulations$/u)).toHaveLength(1);
});

test('a draft with a fault is not handed in', async () => {
  writeFileSync(file, readFileSync(example, 'utf8').replace('summary:', 'sumary:'));
  const { err, exitCode } = await simulate();
  expect(exitCode).toBe(1);
  expect(err).toMatch(/draft\.yaml:\d+:1 {2}sumary: /u);
  expect(instance.received).toHaveLength(0);
});

test('interrupted, it says how to go on; again, it goes on with the same simulation', async () => {
  const interrupted = await simulate([], {
    watch: (line, interrupt) => {
      if (line.startsWith('Simulating')) interrupt();
    },
  });
  expect(interrupted.exitCode).toBe(130);
  expect(interrupted.err).toContain('same command again');
  expect((await simulate()).exitCode).toBe(0);
  const keys = posts(/simulations$/u).map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test('a simulation that failed is told, and the next one is another', async () => {
  world.ends = 'failed';
  const failed = await simulate();
  expect(failed.exitCode).toBe(1);
  expect(failed.err).toContain('The run has failed');
  world.ends = 'done';
  expect((await simulate()).exitCode).toBe(0);
});

test.each([
  ['--list', 'many'],
  ['--list', '-1'],
  ['--by', 'household'],
])('%s %s is a wrong use', async (option, value) => {
  const { err, exitCode } = await simulate([option, value]);
  expect(exitCode).toBe(2);
  expect(err).toContain(option);
});
