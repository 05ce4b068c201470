import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * The linters are guards as well, and one of them rests on a second program that reads the types. If an update silenced it, nothing
 * else would be red; so each rule that carries a promise of the house is seen here to fire, under the real configuration.
 */
const root = join(import.meta.dirname, '../..');
let folder: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const run = (tool: string, ...options: string[]): string => {
  const { stdout, stderr, error } = spawnSync(join(root, 'node_modules/.bin', tool), options, {
    cwd: folder,
    encoding: 'utf8',
  });
  if (error) throw error;
  return `${stdout}${stderr}`;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-linters-'));
  for (const file of ['biome.json', '.oxlintrc.json']) copyFileSync(join(root, file), join(folder, file));
  write(
    'tsconfig.json',
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
      include: ['.'],
    }),
  );
  write('package.json', '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('type-aware oxlint', () => {
  test.for([
    ['no-floating-promises', 'Promise.resolve(1);'],
    ['no-misused-promises', 'setTimeout(async () => Promise.resolve(), 1);'],
    ['switch-exhaustiveness-check', `declare const x: 'a' | 'b';\nswitch (x) {\n  case 'a':\n}`],
    ['no-unsafe-assignment', `const x = JSON.parse('1');`],
    ['no-unsafe-member-access', `JSON.parse('{}').x;`],
    ['no-unsafe-return', `const x = (): string => JSON.parse('1');`],
    ['no-unsafe-argument', `Number.parseInt(JSON.parse('1'), 10);`],
    ['consistent-type-assertions', `const x: unknown = 1;\nconst y = x as number;`],
  ] as const)('%s is reported in a source file', ([rule, code]) => {
    write('domain/probe.ts', `${code}\nexport {};\n`);
    expect(run('oxlint', '--format=unix', 'domain')).toContain(`typescript(${rule})`);
  });

  test('const assertions and satisfies are no casts, and a test may cast', () => {
    write('domain/probe.ts', `export const x = { a: 1 } as const satisfies Record<string, number>;\n`);
    write('tests/probe.ts', `const x: unknown = 1;\nexport const y = x as number;\n`);
    expect(run('oxlint', '--format=unix', 'domain', 'tests')).not.toContain('typescript(');
  });
});

describe('Biome', () => {
  test.for([
    ['noExplicitAny', 'export const x: any = 1;'],
    ['noDefaultExport', 'export default 1;'],
    ['noBarrelFile', `export { x } from './x.ts';`],
    ['noConsole', 'console.log(1);'],
    ['noEnum', 'export enum X {\n  A,\n}'],
    ['noNonNullAssertion', 'export const x = (y?: { z: 1 }) => y!.z;'],
    ['useImportExtensions', `import { x } from './probe';\nexport const y = x;`],
  ] as const)('%s is reported in a source file', ([rule, code]) => {
    write('domain/probe.ts', `${code}\n`);
    expect(run('biome', 'lint', '--vcs-enabled=false', 'domain')).toContain(`/${rule} `);
  });

  test.for([
    ['noFocusedTests', `import { test } from 'vitest';\ntest.only('x', () => {});`],
    ['noSkippedTests', `import { test } from 'vitest';\ntest.skip('x', () => {});`],
  ] as const)('%s is reported in a test', ([rule, code]) => {
    write('tests/unit/probe.test.ts', `${code}\n`);
    expect(run('biome', 'lint', '--vcs-enabled=false', 'tests')).toContain(`/${rule} `);
  });
});
