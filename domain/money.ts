import { z } from 'zod';

/**
 * Money in integer fen (1 yuan = 100 fen). The upper bound, 10 billion yuan, keeps every sum in this system below 2^53, so
 * that no arithmetic on fen can lose a unit.
 */
export const maximumFen = 1_000_000_000_000;
export const Fen = z.int().min(0).max(maximumFen).brand('Fen');
export type Fen = z.infer<typeof Fen>;
