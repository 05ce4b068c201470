import { z } from 'zod';
import { Instant } from '../dates.ts';
import { HouseholdId, PaymentLineId, PaymentRunId, PersonId } from '../ids.ts';
import type { PaymentLineState } from '../lifecycles/payment-run.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';
import type { PaymentLine } from './payment-line.ts';

export const correctionKinds = ['released-later', 'cancelled', 'recovered'] as const;
export type CorrectionKind = (typeof correctionKinds)[number];

/** Why a payment is corrected [local setting: no list of Shanxi is known]. */
export const correctionReasons = [
  'checked-and-due',
  'checked-and-not-due',
  'paid-otherwise',
  'returned-by-bank',
  'paid-in-error',
] as const;

/** Where a line stands with its corrections: the line itself is never written again. */
export type Standing = PaymentLineState | 'cancelled' | 'recovered';

/** What each correction starts from and leads to. A line has two at the most: released later, and then taken back. */
export const correctionMoves = {
  'released-later': { from: ['held'], to: 'released' },
  'cancelled': { from: ['held', 'released'], to: 'cancelled' },
  'recovered': { from: ['released'], to: 'recovered' },
} as const satisfies Readonly<Record<CorrectionKind, { from: readonly Standing[]; to: Standing }>>;
export const mostCorrections = 2;

/** A later entry that refers to a line: written once, numbered, never edited. */
export const PaymentCorrection = z.strictObject({
  paymentLineId: PaymentLineId,
  /** 1 for the first correction of a line; two cannot have the same. */
  number: z.int().min(1).max(mostCorrections),
  version: z.literal(1),
  paymentRunId: PaymentRunId,
  division: DivisionCode,
  householdId: HouseholdId,
  personId: PersonId.nullable(),
  kind: z.enum(correctionKinds),
  reason: z.enum(correctionReasons),
  at: Instant,
  by: z.string(),
  /** What is released, taken back or recovered, in whole fen; of what is recovered it may be a part. */
  amount: Fen,
});
export type PaymentCorrection = z.infer<typeof PaymentCorrection>;

/** Where a line stands after its corrections. */
export const standingOf = (
  { state }: Pick<PaymentLine, 'state'>,
  corrections: readonly Pick<PaymentCorrection, 'kind'>[],
): Standing => {
  const last = corrections.at(-1);
  return last === undefined ? state : correctionMoves[last.kind].to;
};

/** Whether a line that stands so can be corrected so. */
export const mayCorrect = (standing: Standing, kind: CorrectionKind): boolean => {
  const from: readonly Standing[] = correctionMoves[kind].from;
  return from.includes(standing);
};
