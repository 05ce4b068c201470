import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { functionNames, identityFunctions } from '../../contracts/environment.ts';
import { isHandler } from './layers.ts';
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
import { readSourceTree } from './source-file.ts';

const root = join(import.meta.dirname, '../..');
const files = readSourceTree(root);
const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

describe('the source tree keeps the rules of the house', () => {
  test('the files were found', () => {
    const folders = new Set(files.map(({ path }) => path.split('/')[0]));
    expect([...folders]).toEqual(expect.arrayContaining(['adapters', 'contracts', 'domain', 'policies', 'tests']));
  });

  test.for([
    ['every folder with source is a layer of the design', unknownFolders],
    ['imports follow the arrows between the layers', forbiddenArrows],
    ['packages stay in the layers that may know them', forbiddenPackages],
    ['the pure layers know neither clock nor chance, and only wiring reads the environment', impureUses],
    ['no file imports itself through others', cycles],
    ['every export has a name', defaultExports],
    ['files and handlers stay within their line budget', longFiles],
    ['folders and files are named after what they hold', emptyFolderNames],
  ] as const)('%s', ([, rule]) => {
    expect(rule(files)).toEqual([]);
  });

  test('what is deployed needs no development package', () => {
    expect(unfitForDeployment(files, Object.keys(dependencies))).toEqual([]);
  });

  test('the folders with a handler are the functions of the platform', () => {
    const handlers = files
      .filter(({ path }) => isHandler(path))
      .map(({ path }) => path.slice('functions/'.length, -'/handler.ts'.length));
    expect(handlers.toSorted()).toEqual([...Object.values(functionNames).flat(), ...identityFunctions].toSorted());
  });
});
