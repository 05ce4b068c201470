import { z } from 'zod';
import { type Instant, isLocalDate } from '../dates.ts';

/**
 * A day of the audit, YYYY-MM-DD in UTC: the first ten characters of an entry's instant. It begins at 08:00 in China. The audit
 * keeps UTC days, since its keys are made of instants as they are stored; deadlines keep China's days.
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

/** A function that took an entry's instant stores it within minutes or never: half an hour after its end a day is closed. */
export const closesAfterMinutes = 30;
/** From here on a day may be about to be closed, so that nobody but the sweep opens a chain for it as if it were under way. */
export const lateAfterMinutes = 20;
