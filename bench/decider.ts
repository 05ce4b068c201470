import type { LocalDate } from '../domain/dates.ts';
import { evaluate } from '../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../domain/eligibility/evaluation.ts';
import type { Household } from '../domain/households/household.ts';
import type { PolicyPack } from '../domain/policy/policy-pack.ts';

/** What is measured: Hearth's rules for one pack on one day. The only file of the benchmarks that knows the evaluator. */
export interface Decider {
  /** The decision as an object: what the others are compared with. */
  readonly evaluation: (household: Household) => Evaluation;
  /** JSON text of the decision with its full trace. */
  readonly traceText: (household: Household) => string;
  /** Writes the decision in its compact form and returns its length in bytes. */
  readonly compactInto: (household: Household, buffer: Uint8Array, offset: number) => number;
}

const encoder = new TextEncoder();
const lettersOf = { 'pass': 'p', 'fail': 'f', 'unknown': 'u', 'not-applicable': 'n' } as const;

const compactText = ({ policyVersion, date, householdId, status, householdTier, tests, entitlements }: Evaluation) =>
  JSON.stringify([
    ...[policyVersion, date, householdId, status, householdTier],
    tests.map(({ result }) => lettersOf[result]).join(''),
    entitlements.reduce((sum, { amount }) => sum + amount, 0),
  ]);

/** Prepares what a pack says of one day, once. */
export const deciderFor = (policy: PolicyPack, date: LocalDate): Decider => ({
  evaluation: (household) => evaluate(household, policy, date),
  traceText: (household) => JSON.stringify(evaluate(household, policy, date)),
  compactInto: (household, buffer, offset) =>
    encoder.encodeInto(compactText(evaluate(household, policy, date)), buffer.subarray(offset)).written,
});
