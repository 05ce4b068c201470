import { dateInChina, endOfDayInChina, Instant, type LocalDate, plusDays } from '../dates.ts';
import type { Clock } from './clock.ts';
import { addWorkingDays, type CountedDate, type WorkingDayCalendar } from './working-days.ts';

/** A reminder is raised when this share of the time has passed [A: a local setting, no national rule]. */
export const reminderShare = 0.8;

const millisecondsPerHour = 3_600_000;

/** When something is due: the last day, the moment after which it is late, and the moment to remind. */
export interface Deadline {
  dueDate: LocalDate;
  dueAt: Instant;
  remindAt: Instant;
  /** The working-day calendar does not reach that far: holidays behind its end count as worked, so the date can be early. It stays. */
  provisional: boolean;
}

/** The first moment at which a deadline on this date has been missed: the end of that day in China. */
export const dueInstant = (date: LocalDate): Instant => endOfDayInChina(date);

/** The moment at which 80 % of the span from start to due has passed. A span that ends before it starts reminds at its end. */
export const reminderInstant = (startedAt: Instant, dueAt: Instant): Instant => {
  const start = Date.parse(startedAt);
  const due = Date.parse(dueAt);
  const remind = due <= start ? due : start + Math.floor((due - start) * reminderShare);
  return Instant.parse(new Date(remind).toISOString());
};

/** The last day of a clock in days, from a start day that is not counted. A clock in hours has no last day: use `deadlineOf`. */
export const dueDate = (
  clock: Pick<Clock, 'amount' | 'unit'> & { unit: 'working-day' | 'calendar-day' },
  calendar: WorkingDayCalendar,
  start: LocalDate,
): CountedDate =>
  clock.unit === 'working-day'
    ? addWorkingDays(calendar, start, clock.amount)
    : { date: plusDays(start, clock.amount), provisional: false };

/** Due date, due moment and reminder of a clock that starts now. Days end at midnight in China; hours run from the moment. */
export const deadlineOf = (
  clock: Pick<Clock, 'amount' | 'unit'>,
  calendar: WorkingDayCalendar,
  startedAt: Instant,
): Deadline => {
  if (clock.unit === 'hour') {
    const dueAt = Instant.parse(new Date(Date.parse(startedAt) + clock.amount * millisecondsPerHour).toISOString());
    return { dueDate: dateInChina(dueAt), dueAt, remindAt: reminderInstant(startedAt, dueAt), provisional: false };
  }
  const { date, provisional } = dueDate({ amount: clock.amount, unit: clock.unit }, calendar, dateInChina(startedAt));
  const dueAt = dueInstant(date);
  return { dueDate: date, dueAt, remindAt: reminderInstant(startedAt, dueAt), provisional };
};
