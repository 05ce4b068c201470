import { z } from 'zod';
import { Month } from '../assistance/period.ts';
import { Instant } from '../dates.ts';
import { PaymentRunId } from '../ids.ts';
import { paymentRunStates } from '../lifecycles/payment-run.ts';
import { DivisionCode } from '../people/divisions.ts';
import { noTotals, Totals } from './totals.ts';

/** How many lines a walk over the list has found in which state; `erased` are those that nobody can read any more. */
export const LineCounts = z.strictObject({
  ready: z.int().min(0),
  held: z.int().min(0),
  released: z.int().min(0),
  erased: z.int().min(0),
});
export type LineCounts = z.infer<typeof LineCounts>;
export const noLines: LineCounts = { ready: 0, held: 0, released: 0, erased: 0 };

/**
 * The payments of one county for one month. It is gone through twice, page by page: once to list and check, once to release. Where
 * a walk has got to is kept with what it has counted, so that one that was cut off goes on from there.
 */
export const PaymentRun = z.strictObject({
  paymentRunId: PaymentRunId,
  version: z.int().min(1),
  state: z.enum(paymentRunStates),
  /** The county. */
  division: DivisionCode,
  month: Month,
  /** Subject of who asked for the list, and does not release it. */
  preparedBy: z.string(),
  preparedAt: Instant,
  checkedAt: Instant.nullable(),
  releasedBy: z.string().nullable(),
  releasedAt: Instant.nullable(),
  /** When the last line was released or held. */
  finishedAt: Instant.nullable(),
  /** Behind what the next page begins; null at the beginning, and when the walk is over. */
  position: z.string().nullable(),
  /** Households that were looked at, and those among them of which nobody can read what they are due. */
  households: z.int().min(0),
  unreadable: z.int().min(0),
  /** Lines on the list. It does not change once the list is checked. */
  listed: z.int().min(0),
  /** Of the present walk, or of the last one when none is under way. */
  counts: LineCounts,
  totals: Totals,
});
export type PaymentRun = z.infer<typeof PaymentRun>;

/** A walk begins anew: nothing of the list has been counted yet. */
export const fromTheBeginning = { position: null, counts: noLines, totals: noTotals } as const satisfies Pick<
  PaymentRun,
  'position' | 'counts' | 'totals'
>;
