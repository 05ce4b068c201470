import type { PaymentLineView, PaymentRunView } from '../../contracts/api/payment-runs.ts';
import { type PaymentCorrection, standingOf } from '../../domain/payments/corrections.ts';
import { type HeldReason, heldReasonTexts } from '../../domain/payments/held-reasons.ts';
import type { PaymentLine } from '../../domain/payments/payment-line.ts';
import type { PaymentRun } from '../../domain/payments/payment-run.ts';
import { addSums, sumsOf } from '../../domain/payments/totals.ts';

const reasonView = (code: HeldReason) => ({ code, ...heldReasonTexts[code] });

/** A run with its control totals. */
export const runViewOf = (run: PaymentRun): PaymentRunView => {
  const { paymentRunId, state, division, month, preparedBy, preparedAt, checkedAt } = run;
  const { releasedBy, releasedAt, finishedAt, households, unreadable, listed, counts, totals } = run;
  return {
    paymentRunId,
    state,
    county: division,
    month,
    preparedBy,
    preparedAt,
    checkedAt,
    releasedBy,
    releasedAt,
    finishedAt,
    households,
    unreadable,
    lines: listed,
    erased: counts.erased,
    totals: sumsOf(totals),
    items: totals.items.map((each) => ({ ...each, listed: addSums(each.ready, each.held, each.released) })),
    held: totals.reasons.map(({ reason, ...sum }) => ({ reason: reasonView(reason), ...sum })),
  };
};

/** A line with what was entered later: no name, no account. */
export const lineViewOf = (line: PaymentLine, corrections: readonly PaymentCorrection[]): PaymentLineView => {
  const { paymentLineId, state, householdId, personId, determinationId, item, amount, reasons, releasedAt } = line;
  return {
    paymentLineId,
    state,
    householdId,
    personId,
    determinationId,
    item,
    amount,
    releasedAt,
    reasons: reasons.map(reasonView),
    corrections: corrections.map(({ kind, reason, amount: corrected, at, by }) => ({
      kind,
      reason,
      amount: corrected,
      at,
      by,
    })),
    standing: standingOf(line, corrections),
  };
};
