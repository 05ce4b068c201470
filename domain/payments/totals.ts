import { z } from 'zod';
import { paymentLineStates } from '../lifecycles/payment-run.ts';
import { Fen, fen } from '../money.ts';
import { type HeldReason, heldReasons } from './held-reasons.ts';
import type { PaymentLine } from './payment-line.ts';

/** So many lines, and what they come to in whole fen. */
export const Sum = z.strictObject({ lines: z.int().min(0), fen: Fen });
export type Sum = z.infer<typeof Sum>;

const ofStates = { ready: Sum, held: Sum, released: Sum } as const satisfies Record<
  (typeof paymentLineStates)[number],
  typeof Sum
>;

/**
 * Control totals of a list: per item what is ready, held and released, and what is held for each reason. A line is held for one or
 * more reasons and counted under the gravest, so that the reasons add up to what is held.
 */
export const Totals = z.strictObject({
  items: z.array(z.strictObject({ item: z.string(), ...ofStates })),
  reasons: z.array(z.strictObject({ reason: z.enum(heldReasons), ...Sum.shape })),
});
export type Totals = z.infer<typeof Totals>;

const nothing: Sum = { lines: 0, fen: fen(0) };
export const noTotals: Totals = { items: [], reasons: [] };

export const addSums = (...sums: readonly Sum[]): Sum => ({
  lines: sums.reduce((total, { lines }) => total + lines, 0),
  fen: fen(sums.reduce((total, sum) => total + sum.fen, 0)),
});

type Counted = Pick<PaymentLine, 'item' | 'amount' | 'state' | 'reasons'>;
type ItemTotals = Totals['items'][number];

const emptyItem = (item: string): ItemTotals => ({ item, ready: nothing, held: nothing, released: nothing });

/** The totals with these lines counted in. Every line is counted once, under its item, its state and its gravest reason. */
export const addLines = (totals: Totals, lines: readonly Counted[]): Totals => {
  const items = new Map(totals.items.map((each) => [each.item, each]));
  const reasons = new Map<HeldReason, Sum>(totals.reasons.map(({ reason, ...sum }) => [reason, sum]));
  for (const { item, amount, state, reasons: why } of lines) {
    const one: Sum = { lines: 1, fen: amount };
    const before = items.get(item) ?? emptyItem(item);
    items.set(item, { ...before, [state]: addSums(before[state], one) });
    const gravest = state === 'held' ? heldReasons.find((reason) => why.includes(reason)) : undefined;
    if (gravest !== undefined) reasons.set(gravest, addSums(reasons.get(gravest) ?? nothing, one));
  }
  return {
    items: [...items.values()].toSorted((one, other) => (one.item < other.item ? -1 : 1)),
    reasons: heldReasons.flatMap((reason) => {
      const sum = reasons.get(reason);
      return sum === undefined ? [] : [{ reason, ...sum }];
    }),
  };
};

/** What all items come to: listed is ready, held and released together. */
export const sumsOf = ({ items }: Totals): Readonly<Record<'listed' | keyof typeof ofStates, Sum>> => {
  const [ready, held, released] = paymentLineStates.map((state) => addSums(...items.map((each) => each[state])));
  const sums = { ready: ready ?? nothing, held: held ?? nothing, released: released ?? nothing };
  return { listed: addSums(sums.ready, sums.held, sums.released), ...sums };
};
