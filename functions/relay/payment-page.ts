import type { Dependencies } from '../../domain/dependencies.ts';
import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { PaymentLine } from '../../domain/payments/payment-line.ts';
import type { LineCounts, PaymentRun } from '../../domain/payments/payment-run.ts';
import { addLines } from '../../domain/payments/totals.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';

/** Who goes through a list. */
export const paymentActor = { role: 'workflow', subject: 'payment-run' } as const;

const addCounts = (counts: LineCounts, lines: readonly PaymentLine[], erased: number): LineCounts => {
  const inState = (state: PaymentLine['state']): number => lines.filter((line) => line.state === state).length;
  return {
    ready: counts.ready + inState('ready'),
    held: counts.held + inState('held'),
    released: counts.released + inState('released'),
    erased: counts.erased + erased,
  };
};

/** The next version of a run, with the lines of a page counted in. */
export const counted = (run: PaymentRun, lines: readonly PaymentLine[], erased: number): PaymentRun => ({
  ...run,
  version: run.version + 1,
  counts: addCounts(run.counts, lines, erased),
  totals: addLines(run.totals, lines),
});

/** A page that is over: the run as it is then, and the lines that are new with it. */
export interface CountedPage {
  readonly next: PaymentRun;
  readonly from: readonly PaymentRun['state'][];
  readonly lines: readonly PaymentLine[];
  readonly event: EventType;
}

/**
 * Stores a page. Where another walk has stored it before, this one ends: whoever stored it goes on, by the event that was stored
 * with it.
 */
export const storePage = async (
  { store, now, newId }: Dependencies,
  { next, from, lines, event }: CountedPage,
): Promise<void> => {
  const { paymentRunId, division } = next;
  const result = await store.commit({
    aggregates: [
      { kind: 'payment-run', value: next, from },
      ...lines.map((value) => ({ kind: 'payment-line' as const, value, from: [] })),
    ],
    event: newEvent(event, now(), newId, { paymentRunId }),
    actor: paymentActor,
    division,
  });
  if (result.ok) return;
  const stored = await store.paymentRun(paymentRunId);
  if (stored === undefined || stored.version < next.version)
    throw new WriteConflict(`a page of ${paymentRunId}: ${result.conflict}`);
};
