import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type BrokenBuild, brokenBuilds } from './broken-builds.ts';

const root = resolve(import.meta.dirname, '../..');
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

/** Takes the guard out. Throws unless its text stands in the file exactly once, so that a guard that moved is not passed over. */
const takeOut = (folder: string, { name, file, written, without }: BrokenBuild): (() => void) => {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  const parts = source.split(written);
  if (parts.length !== 2) {
    throw new Error(
      `${name}: its text stands ${parts.length - 1} times in ${file}; say in broken-builds.ts where it is`,
    );
  }
  writeFileSync(path, parts.join(without));
  return () => writeFileSync(path, source);
};

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

/** Copies of the source that are worked on at the same time: a fault run keeps one core busy. */
const copiesAtOnce = 2;

const copyTree = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-broken-'));
  for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** Runs, on each broken build, the trials that its guard is for. A build that cannot be run proves nothing and says so. */
export const runBrokenBuilds = async (say: (text: string) => void): Promise<readonly Broken[]> => {
  const waiting = [...brokenBuilds];
  const results: Broken[] = [];
  const work = async (): Promise<void> => {
    const folder = copyTree();
    try {
      for (let build = waiting.shift(); build !== undefined; build = waiting.shift()) {
        const putBack = takeOut(folder, build);
        const result = await runIn(folder, build);
        putBack();
        results.push(result);
        say(`broken build, ${result.name}: ${result.violations} violations in ${result.runs} runs ${result.failure}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: copiesAtOnce }, work));
  return results;
};
