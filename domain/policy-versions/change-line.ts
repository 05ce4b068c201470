import { z } from 'zod';
import { testResults } from '../eligibility/evaluation.ts';
import { HouseholdTier } from '../eligibility/tiers.ts';
import { HouseholdId } from '../ids.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';

/** What a policy would change for a household. `undecided`: the rules cannot decide it now, then, or both. */
export const changeKinds = ['enters', 'leaves', 'tier', 'amount', 'undecided'] as const;
export type ChangeKind = (typeof changeKinds)[number];

const Scalar = z.union([z.number(), z.string(), z.boolean()]);
const results = [...testResults, 'absent'] as const;

/** A test of the trace that came out differently, or that measured against another threshold. */
export const ChangeReason = z.strictObject({
  code: z.string(),
  before: z.enum(results),
  after: z.enum(results),
  thresholdBefore: Scalar.nullable(),
  thresholdAfter: Scalar.nullable(),
});
export type ChangeReason = z.infer<typeof ChangeReason>;

/** One household of the named list. Amounts are fen a month. Null where the rules cannot decide. */
export const ChangeLine = z.strictObject({
  householdId: HouseholdId,
  county: DivisionCode,
  kind: z.enum(changeKinds),
  tierBefore: HouseholdTier.nullable(),
  tierAfter: HouseholdTier.nullable(),
  amountBefore: Fen.nullable(),
  amountAfter: Fen.nullable(),
  reasons: z.array(ChangeReason),
});
export type ChangeLine = z.infer<typeof ChangeLine>;

/** The text two lines must share to say the same of a household. Reasons explain a change and are no part of it. */
export const signatureOf = ({ householdId, kind, tierBefore, tierAfter, amountBefore, amountAfter }: ChangeLine) =>
  [householdId, kind, tierBefore, tierAfter, amountBefore, amountAfter].join('|');
