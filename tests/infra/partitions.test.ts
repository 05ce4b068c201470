import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referenced, resourcesOf, root, statementsOf, synthesize } from './synthesize.ts';

/** Written so that this file does not hold what it looks for. */
const literal = ['arn', 'aws', ''].join(':');

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const holding = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => readFileSync(path, 'utf8').includes(literal));

test.each([
  ['the partition aws', { region: 'eu-central-1' }],
  ['the partition aws-cn', { region: 'cn-north-1', account: '123456789012' }],
  ['any partition', {}],
] as const)('the templates for %s name no partition by hand', (_, where) => {
  const { folder } = synthesize(where);
  expect(holding(filesBelow(folder).filter((path) => path.endsWith('.template.json')))).toEqual([]);
});

test.each(['infra', 'functions', 'adapters', 'contracts', 'state-machines'])(
  '%s/ names no partition by hand',
  (folder) => {
    expect(holding(filesBelow(join(root, folder)))).toEqual([]);
  },
);

test('event source mappings have no tags, which the regions of China refuse, and what else can have them has', () => {
  const { stateless } = synthesize({ region: 'cn-north-1' });
  const taggedOf = (type: string): readonly boolean[] =>
    [...resourcesOf(stateless, type).values()].map(({ Properties }) => Properties['Tags'] !== undefined);
  expect(new Set(taggedOf('AWS::Lambda::EventSourceMapping'))).toEqual(new Set([false]));
  expect(new Set(taggedOf('AWS::Lambda::Function'))).toEqual(new Set([true]));
});

test('in China functions are not traced, and none may send traces', () => {
  const { stateless } = synthesize({ region: 'cn-northwest-1' });
  const functions = [...resourcesOf(stateless, 'AWS::Lambda::Function').values()].map(({ Properties }) => Properties);
  expect(functions.filter(({ TracingConfig }) => TracingConfig !== undefined)).toEqual([]);
  const statements = statementsOf(stateless);
  const granted = functions.flatMap(({ Role }) => statements.get(referenced(Role)) ?? []);
  expect(granted.flatMap(({ Action }) => Action).filter((action) => action.startsWith('xray:'))).toEqual([]);
});
