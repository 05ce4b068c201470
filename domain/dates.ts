import { z } from 'zod';

const millisecondsPerDay = 86_400_000;
const datePattern = /^\d{4}-\d{2}-\d{2}$/u;
const longestDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
/** China has one time zone and no daylight saving time: UTC+8, all year. */
const chinaOffsetMilliseconds = 8 * 3_600_000;

const digit = (text: string, index: number): number => text.charCodeAt(index) - 48;
const yearOf = (date: string): number =>
  digit(date, 0) * 1_000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3);
const monthOf = (date: string): number => digit(date, 5) * 10 + digit(date, 6);
const dayOf = (date: string): number => digit(date, 8) * 10 + digit(date, 9);

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Of a text that has the digits of a date: whether the calendar has that day. */
const isRealDate = (text: string): boolean => {
  const month = monthOf(text);
  const day = dayOf(text);
  if (day < 1 || day > (longestDays[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || isLeap(yearOf(text));
};

/** A calendar date in China, YYYY-MM-DD. 31 February is refused. */
export const LocalDate = z
  .string()
  .regex(datePattern, { error: 'expected YYYY-MM-DD', abort: true })
  .refine(isRealDate, 'no such day in the calendar')
  .brand('LocalDate');
export type LocalDate = z.infer<typeof LocalDate>;

/** Whether a value is a date of the calendar, without the cost of a schema: asked of every dated fact in whole-roster runs. */
export const isLocalDate = (value: unknown): value is LocalDate =>
  typeof value === 'string' && datePattern.test(value) && isRealDate(value);

/** A moment in UTC, ISO 8601 with milliseconds, as `Date.prototype.toISOString` writes it. */
export const Instant = z.iso.datetime({ precision: 3 }).brand('Instant');
export type Instant = z.infer<typeof Instant>;

/** The present moment, passed in: the domain has no clock of its own. */
export type Now = () => Instant;

const daysPer400Years = 146_097;
/** Days from 0000-03-01 to 1970-01-01. */
const epoch = 719_468;

/**
 * Days since 1970-01-01. Counted from 1 March, so that a leap day is the last of its year and months have a formula (Hinnant,
 * "chrono-compatible low-level date algorithms"): whole-roster runs ask for the age of every fact, and a `Date` costs twenty times this.
 */
export const dayNumber = (date: LocalDate): number => {
  const month = monthOf(date);
  const year = month <= 2 ? yearOf(date) - 1 : yearOf(date);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOf(date) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPer400Years + dayOfEra - epoch;
};

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
  const years = yearOf(date) - yearOf(birthDate);
  const isBeforeBirthday = monthOf(date) * 100 + dayOf(date) < monthOf(birthDate) * 100 + dayOf(birthDate);
  return isBeforeBirthday ? years - 1 : years;
};

const adultAge = 18;
/** Whether somebody is of age on a date, the eighteenth birthday included (Civil Code article 17). */
export const isAdultOn = (birthDate: LocalDate, date: LocalDate): boolean => ageOn(birthDate, date) >= adultAge;

/** Completed months from one date to another: 31 January to 28 February is none, to 1 March is one. */
export const monthsBetween = (from: LocalDate, to: LocalDate): number => {
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);
  return dayOf(to) < dayOf(from) ? months - 1 : months;
};

/** The first day of the month after a date's. */
export const firstOfNextMonth = (date: LocalDate): LocalDate => {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return LocalDate.parse(new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10));
};

/** The earlier of two dates. */
export const earlierOf = (one: LocalDate, other: LocalDate): LocalDate => {
  if (one < other) return one;
  return other;
};

/** The later of two dates. */
export const laterOf = (one: LocalDate, other: LocalDate): LocalDate => {
  if (one > other) return one;
  return other;
};
