/** Proves that the tests watch the rules: changes domain/eligibility in one place at a time, and sees a test turn red. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { atLeast, type Measure, print, told } from '../../bench/report.ts';
import options from './stryker.config.ts';

const root = resolve(import.meta.dirname, '../..');
const reportFile = resolve(root, options.jsonReporter.fileName);
const usage = 'Usage: npm run test:mutation -- [--json] [--mutate domain/eligibility/FILE.ts[,...]]';

const Mutant = z.looseObject({
  mutatorName: z.string(),
  replacement: z.string().optional(),
  status: z.enum(['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError', 'CompileError', 'Ignored', 'Pending']),
  location: z.looseObject({ start: z.looseObject({ line: z.int(), column: z.int() }) }),
});
type Mutant = z.infer<typeof Mutant>;
const MutationReport = z.looseObject({
  files: z.record(z.string(), z.looseObject({ mutants: z.array(Mutant) })),
});

const runStryker = async (mutate: string | undefined): Promise<void> => {
  // A report of an earlier run must not be taken for this one's.
  rmSync(reportFile, { force: true });
  const stryker = resolve(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const config = relative(root, resolve(import.meta.dirname, 'stryker.config.ts'));
  const args = ['run', config, ...(mutate === undefined ? [] : ['--mutate', mutate])];
  // Both of its streams are progress: the report alone is this program's answer.
  const child = spawn(process.execPath, [stryker, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  await new Promise((done) => child.once('exit', done));
};

const count = (mutants: readonly Mutant[], ...statuses: readonly Mutant['status'][]): number =>
  mutants.filter(({ status }) => statuses.includes(status)).length;

/**
 * Killed of all that could be, in per cent with two digits, as Stryker counts: one that no test reaches is not killed, and one with
 * which no test file can be loaded says nothing of the tests.
 */
const scoreOf = (mutants: readonly Mutant[]): number => {
  const killed = count(mutants, 'Killed', 'Timeout');
  const valid = killed + count(mutants, 'Survived', 'NoCoverage');
  return valid === 0 ? 0 : Math.floor((killed / valid) * 10_000) / 100;
};

const measuresOf = (files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>): Measure[] => {
  const all = Object.values(files).flatMap(({ mutants }) => mutants);
  return [
    atLeast('mutation score', scoreOf(all), 'per cent', options.thresholds.break),
    told('killed', count(all, 'Killed'), 'mutants'),
    told('timed out', count(all, 'Timeout'), 'mutants'),
    told('survived', count(all, 'Survived'), 'mutants'),
    told('not covered', count(all, 'NoCoverage'), 'mutants'),
    told('not to be loaded', count(all, 'RuntimeError'), 'mutants'),
    ...Object.entries(files).map(([file, { mutants }]) => told(file, scoreOf(mutants), 'per cent')),
  ];
};

const tellSurvivors = (file: string, mutants: readonly Mutant[]): void => {
  for (const { status, location, mutatorName, replacement } of mutants) {
    if (status === 'Killed' || status === 'Ignored') continue;
    const { line, column } = location.start;
    console.error(`${status} ${file}:${line}:${column} ${mutatorName} ${(replacement ?? '').replaceAll(/\s+/gu, ' ')}`);
  }
};

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, mutate: { type: 'string' } } });
await runStryker(values.mutate);
const written = (() => {
  try {
    return readFileSync(reportFile, 'utf8');
  } catch (error) {
    throw new Error(`Stryker wrote no report, for the reason above. ${usage}`, { cause: error });
  }
})();
const { files } = MutationReport.parse(JSON.parse(written));
for (const [file, { mutants }] of Object.entries(files)) tellSurvivors(file, mutants);
process.exitCode = print({ name: 'mutation', measures: measuresOf(files) }, values.json) ? 0 : 1;
