import type { LocalDate } from '../dates.ts';
import type { Evaluation, TestInput, TestLine } from '../eligibility/evaluation.ts';
import type { HouseholdId, PersonId } from '../ids.ts';

/** A fact a decision used, once, however many tests looked at it. */
export interface TraceFact {
  /** Place of the member it is about; null for the household. */
  readonly member: number | null;
  readonly kind: string;
  readonly value: TestInput['value'];
  readonly unit: string;
  readonly dataset: string;
  readonly asOf: LocalDate | null;
  readonly ageDays: number | null;
}

/** A test: what was measured against which limit, the value that would turn it, and which facts it used (places in `facts`). */
export interface TraceTest {
  readonly code: string;
  readonly member: number | null;
  readonly result: TestLine['result'];
  readonly measured: TestLine['measured'];
  readonly limit: number | string | boolean | null;
  readonly distance: number | null;
  readonly turning: number | null;
  readonly facts: readonly number[];
  readonly cause: string | null;
}

/**
 * The full trace of a decision as a document: everything that was measured for this household. What is the same for all of them,
 * units, parameters and citations, is the policy version's and is looked up by the code of the test.
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

/** The trace of an evaluation. Whole-roster runs write the same document without the evaluation (`trace-text.ts`). */
export const traceOf = (evaluation: Evaluation): Trace => {
  const { tests, entitlements, memberTiers, ...head } = evaluation;
  const places = new Map<string, number>(memberTiers.map(({ personId }, index) => [personId, index]));
  const facts: TraceFact[] = [];
  const known = new Map<string, number>();
  const placeOfFact = ({ subject, name, ...shown }: TestInput): number => {
    const key = `${subject} ${name}`;
    const place = known.get(key) ?? facts.length;
    if (place === facts.length) {
      known.set(key, place);
      const { value, unit, dataset, asOf, ageDays } = shown;
      facts.push({ member: places.get(subject ?? '') ?? null, kind: name, value, unit, dataset, asOf, ageDays });
    }
    return place;
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
    tests: tests.map(({ code, subject, result, measured, threshold, distance, wouldChange, inputs, cause }) => ({
      code,
      member: places.get(subject) ?? null,
      result,
      measured,
      limit: threshold?.value ?? null,
      distance,
      turning: wouldChange?.below ?? wouldChange?.atLeast ?? null,
      facts: inputs.filter((input) => input.subject !== null).map(placeOfFact),
      cause,
    })),
    facts,
  };
};
