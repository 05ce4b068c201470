import { z } from 'zod';

/**
 * Money in integer fen (1 yuan = 100 fen). The upper bound, 10 billion yuan, keeps every sum in this system below 2^53, so
 * that no arithmetic on fen can lose a unit.
 */
export const maximumFen = 1_000_000_000_000;
export const Fen = z.int().min(0).max(maximumFen).brand('Fen');
export type Fen = z.infer<typeof Fen>;

/** Whether a number is an amount of fen, without the cost of a schema: asked of every amount in whole-roster runs. */
const isFen = (amount: number): amount is Fen => Number.isSafeInteger(amount) && amount >= 0 && amount <= maximumFen;

/** An amount that was computed in whole fen; throws when it is none. */
export const fen = (amount: number): Fen => {
  if (!isFen(amount)) throw new RangeError('a computed amount is not a whole number of fen from 0 to the maximum');
  return amount;
};
