import { openItems } from '../../domain/catalogue/items.ts';
import type { LocalDate } from '../../domain/dates.ts';
import { writeCompact } from '../../domain/determinations/compact-form.ts';
import { outputOf } from '../../domain/determinations/octets.ts';
import { replay } from '../../domain/determinations/replay.ts';
import { writeTrace } from '../../domain/determinations/trace-text.ts';
import { smallestChange } from '../../domain/eligibility/counterfactual.ts';
import { decide } from '../../domain/eligibility/decide.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import { type Plan, planFor } from '../../domain/eligibility/plan.ts';
import type { Household } from '../../domain/households/household.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { packOf } from './packs.ts';

/** The ways through the rules that are held against each other. A test puts a broken one in the place of any of them. */
export interface Paths {
  readonly evaluate: typeof evaluate;
  readonly decide: typeof decide;
  /** The trace as the bulk run writes it. What is returned is overwritten by the next call. */
  readonly traceBytes: (household: Household, plan: Plan) => Uint8Array;
  /** The compact form, overwritten by the next call. */
  readonly compactBytes: (household: Household, plan: Plan) => Uint8Array;
  readonly replay: typeof replay;
  readonly openItems: typeof openItems;
  readonly smallestChange: typeof smallestChange;
  readonly planFor: (policy: PolicyPack, date: LocalDate) => Plan;
  readonly packOf: (version: string) => PolicyPack | undefined;
}

const trace = outputOf(16_384);
const compact = outputOf(16_384);

/** The paths there are. As a whole-roster run does, one buffer is written again and again. */
export const realPaths: Paths = {
  evaluate,
  decide,
  traceBytes: (household, plan) => {
    trace.length = 0;
    writeTrace(trace, household, plan);
    return trace.bytes.subarray(0, trace.length);
  },
  compactBytes: (household, plan) => {
    compact.length = 0;
    writeCompact(compact, household, plan);
    return compact.bytes.subarray(0, compact.length);
  },
  replay,
  openItems,
  smallestChange,
  planFor,
  packOf,
};
