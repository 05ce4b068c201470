import type { Dependencies } from '../../domain/dependencies.ts';
import type { PaymentRunId } from '../../domain/ids.ts';
import { listPayments } from './list-payments.ts';
import { releasePayments } from './release-payments.ts';

/**
 * Does the next page of a payment run. The page is stored with the event that asks for the one behind it, so that a run goes on
 * from event to event, in bounded memory, and from where it was when it is cut off. An event that comes twice finds the run further
 * on; one that comes late finds nothing to do.
 */
export const walkPayments = async (dependencies: Dependencies, paymentRunId: PaymentRunId): Promise<void> => {
  const run = await dependencies.store.paymentRun(paymentRunId);
  if (run === undefined) throw new Error(`${paymentRunId} is not in the store`);
  if (run.state === 'preparing') await listPayments(dependencies, run);
  else if (run.state === 'releasing') await releasePayments(dependencies, run);
};
