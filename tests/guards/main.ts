/** Proves that the tests watch the guards: takes each out of a copy of the source, and sees the tests turn red. */
import { parseArgs } from 'node:util';
import { inCopies } from '../support/source-copies.ts';
import type { Guard } from './guard.ts';
import { guards } from './guards.ts';
import { type Copies, runRound } from './rounds.ts';
import type { Seen } from './seen.ts';
import { noteSeenRed, patternOf, seenRed } from './seen-red.ts';
import { withTestsIn } from './tests-in-copies.ts';

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

/**
 * Each guard's measure. First with the test alone that was seen to turn red the last time; where that one does not any more, or none is
 * noted, with all tests that watch the guard.
 */
const measured = async (
  copies: Copies,
  asked: readonly Guard[],
  say: (text: string) => void,
): Promise<readonly Measure[]> => {
  const noted = seenRed();
  const patternFor = ({ name }: Guard): string | undefined => {
    const test = noted[name];
    return test === undefined ? undefined : patternOf(test);
  };
  const measures: Measure[] = [];
  const seenUntouched: Seen[] = [];
  const untouched = (seen: readonly Seen[]): void => {
    seenUntouched.push(...seen);
    const { holds, first } = untouchedMeasure(seen);
    say(`${holds ? 'green' : 'RED  '}  nothing taken out: ${seen.flatMap(({ ran }) => ran).length} tests ${first}`);
  };
  const settle = ({ name }: Guard, seen: Seen): void => {
    const measure = measureOf(name, seen);
    measures.push(measure);
    say(`${measure.holds ? 'red  ' : 'NOT RED'}  without ${name}: ${measure.first}`);
  };
  const left = asked.filter(({ name }) => noted[name] === undefined);
  const settleOrLeave = (guard: Guard, seen: Seen): void => {
    if (seen.failed.length > 0) settle(guard, seen);
    else {
      left.push(guard);
      say(`       ${guard.name}: "${noted[guard.name]}" does not turn red any more, so all its tests are run`);
    }
  };
  const quick = asked.filter(({ name }) => noted[name] !== undefined);
  await runRound(copies, quick, patternFor, { untouched, without: settleOrLeave });
  await runRound(copies, left, () => undefined, { untouched, without: settle });
  return [untouchedMeasure(seenUntouched), ...measures];
};

const main = async ({ json: asJson, only, note }: typeof values): Promise<boolean> => {
  // Beside the object that is printed at the end, how far it has got goes to standard error.
  const say = (text: string): void => (asJson ? console.error(text) : console.log(text));
  const asked = guards.filter(({ name }) => name.includes(only));
  if (asked.length === 0) throw new Error(`no guard has "${only}" in its name: see tests/guards`);
  const measures = await inCopies(copied, (folders) =>
    withTestsIn(folders, (run) => measured({ folders, run }, asked, say)),
  );
  // Where nothing turned red, what a file said is no test's name, and what was noted before is no longer true.
  if (note) noteSeenRed(new Map(measures.map(({ name, value, first }) => [name, value > 0 ? first : ''])));
  const holds = measures.every((measure) => measure.holds);
  if (asJson) console.log(JSON.stringify({ name: 'guards', holds, measures }, undefined, 2));
  else
    console.log(holds ? 'Every guard is watched by a test.' : 'A guard can be taken out without a test turning red.');
  return holds;
};

process.exitCode = (await main(values)) ? 0 : 1;
