import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../../..');
const { name, bin } = z
  .looseObject({ name: z.string(), bin: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

test('`npx hearth` is the own command of the package of that name, and can be executed', () => {
  expect(Object.keys(bin)).toEqual([name]);
  const launcher = join(root, bin[name] ?? '');
  expect(() => accessSync(launcher, constants.X_OK)).not.toThrow();
  expect(readFileSync(launcher, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/u);
});

test.each([
  [['policy', '--help'], 0],
  [['policy', 'frobnicate'], 2],
  [['policy', 'check', join(root, 'examples/drafts/raise-rural-standard.yaml')], 0],
] as const)('%j ends the process with exit code %i', ([...args], exitCode) => {
  const { status } = spawnSync(process.execPath, [join(root, bin[name] ?? ''), ...args], { encoding: 'utf8' });
  expect(status).toBe(exitCode);
});
