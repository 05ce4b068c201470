import { z } from 'zod';
import { Month } from '../assistance/period.ts';
import { ItemCode } from '../catalogue/catalogue.ts';
import { Instant } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { AssistanceEntryId, DeterminationId, HouseholdId, PaymentLineId, PaymentRunId, PersonId } from '../ids.ts';
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

const idOf = (digest: Digest, ...parts: readonly string[]): string =>
  digest(['payment', ...parts].join('|')).slice(0, 32);

/** One list for each county and month: whoever asks again finds it. */
export const paymentRunIdOf = (digest: Digest, county: DivisionCode, month: Month): PaymentRunId =>
  PaymentRunId.parse(`pay_${idOf(digest, 'run', county, month)}`);

/** One line for each run, household, item and person: a page that is repeated lists nothing twice. */
export const paymentLineIdOf = (
  digest: Digest,
  {
    paymentRunId,
    householdId,
    item,
    personId,
  }: Pick<PaymentLine, 'paymentRunId' | 'householdId' | 'item' | 'personId'>,
): PaymentLineId => PaymentLineId.parse(`pln_${idOf(digest, 'line', paymentRunId, householdId, item, personId ?? '')}`);

/** The entry in the assistance chain that a line makes when it is released, at once or later. */
export const chainEntryIdOf = (digest: Digest, paymentLineId: PaymentLineId): AssistanceEntryId =>
  AssistanceEntryId.parse(`ace_${idOf(digest, 'entry', paymentLineId)}`);
