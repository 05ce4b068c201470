import { z } from 'zod';
import { Month } from '../../domain/assistance/period.ts';
import { Instant } from '../../domain/dates.ts';
import { DeterminationId, HouseholdId, PaymentLineId, PaymentRunId, PersonId } from '../../domain/ids.ts';
import { paymentLineStates, paymentRunStates } from '../../domain/lifecycles/payment-run.ts';
import { Fen } from '../../domain/money.ts';
import { correctionKinds, correctionReasons } from '../../domain/payments/corrections.ts';
import { heldReasons } from '../../domain/payments/held-reasons.ts';
import { Sum } from '../../domain/payments/totals.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { fault } from '../field-faults.ts';
import { CountyField, FenField, pageLimit } from './fields.ts';

export const PaymentRunBody = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u, fault('payment.month'))
    .transform((text) => Month.parse(text))
    .meta({ description: 'The present month in China, YYYY-MM: what is paid in it was decided before it began.' }),
});
export type PaymentRunBody = z.infer<typeof PaymentRunBody>;

export const PaymentRunQuery = z.object({
  county: CountyField.optional().meta({ description: 'May be left out by a caller of one county.' }),
  limit: pageLimit(100, 20),
});

/** A reason in the words of both languages, so that a list can be read without a table beside it. */
const Reason = z.strictObject({ code: z.enum(heldReasons), zh: z.string(), en: z.string() });

export const PaymentRunView = z.strictObject({
  paymentRunId: PaymentRunId,
  state: z.enum(paymentRunStates),
  county: DivisionCode,
  month: Month,
  preparedBy: z.string(),
  preparedAt: Instant,
  checkedAt: Instant.nullable(),
  releasedBy: z.string().nullable(),
  releasedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  /** Households looked at, and those of which nobody can read what they are due. */
  households: z.int().min(0),
  unreadable: z.int().min(0),
  /** Lines on the list, and those among them that nobody can read any more. */
  lines: z.int().min(0),
  erased: z.int().min(0),
  /** Control totals. While the run prepares or releases they grow; then listed = ready + held + released, for each item and in all. */
  totals: z.strictObject({ listed: Sum, ready: Sum, held: Sum, released: Sum }),
  items: z.array(z.strictObject({ item: z.string(), listed: Sum, ready: Sum, held: Sum, released: Sum })),
  /** What is held, each line under the gravest of its reasons. */
  held: z.array(z.strictObject({ reason: Reason, ...Sum.shape })),
});
export type PaymentRunView = z.infer<typeof PaymentRunView>;

export const PaymentRunList = z.strictObject({
  paymentRuns: z.array(PaymentRunView),
  nextCursor: z.string().nullable(),
});

export const PaymentLineQuery = z.object({
  state: z.enum(paymentLineStates).optional().meta({ description: 'Only lines in this state.' }),
  limit: pageLimit(100, 50),
});

/** A line without names and without the account: ids, item, amount and why it is held. */
export const PaymentLineView = z.strictObject({
  paymentLineId: PaymentLineId,
  state: z.enum(paymentLineStates),
  householdId: HouseholdId,
  personId: PersonId.nullable(),
  determinationId: DeterminationId,
  item: z.string(),
  amount: Fen,
  reasons: z.array(Reason),
  releasedAt: Instant.nullable(),
  /** Entries that were made later and refer to the line. */
  corrections: z.array(
    z.strictObject({
      kind: z.enum(correctionKinds),
      reason: z.enum(correctionReasons),
      amount: Fen,
      at: Instant,
      by: z.string(),
    }),
  ),
  /** Where the line stands with its corrections. */
  standing: z.enum([...paymentLineStates, 'cancelled', 'recovered']),
});
export type PaymentLineView = z.infer<typeof PaymentLineView>;

export const PaymentLineList = z.strictObject({
  lines: z.array(PaymentLineView),
  nextCursor: z.string().nullable(),
});

export const CorrectionBody = z
  .strictObject({
    kind: z.enum(correctionKinds),
    reason: z.enum(correctionReasons),
    amount: FenField.nullable().default(null).meta({
      description: 'What was recovered, in whole fen; null for the other kinds, which are about the whole line.',
    }),
  })
  .refine(({ kind, amount }) => (kind === 'recovered') === (amount !== null && amount > 0), {
    path: ['amount'],
    error: fault('payment.amount'),
  });
export type CorrectionBody = z.infer<typeof CorrectionBody>;
