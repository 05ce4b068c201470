/** Proves that the tests watch the guards: takes each out of a copy of the source, and sees the tests turn red. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { inCopy, withoutEach } from '../support/source-copies.ts';
import type { Guard } from './guard.ts';
import { guards } from './guards.ts';
import { noteSeenRed, patternOf, seenRed } from './seen-red.ts';

const root = resolve(import.meta.dirname, '../..');
/** What the tests of store and use cases need to run. */
const copied = [
  'adapters',
  'contracts',
  'domain',
  'functions',
  'local',
  'policies',
  'synthetic',
  'cli',
  'tests/integration/audit',
  'tests/integration/store',
  'tests/integration/synthetic',
  'tests/integration/use-cases',
  'tests/loop',
  'tests/support',
  'tests/unit/access',
  'tests/unit/assistance',
  'tests/unit/cli',
  'tests/unit/domain',
  'tests/unit/feeds',
  'tests/unit/http',
  'tests/unit/local',
  'tests/unit/seed',
  'tests/unit/store',
  'tests/unit/webhooks',
  'docs/access.md',
  'docs/openapi.json',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

const Report = z.looseObject({
  numTotalTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.looseObject({
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.looseObject({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Guards with this in their name. */
    only: { type: 'string', default: '' },
    /** Note which test turned red, to be the first that is run from then on. */
    note: { type: 'boolean', default: false },
  },
});

interface Seen {
  /** Names of the tests that failed. */
  failed: readonly string[];
  /** What files said that could not even be loaded: it proves nothing about a guard. */
  broken: readonly string[];
  ran: number;
}

const runTests = async (
  folder: string,
  tests: readonly string[],
  { bail, only }: { readonly bail: boolean; readonly only?: string | undefined },
): Promise<Seen> => {
  const file = join(folder, 'report.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [
    'run',
    '--project',
    'integration',
    '--project',
    'unit',
    '--reporter=json',
    `--outputFile=${file}`,
    ...tests,
    ...(bail ? ['--bail', '1'] : []),
    ...(only === undefined ? [] : ['--testNamePattern', patternOf(only)]),
  ];
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: folder,
    stdio: 'ignore',
  });
  await new Promise((done) => child.once('exit', done));
  const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  const assertions = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    failed: assertions.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    broken: report.testResults
      .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
      .map(({ message }) => message),
    ran: assertions.filter(({ status }) => status === 'passed' || status === 'failed').length,
  };
};

interface Measure {
  name: string;
  value: number;
  unit: string;
  goal: string;
  holds: boolean;
  first: string;
}

const measureOf = (name: string, { failed, broken }: Seen): Measure => ({
  name,
  value: failed.length,
  unit: 'red tests',
  goal: '>= 1',
  holds: failed.length > 0,
  first: failed[0] ?? broken[0] ?? '',
});

/** The test that was seen to turn red the last time, alone; and all that watch the guard where that one does not any more. */
const runWatchers = async (folder: string, { name, tests }: Guard, before: string | undefined): Promise<Seen> => {
  if (before !== undefined) {
    const seen = await runTests(folder, tests, { bail: true, only: before });
    if (seen.failed.length > 0) return seen;
    console.error(`       ${name}: "${before}" does not turn red any more, so all its tests are run`);
  }
  return runTests(folder, tests, { bail: true });
};

const main = async ({ json: asJson, only, note }: typeof values): Promise<boolean> => {
  const measures: Measure[] = [];
  // Beside the object that is printed at the end, how far it has got goes to standard error.
  const say = (text: string): void => (asJson ? console.error(text) : console.log(text));
  const asked = guards.filter(({ name }) => name.includes(only));
  if (asked.length === 0) throw new Error(`no guard has "${only}" in its name: see tests/guards`);
  const every = [...new Set(asked.flatMap(({ tests }) => tests))];
  const untouched = await inCopy(copied, (folder) => runTests(folder, every, { bail: false }));
  const green = untouched.failed.length === 0 && untouched.broken.length === 0;
  measures.push({
    name: 'nothing taken out',
    value: untouched.failed.length,
    unit: 'red tests',
    goal: '0',
    holds: green,
    first: untouched.failed[0] ?? untouched.broken[0] ?? '',
  });
  say(`${green ? 'green' : 'RED  '}  nothing taken out: ${untouched.ran} tests ${untouched.failed[0] ?? ''}`);
  const before = seenRed();
  await withoutEach(copied, asked, async (folder, guard) => {
    const measure = measureOf(guard.name, await runWatchers(folder, guard, before[guard.name]));
    measures.push(measure);
    say(`${measure.holds ? 'red  ' : 'NOT RED'}  without ${guard.name}: ${measure.first}`);
  });
  if (note) noteSeenRed(new Map(measures.map(({ name, first }) => [name, first])));
  const holds = measures.every((measure) => measure.holds);
  if (asJson) console.log(JSON.stringify({ name: 'guards', holds, measures }, undefined, 2));
  else
    console.log(holds ? 'Every guard is watched by a test.' : 'A guard can be taken out without a test turning red.');
  return holds;
};

process.exitCode = (await main(values)) ? 0 : 1;
