import { z } from 'zod';
import type { ItemPeriod } from '../catalogue/catalogue.ts';
import { firstOfNextMonth, LocalDate, plusDays } from '../dates.ts';

/** A calendar month in China, YYYY-MM. */
export const Month = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u, 'expected YYYY-MM')
  .brand('Month');
export type Month = z.infer<typeof Month>;

/** So many months are claimed at once: a year, after which a household is looked at again (D57 article 31). */
export const mostMonths = 12;

/**
 * For what time an item is given. A monthly item has months, both ends included; a yearly one its year; one that is given once, or
 * for an event, has none: what makes its occasion unique is the entry's `event`, or that there is no second.
 */
export const AssistancePeriod = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('months'), from: Month, to: Month }),
  z.strictObject({ of: z.literal('year'), year: z.int().min(2021).max(2099) }),
  z.strictObject({ of: z.literal('once') }),
  z.strictObject({ of: z.literal('event') }),
]);
export type AssistancePeriod = z.infer<typeof AssistancePeriod>;

/** The period an item of the catalogue takes. */
export const periodKindOf = {
  'month': 'months',
  'year': 'year',
  'once': 'once',
  'per-event': 'event',
} as const satisfies Record<ItemPeriod, AssistancePeriod['of']>;

const numberOf = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const monthOf = (number: number): Month =>
  Month.parse(`${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`);

export const monthIn = (date: LocalDate): Month => Month.parse(date.slice(0, 7));
/** The month some months later. */
export const plusMonths = (month: Month, months: number): Month => monthOf(numberOf(month) + months);

/** How many months lie from one to another, both counted; none or fewer when they are the wrong way round. */
export const monthCount = (from: Month, to: Month): number => numberOf(to) - numberOf(from) + 1;

/** The months from one to another, both included. */
export const monthsFrom = (from: Month, to: Month): readonly Month[] =>
  Array.from({ length: Math.max(0, monthCount(from, to)) }, (_, index) => plusMonths(from, index));

const lastOfMonth = (month: Month): LocalDate => plusDays(firstOfNextMonth(LocalDate.parse(`${month}-01`)), -1);

/** The last day of a period; null for an occasion, which has none. */
export const lastDayOf = (period: AssistancePeriod): LocalDate | null => {
  if (period.of === 'months') return lastOfMonth(period.to);
  return period.of === 'year' ? LocalDate.parse(`${period.year}-12-31`) : null;
};

/** The first day of a period; null for an occasion. */
export const firstDayOf = (period: AssistancePeriod): LocalDate | null => {
  if (period.of === 'months') return LocalDate.parse(`${period.from}-01`);
  return period.of === 'year' ? LocalDate.parse(`${period.year}-01-01`) : null;
};
