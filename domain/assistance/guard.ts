import { z } from 'zod';

/**
 * On which side of a guard an entry stands. `own`: the guard of an item, where nobody else may be. `one` and `other`: the two sides of
 * an exclusion, of which only one may be taken; several entries may stand on the same one.
 */
export const guardSides = ['own', 'one', 'other'] as const;
export type GuardSide = (typeof guardSides)[number];
/** The side that must be empty for an entry to take its own. */
export const barredBy = { own: 'own', one: 'other', other: 'one' } as const satisfies Record<GuardSide, GuardSide>;

/** Places of a guard: the months of its year, the year as a whole, or the occasion of which there is only one. */
export const guardSlots = [
  ...(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const),
  ...(['year', 'once'] as const),
] as const;
export type GuardSlot = (typeof guardSlots)[number];

/** What one entry holds of one guard: what is kept apart, in which calendar year or occasion, on which side and in which places. */
export const Guard = z.strictObject({
  of: z.string().min(1).max(300),
  span: z.string().regex(/^(?:\d{4}|once)$/u),
  side: z.enum(guardSides),
  slots: z.array(z.enum(guardSlots)).min(1).max(guardSlots.length).readonly(),
});
export type Guard = z.infer<typeof Guard>;

/** So many guards fit into one command beside what else it stores, within the hundred items of a transaction. */
export const mostGuards = 90;

/** How many places guards hold in all. */
export const placesIn = (guards: readonly Guard[]): number => guards.reduce((sum, { slots }) => sum + slots.length, 0);
