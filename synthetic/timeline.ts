import { Instant, type LocalDate, plusDays } from '../domain/dates.ts';
import { addWorkingDays } from '../domain/deadlines/working-days.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import type { Random } from './random.ts';

/** The days of one review, each a working day. */
export interface Timeline {
  readonly submittedOn: LocalDate;
  readonly visitedOn: LocalDate;
  readonly evaluatedOn: LocalDate;
  readonly decidedOn: LocalDate;
}

/** A moment in the office hours of a day in China (9 to 17 o'clock, UTC+8). */
export const momentOn = (random: Random, date: LocalDate): Instant =>
  Instant.parse(new Date(Date.parse(`${date}T01:00:00Z`) + random.integer(0, 28_799) * 1_000).toISOString());

/**
 * How many days before today a household applied. The first range leaves every fact younger than the year after which it is too
 * old, and every decision before today; the second is well past that year.
 */
const daysAgo = { fresh: [60, 310], stale: [430, 640] } as const;

const later = (date: LocalDate, workingDays: number): LocalDate =>
  addWorkingDays(chinaCalendar, date, workingDays).date;

/** A review that ended before `date`: application, visit, opinion, seven days of public notice, decision. */
export const timelineBefore = (random: Random, date: LocalDate, isStale: boolean): Timeline => {
  const [from, to] = daysAgo[isStale ? 'stale' : 'fresh'];
  const submittedOn = later(plusDays(date, -random.integer(from, to)), 1);
  const visitedOn = later(submittedOn, random.integer(2, 9));
  const evaluatedOn = later(visitedOn, random.integer(0, 2));
  return { submittedOn, visitedOn, evaluatedOn, decidedOn: later(plusDays(evaluatedOn, 7), random.integer(1, 7)) };
};
