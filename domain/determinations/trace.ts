import type { LocalDate } from '../dates.ts';
import type { Evaluation, TestInput, TestLine } from '../eligibility/evaluation.ts';
import type { HouseholdId, PersonId } from '../ids.ts';

/** A fact a decision used, once, however many tests looked at it. */
export interface TraceFact {
  /** Place of the member it is about; left out for the household. */
  readonly member?: number;
  readonly kind: string;
  readonly value: TestInput['value'];
  readonly dataset: string;
  readonly asOf: LocalDate | null;
  readonly ageDays: number | null;
}

/** A test: what was measured against which limit, the value that would turn it, and which facts it used (places in `facts`). */
export interface TraceTest {
  readonly code: string;
  readonly result: TestLine['result'];
  readonly member?: number;
  readonly measured?: NonNullable<TestLine['measured']>;
  readonly limit?: number | string | boolean;
  readonly distance?: number;
  readonly turning?: number;
  readonly facts?: readonly number[];
  readonly cause?: string;
}

/**
 * The full trace of a decision as a document: everything that was measured for this household. What there is none of is left out.
 * What is the same for all households, units, parameters and citations, is the policy version's and is looked up by the code.
 */
export interface Trace {
  readonly policyVersion: string;
  readonly date: LocalDate;
  readonly householdId: HouseholdId;
  readonly status: Evaluation['status'];
  readonly householdTier: Evaluation['householdTier'];
  readonly memberTiers: Evaluation['memberTiers'];
  readonly povertyReturnMonitoring: Evaluation['povertyReturnMonitoring'];
  readonly perCapitaMonthlyIncome: number | null;
  readonly entitlements: readonly {
    readonly item: string;
    readonly personId: PersonId | null;
    readonly amount: number;
    readonly period: string;
  }[];
  readonly tests: readonly TraceTest[];
  readonly facts: readonly TraceFact[];
}

type Line = Omit<TestLine, 'inputs'>;

const numbersOf = ({ measured, threshold, distance, wouldChange }: Line): Partial<TraceTest> => {
  const turning = wouldChange?.below ?? wouldChange?.atLeast;
  return {
    ...(measured === null ? {} : { measured }),
    ...(threshold === null ? {} : { limit: threshold.value }),
    ...(distance === null ? {} : { distance }),
    ...(turning === undefined ? {} : { turning }),
  };
};

/** The trace of an evaluation. Whole-roster runs write the same document without the evaluation (`trace-text.ts`). */
export const traceOf = (evaluation: Evaluation): Trace => {
  const { tests, entitlements, memberTiers, ...head } = evaluation;
  const places = new Map<string, number>(memberTiers.map(({ personId }, index) => [personId, index]));
  const memberOf = (subject: string | null): number | null => places.get(subject ?? '') ?? null;
  const facts: TraceFact[] = [];
  const known = new Map<string, number>();
  const placeOfFact = ({ subject, name, value, dataset, asOf, ageDays }: TestInput): number => {
    const key = `${subject} ${name}`;
    const place = known.get(key) ?? facts.length;
    if (place === facts.length) {
      known.set(key, place);
      const member = memberOf(subject);
      facts.push({ ...(member === null ? {} : { member }), kind: name, value, dataset, asOf, ageDays });
    }
    return place;
  };
  const testOf = ({ inputs, ...line }: TestLine): TraceTest => {
    const member = memberOf(line.subject);
    const used = inputs.filter((input) => input.subject !== null).map(placeOfFact);
    return {
      code: line.code,
      result: line.result,
      ...(member === null ? {} : { member }),
      ...numbersOf(line),
      ...(used.length === 0 ? {} : { facts: used }),
      ...(line.cause === null ? {} : { cause: line.cause }),
    };
  };
  const { policyVersion, date, householdId, status, householdTier, povertyReturnMonitoring } = head;
  return {
    policyVersion,
    date,
    householdId,
    status,
    householdTier,
    memberTiers,
    povertyReturnMonitoring,
    perCapitaMonthlyIncome: head.perCapitaMonthlyIncome,
    entitlements: entitlements.map(({ item, personId, amount, period }) => ({ item, personId, amount, period })),
    tests: tests.map(testOf),
    facts,
  };
};
