import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guards } from '../guards/guards.ts';

const root = join(import.meta.dirname, '../..');

test('every guard that can be taken out stands once where it is said to stand', () => {
  const astray = guards.flatMap(({ name, file, written }) => {
    const path = join(root, file);
    const times = existsSync(path) ? readFileSync(path, 'utf8').split(written).length - 1 : 0;
    return times === 1 ? [] : [`${name}: ${times} times in ${file}`];
  });
  expect(astray).toEqual([]);
  expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length);
});
