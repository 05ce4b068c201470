import { z } from 'zod';
import { dateOfDayNumber, dayNumber, LocalDate, plusDays } from '../dates.ts';

const dateSet = z.array(LocalDate).transform((dates): ReadonlySet<LocalDate> => new Set(dates));

/**
 * Which days count as working days. `holidays` are days off by the State Council's yearly notice (weekend days among them
 * change nothing); `makeUpDays` are weekend days that are worked instead. Outside `coversFrom`..`coversThrough` no notice is
 * known yet, so only weekends can be assumed.
 */
export const WorkingDayCalendar = z
  .strictObject({ coversFrom: LocalDate, coversThrough: LocalDate, holidays: dateSet, makeUpDays: dateSet })
  .superRefine((calendar, context) => {
    const both = [...calendar.holidays].filter((date) => calendar.makeUpDays.has(date));
    const outside = [...calendar.holidays, ...calendar.makeUpDays].filter((date) => !isCovered(calendar, date));
    if (both.length > 0) context.addIssue({ code: 'custom', message: `both off and worked: ${both.join(', ')}` });
    if (outside.length > 0)
      context.addIssue({ code: 'custom', message: `outside the covered span: ${outside.join(', ')}` });
  });
export type WorkingDayCalendar = z.infer<typeof WorkingDayCalendar>;

/** Deadlines reach so far at the least: 45 working days of a special case are some nine weeks, and a new calendar has to be deployed before. */
const daysReached = 70;

/** Whether deadlines of these days reach beyond the calendar, so that the next year's has to be added. */
export const isRunningOut = ({ coversThrough }: WorkingDayCalendar, today: LocalDate): boolean =>
  plusDays(today, daysReached) > coversThrough;

/** A date counted out. `provisional` when days beyond the calendar's span were counted, with weekends only. */
export interface CountedDate {
  date: LocalDate;
  provisional: boolean;
}

const isCovered = (calendar: { coversFrom: LocalDate; coversThrough: LocalDate }, date: LocalDate): boolean =>
  date >= calendar.coversFrom && date <= calendar.coversThrough;

/** 1970-01-01 was a Thursday. */
const isWeekend = (day: number): boolean => {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
};

/** Whether a date is a working day. Beyond the calendar's span every Monday to Friday is taken for one. */
export const isWorkingDay = (calendar: WorkingDayCalendar, date: LocalDate): boolean => {
  if (calendar.makeUpDays.has(date)) return true;
  return !calendar.holidays.has(date) && !isWeekend(dayNumber(date));
};

/**
 * The date `count` working days after `start`; the start day is not counted, and 0 gives the start day itself.
 * Throws a RangeError unless `count` is a whole number from 0 to 10,000.
 */
export const addWorkingDays = (calendar: WorkingDayCalendar, start: LocalDate, count: number): CountedDate => {
  if (!Number.isInteger(count) || count < 0 || count > 10_000) {
    throw new RangeError(`cannot count ${count} working days: expected a whole number from 0 to 10000`);
  }
  let day = dayNumber(start);
  let date = start;
  let provisional = count > 0 && start < calendar.coversFrom;
  for (let counted = 0; counted < count; ) {
    day += 1;
    date = dateOfDayNumber(day);
    provisional ||= date > calendar.coversThrough;
    if (isWorkingDay(calendar, date)) counted += 1;
  }
  return { date, provisional };
};

/**
 * Working days after `from`, up to and including `to`: the inverse of `addWorkingDays`. Negative when `to` is the earlier.
 */
export const workingDaysBetween = (calendar: WorkingDayCalendar, from: LocalDate, to: LocalDate): number => {
  if (to < from) return -workingDaysBetween(calendar, to, from);
  let count = 0;
  const last = dayNumber(to);
  for (let day = dayNumber(from) + 1; day <= last; day += 1) {
    if (isWorkingDay(calendar, dateOfDayNumber(day))) count += 1;
  }
  return count;
};
