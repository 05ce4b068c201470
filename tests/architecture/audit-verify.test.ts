import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..', '..', 'cli', 'audit', 'verify');

test('what verifies the audit shares no code with what writes it, so that it can disagree', () => {
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const imports = [...readFileSync(join(folder, file), 'utf8').matchAll(/^(?:import|export)[^'"]*from '([^']+)'/gmu)];
    // Besides Node, zod and its own files: the type of a text in two languages, and what makes one.
    const foreign = imports
      .map(([, name = '']) => name)
      .filter((name) => !/^(?:node:|zod$|\.\/)/u.test(name))
      .filter((name) => !['../../language.ts', '../../../contracts/problems.ts'].includes(name));
    expect([file, foreign]).toEqual([file, []]);
  }
});
