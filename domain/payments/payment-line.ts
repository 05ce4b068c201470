import { z } from 'zod';
import { Month } from '../assistance/period.ts';
import { ItemCode } from '../catalogue/catalogue.ts';
import { Instant } from '../dates.ts';
import { DeterminationId, HouseholdId, PaymentLineId, PaymentRunId, PersonId } from '../ids.ts';
import { paymentLineStates } from '../lifecycles/payment-run.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';
import { heldReasons } from './held-reasons.ts';

/** What one household is due of one item for one month. What of it is given, and why it is held, lies in an envelope. */
export const PaymentLine = z.strictObject({
  paymentLineId: PaymentLineId,
  version: z.int().min(1),
  state: z.enum(paymentLineStates),
  paymentRunId: PaymentRunId,
  /** The county that pays. */
  division: DivisionCode,
  month: Month,
  householdId: HouseholdId,
  /** Null where the item is the household's. */
  personId: PersonId.nullable(),
  /** The decision it rests on. */
  determinationId: DeterminationId,
  /** When it was released; null while it was not. */
  releasedAt: Instant.nullable(),
  item: ItemCode,
  /** In whole fen for the month. */
  amount: Fen,
  reasons: z.array(z.enum(heldReasons)).max(heldReasons.length),
});
export type PaymentLine = z.infer<typeof PaymentLine>;
