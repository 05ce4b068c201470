import { z } from 'zod';
import { type Instant, isLocalDate } from './dates.ts';

/**
 * A day in UTC, YYYY-MM-DD: the first ten characters of an instant. It begins at 08:00 in China. The audit, and who was entered, are
 * kept by UTC days, since their keys are made of instants as they are stored; deadlines keep China's days.
 */
export const UtcDay = z
  .string()
  .refine((text) => isLocalDate(text), 'expected YYYY-MM-DD')
  .brand('UtcDay');
export type UtcDay = z.infer<typeof UtcDay>;

const millisecondsPerDay = 86_400_000;
const minute = 60_000;

/** The day an instant lies in. */
export const utcDayOf = (instant: Instant): UtcDay => UtcDay.parse(instant.slice(0, 10));

/** The day some days later (earlier when negative). */
export const plusUtcDays = (day: UtcDay, days: number): UtcDay =>
  UtcDay.parse(new Date(Date.parse(day) + days * millisecondsPerDay).toISOString().slice(0, 10));

/** Whole minutes that have passed since the end of a day; negative while it lasts. */
export const minutesAfter = (day: UtcDay, at: Instant): number =>
  Math.floor((Date.parse(at) - Date.parse(day) - millisecondsPerDay) / minute);
