/** Proves that the tests watch the guards: takes each out of a copy of the source, and sees the tests turn red. */
import { parseArgs } from 'node:util';
import { inCopies, shareOut, withoutEach } from '../support/source-copies.ts';
import type { Guard } from './guard.ts';
import { guards } from './guards.ts';
import type { Asked, Seen } from './seen.ts';
import { noteSeenRed, patternOf, seenRed } from './seen-red.ts';
import { type RunTests, withTestsIn } from './tests-in-copies.ts';

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
  'tests/guards/tell-texts.ts',
  'tests/guards/texts-key.ts',
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

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Guards with this in their name. */
    only: { type: 'string', default: '' },
    /** Note which test turned red, to be the first that is run from then on. */
    note: { type: 'boolean', default: false },
  },
});

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

/** What each file's tests show while nothing is taken out. */
const runUntouched = async (
  run: RunTests,
  folders: readonly string[],
  asked: readonly Guard[],
): Promise<ReadonlyMap<string, Seen>> => {
  const seen = new Map<string, Seen>();
  await shareOut(folders, [...new Set(asked.flatMap(({ tests }) => tests))], async (folder, file) => {
    seen.set(file, await run(folder, { files: [file], bail: false }));
  });
  return seen;
};

const untouchedMeasure = (seen: readonly Seen[]): Measure => {
  const failed = seen.flatMap((each) => each.failed);
  const broken = seen.flatMap((each) => each.broken);
  return {
    name: 'nothing taken out',
    value: failed.length,
    unit: 'red tests',
    goal: '0',
    holds: failed.length === 0 && broken.length === 0,
    first: failed[0] ?? broken[0] ?? '',
  };
};

interface Before {
  /** The test that was seen to turn red the last time. */
  readonly red: string | undefined;
  readonly untouched: ReadonlyMap<string, Seen>;
}

/** The test that was seen to turn red the last time, alone; and all that watch the guard where that one does not any more. */
const runWatchers = async (
  run: (asked: Asked) => Promise<Seen>,
  { name, tests }: Guard,
  { red, untouched }: Before,
): Promise<Seen> => {
  if (red !== undefined) {
    const files = tests.filter((file) => untouched.get(file)?.ran.includes(red));
    const seen = files.length === 0 ? undefined : await run({ files, only: patternOf(red), bail: false });
    if (seen !== undefined && seen.failed.length > 0) return seen;
    console.error(`       ${name}: "${red}" does not turn red any more, so all its tests are run`);
  }
  return run({ files: [...tests], bail: true });
};

const main = async ({ json: asJson, only, note }: typeof values): Promise<boolean> => {
  const measures: Measure[] = [];
  // Beside the object that is printed at the end, how far it has got goes to standard error.
  const say = (text: string): void => (asJson ? console.error(text) : console.log(text));
  const asked = guards.filter(({ name }) => name.includes(only));
  if (asked.length === 0) throw new Error(`no guard has "${only}" in its name: see tests/guards`);
  const noted = seenRed();
  await inCopies(copied, (folders) =>
    withTestsIn(folders, async (run) => {
      const untouched = await runUntouched(run, folders, asked);
      const seen = [...untouched.values()];
      const first = untouchedMeasure(seen);
      measures.push(first);
      say(
        `${first.holds ? 'green' : 'RED  '}  nothing taken out: ${seen.flatMap(({ ran }) => ran).length} tests ${first.first}`,
      );
      await withoutEach(folders, asked, async (folder, guard) => {
        const runHere = (what: Asked): Promise<Seen> => run(folder, what);
        const before = { red: noted[guard.name], untouched };
        const measure = measureOf(guard.name, await runWatchers(runHere, guard, before));
        measures.push(measure);
        say(`${measure.holds ? 'red  ' : 'NOT RED'}  without ${guard.name}: ${measure.first}`);
      });
    }),
  );
  if (note) noteSeenRed(new Map(measures.map(({ name, first }) => [name, first])));
  const holds = measures.every((measure) => measure.holds);
  if (asJson) console.log(JSON.stringify({ name: 'guards', holds, measures }, undefined, 2));
  else
    console.log(holds ? 'Every guard is watched by a test.' : 'A guard can be taken out without a test turning red.');
  return holds;
};

process.exitCode = (await main(values)) ? 0 : 1;
