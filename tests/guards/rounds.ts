import { shareOut, withoutEach } from '../support/source-copies.ts';
import type { Guard } from './guard.ts';
import type { Seen } from './seen.ts';
import type { RunTests } from './tests-in-copies.ts';

/** Copies of the source, and how tests are run in each. */
export interface Copies {
  readonly folders: readonly string[];
  readonly run: RunTests;
}

/** A pattern of the names of the tests of a guard that a round runs; undefined: all of them. */
type TestsOf = (guard: Guard) => string | undefined;

const nothing: Seen = { failed: [], broken: [], ran: [] };

/** What the tests of these guards show while nothing is taken out, by the file they stand in. */
const untouchedIn = async (
  { folders, run }: Copies,
  guards: readonly Guard[],
  testsOf: TestsOf,
): Promise<ReadonlyMap<string, Seen>> => {
  const seen = new Map<string, Seen>();
  const files = [...new Set(guards.flatMap(({ tests }) => tests))];
  await shareOut(folders, files, async (folder, file) => {
    const patterns = guards.filter(({ tests }) => tests.includes(file)).map(testsOf);
    const only = patterns.includes(undefined) ? undefined : patterns.join('|');
    seen.set(file, await run(folder, { files: [file], only, bail: false }));
  });
  return seen;
};

/** Who is told what a round shows, as soon as it does: first with nothing taken out, by files, and then without each guard. */
export interface Told {
  readonly untouched: (seen: readonly Seen[]) => void;
  readonly without: (guard: Guard, seen: Seen) => void;
}

/**
 * Runs the tests of these guards, first with nothing taken out and then without each of them: a test that turns red says something of a guard only
 * if it was green before.
 */
export const runRound = async (
  copies: Copies,
  guards: readonly Guard[],
  testsOf: TestsOf,
  told: Told,
): Promise<void> => {
  if (guards.length === 0) return;
  const untouched = await untouchedIn(copies, guards, testsOf);
  told.untouched([...untouched.values()]);
  await withoutEach(copies.folders, guards, async (folder, guard) => {
    const only = testsOf(guard);
    const name = only === undefined ? undefined : new RegExp(only, 'u');
    const files = guard.tests.filter((file) =>
      untouched.get(file)?.ran.some((test) => name === undefined || name.test(test)),
    );
    told.without(
      guard,
      files.length === 0 ? nothing : await copies.run(folder, { files, only, bail: only === undefined }),
    );
  });
};
