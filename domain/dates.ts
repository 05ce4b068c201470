import { z } from 'zod';

const millisecondsPerDay = 86_400_000;
/** China has one time zone and no daylight saving time: UTC+8, all year. */
const chinaOffsetMilliseconds = 8 * 3_600_000;

const isRealDate = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
};

/** A calendar date in China, YYYY-MM-DD. 31 February is refused. */
export const LocalDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/u, 'expected YYYY-MM-DD')
  .refine(isRealDate, 'no such day in the calendar')
  .brand('LocalDate');
export type LocalDate = z.infer<typeof LocalDate>;

/** A moment in UTC, ISO 8601 with milliseconds, as `Date.prototype.toISOString` writes it. */
export const Instant = z.iso.datetime({ precision: 3 }).brand('Instant');
export type Instant = z.infer<typeof Instant>;

/** The present moment, passed in: the domain has no clock of its own. */
export type Now = () => Instant;

/** Days since 1970-01-01. */
export const dayNumber = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay;

/** The inverse of `dayNumber`. */
export const dateOfDayNumber = (day: number): LocalDate =>
  LocalDate.parse(new Date(day * millisecondsPerDay).toISOString().slice(0, 10));

/** The date some calendar days later (earlier when negative). */
export const plusDays = (date: LocalDate, days: number): LocalDate => dateOfDayNumber(dayNumber(date) + days);

/** Calendar days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from);

/** The calendar date in China at a moment. */
export const dateInChina = (instant: Instant): LocalDate =>
  LocalDate.parse(new Date(Date.parse(instant) + chinaOffsetMilliseconds).toISOString().slice(0, 10));

/** The first moment after a date has ended in China, where a deadline on that date has been missed. */
export const endOfDayInChina = (date: LocalDate): Instant =>
  Instant.parse(new Date((dayNumber(date) + 1) * millisecondsPerDay - chinaOffsetMilliseconds).toISOString());

/** Completed years of age on a date. Someone born on 29 February completes a year on 1 March of a common year. */
export const ageOn = (birthDate: LocalDate, date: LocalDate): number => {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
};

/** The first day of the month after a date's. */
export const firstOfNextMonth = (date: LocalDate): LocalDate => {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return LocalDate.parse(new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10));
};

/** The later of two dates. */
export const laterOf = (one: LocalDate, other: LocalDate): LocalDate => {
  if (one > other) return one;
  return other;
};
