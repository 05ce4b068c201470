import type { Month } from '../assistance/period.ts';
import type { Digest } from '../dependencies.ts';
import { AssistanceEntryId, PaymentLineId, PaymentRunId } from '../ids.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { PaymentLine } from './payment-line.ts';

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
