import type { LocalDate } from '../domain/dates.ts';
import { writeCompact } from '../domain/determinations/compact-form.ts';
import { replay } from '../domain/determinations/replay.ts';
import { traceOf } from '../domain/determinations/trace.ts';
import { writeTrace } from '../domain/determinations/trace-text.ts';
import { evaluate } from '../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../domain/eligibility/evaluation.ts';
import { planFor } from '../domain/eligibility/plan.ts';
import type { Household } from '../domain/households/household.ts';
import type { PolicyPack } from '../domain/policy/policy-pack.ts';

/** What is measured: Hearth's rules for one pack on one day. The only file of the benchmarks that knows the evaluator. */
export interface Decider {
  /** The decision as an object. */
  readonly evaluation: (household: Household) => Evaluation;
  /** What the text of the decision has to be, by way of the object. */
  readonly expectedText: (household: Household) => string;
  /** The decision with its full trace, as JSON text in UTF-8. What is returned is overwritten by the next call. */
  readonly traceBytes: (household: Household) => Uint8Array;
  readonly traceText: (household: Household) => string;
  /** Writes the decision in its compact form and returns its length in bytes. */
  readonly compactInto: (household: Household, buffer: Uint8Array, offset: number) => number;
  /** The decision made again from its compact form. */
  readonly replayed: (household: Household, compact: Uint8Array) => Evaluation;
}

const room = 16_384;

/** Prepares what a pack says of one day, once. */
export const deciderFor = (policy: PolicyPack, date: LocalDate): Decider => {
  const plan = planFor(policy, date);
  const trace = { bytes: new Uint8Array(room), length: 0 };
  const traceBytes = (household: Household): Uint8Array => {
    trace.length = 0;
    writeTrace(trace, household, plan);
    return trace.bytes.subarray(0, trace.length);
  };
  return {
    evaluation: (household) => evaluate(household, policy, date),
    expectedText: (household) => JSON.stringify(traceOf(evaluate(household, policy, date))),
    traceBytes,
    traceText: (household) => Buffer.from(traceBytes(household)).toString('utf8'),
    compactInto: (household, buffer, offset) => {
      const output = { bytes: buffer, length: offset };
      writeCompact(output, household, plan);
      if (output.bytes !== buffer) throw new RangeError('there was no room for a compact decision');
      return output.length - offset;
    },
    replayed: ({ householdId, members }, bytes) =>
      replay(bytes, { householdId, personIds: members.map(({ personId }) => personId) }, (version) =>
        version === policy.version ? policy : undefined,
      ),
  };
};
