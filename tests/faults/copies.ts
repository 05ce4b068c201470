import { spawn } from 'node:child_process';
import { z } from 'zod';
import { inCopies, withoutEach } from '../support/source-copies.ts';
import { type BrokenBuild, brokenBuilds } from './broken-builds.ts';

/** What a fault run needs. */
const copied = [
  ...['adapters', 'contracts', 'demo', 'domain', 'functions', 'local', 'policies', 'state-machines', 'synthetic'],
  ...[
    'bench/report.ts',
    'tests/faults',
    'tests/support',
    'tests/end-to-end/running-platform.ts',
    'package.json',
    'tsconfig.json',
  ],
];
const Report = z.looseObject({ measures: z.array(z.looseObject({ name: z.string(), value: z.number() })) });

export interface Broken {
  readonly name: string;
  readonly runs: number;
  readonly violations: number;
  /** What it said, when it could not even be run. */
  readonly failure: string;
}

const runIn = async (folder: string, { name, only }: BrokenBuild): Promise<Broken> => {
  const given = ['tests/faults/main.ts', '--only', only, '--worlds', '1', '--json'];
  const child = spawn(process.execPath, given, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  await new Promise((done) => child.once('close', done));
  const report = Report.safeParse(output.startsWith('{') ? JSON.parse(output) : undefined);
  const measured = (measure: string): number => report.data?.measures.find((each) => each.name === measure)?.value ?? 0;
  return {
    name,
    runs: measured('runs'),
    violations: measured('violations'),
    failure: report.success ? '' : errors.slice(-500),
  };
};

/** Runs, on each broken build, the trials that its guard is for. A build that cannot be run proves nothing and says so. */
export const runBrokenBuilds = async (say: (text: string) => void): Promise<readonly Broken[]> => {
  const results: Broken[] = [];
  const runEach = async (folder: string, build: BrokenBuild): Promise<void> => {
    const result = await runIn(folder, build);
    results.push(result);
    say(`broken build, ${result.name}: ${result.violations} violations in ${result.runs} runs ${result.failure}`);
  };
  await inCopies(copied, (folders) => withoutEach(folders, brokenBuilds, runEach));
  return results;
};
