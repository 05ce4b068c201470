import { type Known, readingIn } from '../facts/readings.ts';
import type { TestInput, TestLine, TestThreshold } from './evaluation.ts';
import type { Income } from './income.ts';
import type { Counted, Situation } from './situation.ts';

/** What a reader of a trace is told about a finding beside the finding itself: found only when somebody reads. */
export interface Description {
  readonly comparison: TestLine['comparison'];
  readonly citation: string;
  readonly threshold: TestThreshold | null;
  /** Sums, counts and parameters that the test used beside the facts. */
  readonly also: readonly TestInput[];
}

/**
 * One kind of test. A test finds (a result and the numbers it rests on) for every household there is; it describes itself, with
 * parameters and citations, only for those whose trace is read. `passes` says on which side of its line a household passes.
 */
export interface TestKind {
  readonly code: string;
  readonly tier: TestLine['tier'];
  readonly unit: string;
  /** The value that would turn the result: its name, and on which side of the line the test passes. */
  readonly turns: { readonly name: string; readonly passes: 'below' | 'above' } | null;
  /** What a failed test without a number would need: a condition that becomes something else. */
  readonly becomes?: { readonly name: string; readonly becomes: string };
  readonly describe: (situation: Situation, finding: Finding) => Description;
  /** The slot of the one fact about the household that the test looks at, where its findings are the same for many households. */
  readonly slot?: number;
}

/** What one test found about one household or member: the lean half of a line of the trace. */
export interface Finding {
  readonly test: TestKind;
  /** Null when the test is about the household. */
  readonly about: Counted | null;
  readonly result: TestLine['result'];
  readonly measured: number | string | null;
  /** What was measured against; null where there is no such value. */
  readonly limit: number | null;
  /** Limit minus measured value, in the unit of the test. */
  readonly distance: number | null;
  /** The first value on the other side of the line. */
  readonly turning: number | null;
  /** Facts the test used; empty where the test has a slot (see `factsBehind`). */
  readonly facts: readonly Known[];
  /** The income that was measured, where one was. */
  readonly income: Income | null;
  /** Why the result is unknown; empty when it is not. */
  readonly causes: readonly string[];
}

const none: readonly never[] = [];

/** The facts a finding about a household rests on: its own, or the one in the slot its test looks at. */
export const factsBehind = (finding: Finding, { home }: Situation): readonly Known[] => {
  const { slot } = finding.test;
  if (slot === undefined) return finding.facts;
  const read = readingIn(home, slot);
  return read.known ? [read] : none;
};

/** A finding that rests on nothing that could be measured. */
export const unmeasured = (
  test: TestKind,
  about: Counted | null,
  result: Finding['result'],
  {
    limit = null,
    facts = none,
    causes = none,
    income = null,
  }: Partial<Pick<Finding, 'limit' | 'facts' | 'causes' | 'income'>> = {},
): Finding => ({ test, about, result, measured: null, limit, distance: null, turning: null, facts, income, causes });

/** A number against a line, and what it was made from. */
interface Measurement {
  readonly value: number;
  readonly limit: number;
  /** The first value on the other side. */
  readonly turning: number;
  readonly facts?: readonly Known[];
  readonly income?: Income | null;
}

/** A finding about a number against a line. */
export const measured = (
  test: TestKind,
  about: Counted | null,
  passes: boolean,
  { value, limit, turning, facts = none, income = null }: Measurement,
): Finding => ({
  test,
  about,
  result: passes ? 'pass' : 'fail',
  measured: value,
  limit,
  distance: limit - value,
  turning,
  facts,
  income,
  causes: none,
});

/** What is shown of grounds where there is none. */
export const noGrounds = 'none';

const shownOf = (grounds: readonly string[]): string => {
  const [first = noGrounds] = grounds;
  return grounds.length > 1 ? grounds.join(', ') : first;
};

/** A finding about grounds, any one of which is enough. */
export const byGrounds = (
  test: TestKind,
  about: Counted | null,
  grounds: readonly string[],
  causes: readonly string[],
  { limit = null, facts = none }: Partial<Pick<Finding, 'limit' | 'facts'>> = {},
): Finding => {
  const isOpen = grounds.length === 0 && causes.length > 0;
  return {
    test,
    about,
    result: grounds.length > 0 ? 'pass' : isOpen ? 'unknown' : 'fail',
    measured: isOpen ? null : shownOf(grounds),
    limit,
    distance: null,
    turning: null,
    facts,
    income: null,
    causes: isOpen ? causes : none,
  };
};
