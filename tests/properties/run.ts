import { countCoverage } from './coverage.ts';
import { type Case, caseAt } from './generated-household.ts';
import type { Paths } from './paths.ts';
import { type PropertyName, propertyNames, type Violation, violationsOf } from './properties.ts';
import { smallest, type Told, toldOf } from './smallest.ts';

/** The households of a seed that one process checks: rows of them, every so many. */
export interface Part {
  readonly seed: string;
  readonly households: number;
  readonly part: number;
  readonly parts: number;
}

/** A violation with the household it was seen on, made as small as it still shows it. */
export interface Seen extends Violation {
  readonly index: number;
  readonly household: Told;
}

/** What a run found. */
export interface Tally {
  readonly households: number;
  readonly violations: Readonly<Record<PropertyName, number>>;
  readonly first: readonly Seen[];
  readonly counts: Readonly<Record<string, number>>;
}

/** So many households in a row go to one process, as they share a day; see generated-household.ts. */
const row = 250;
/** Of one property so many violations are told in full; all are counted. */
const toldOfEach = 2;

/** How often something is told of how far a run has come. */
const perWord = 500;

const seenIn = (made: Case, violation: Violation, paths: Paths): Seen => {
  const breaks = (other: Case): boolean =>
    violationsOf(other, paths, { count: () => undefined }).some(({ property }) => property === violation.property);
  return { ...violation, index: made.index, household: toldOf(smallest(made, breaks)) };
};

/** Checks every household of a part. */
export const runPart = (
  { seed, households, part, parts }: Part,
  paths: Paths,
  progress: (done: number) => void,
): Tally => {
  const counts: Record<string, number> = {};
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const violations: Record<string, number> = {};
  const first: Seen[] = [];
  let done = 0;
  for (let index = part * row; index < households; index += index % row === row - 1 ? row * (parts - 1) + 1 : 1) {
    const made = caseAt(seed, index);
    for (const violation of violationsOf(made, paths, { made: countCoverage, count })) {
      const before = violations[violation.property] ?? 0;
      violations[violation.property] = before + 1;
      if (before < toldOfEach) first.push(seenIn(made, violation, paths));
    }
    done += 1;
    if (done % perWord === 0) progress(done);
  }
  progress(done);
  const ofAll = propertyNames.map((name) => [name, violations[name] ?? 0] as const);
  return { households: done, violations: Object.fromEntries(ofAll) as Tally['violations'], first, counts };
};
