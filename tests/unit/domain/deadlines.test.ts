import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfDayNumber, dayNumber, LocalDate } from '../../../domain/dates.ts';
import { deadlineOf, dueDate, dueInstant, reminderInstant } from '../../../domain/deadlines/due.ts';
import {
  addWorkingDays,
  isRunningOut,
  isWorkingDay,
  WorkingDayCalendar,
  workingDaysBetween,
} from '../../../domain/deadlines/working-days.ts';
import { chinaCalendar } from '../../../policies/working-days/china.ts';
import { date, instant } from './household-builder.ts';

const days = fc
  .integer({ min: dayNumber(date('2023-01-02')), max: dayNumber(date('2026-12-31')) })
  .map(dateOfDayNumber);

describe('working days', () => {
  it('do not count the start day', () => {
    // 2026-11-23 is a Monday
    expect(addWorkingDays(chinaCalendar, date('2026-11-23'), 1)).toStrictEqual({
      date: '2026-11-24',
      provisional: false,
    });
    expect(addWorkingDays(chinaCalendar, date('2026-11-23'), 5).date).toBe('2026-11-30');
    expect(addWorkingDays(chinaCalendar, date('2026-11-23'), 0).date).toBe('2026-11-23');
  });

  it('pass over the National Day holiday and count the make-up days around it', () => {
    // 2026: off from 1 to 7 October; Sunday 20 September and Saturday 10 October are worked.
    expect(isWorkingDay(chinaCalendar, date('2026-10-01'))).toBe(false);
    expect(isWorkingDay(chinaCalendar, date('2026-09-20'))).toBe(true);
    expect(isWorkingDay(chinaCalendar, date('2026-10-10'))).toBe(true);
    expect(addWorkingDays(chinaCalendar, date('2026-09-30'), 1).date).toBe('2026-10-08');
    expect(addWorkingDays(chinaCalendar, date('2026-09-30'), 3).date).toBe('2026-10-10');
  });

  it('are provisional exactly from the first day nobody has announced', () => {
    expect(addWorkingDays(chinaCalendar, date('2026-12-30'), 1)).toStrictEqual({
      date: '2026-12-31',
      provisional: false,
    });
    expect(addWorkingDays(chinaCalendar, date('2026-12-30'), 2)).toStrictEqual({
      date: '2027-01-01',
      provisional: true,
    });
    expect(addWorkingDays(chinaCalendar, date('2022-12-29'), 1).provisional).toBe(true);
  });

  it('take thirty working days from acceptance to a Tuesday six weeks later without a holiday', () => {
    expect(addWorkingDays(chinaCalendar, date('2026-07-07'), 30).date).toBe('2026-08-18');
  });

  it.each([-1, 1.5, Number.NaN, 10_001])('refuse to count %s', (count) => {
    expect(() => addWorkingDays(chinaCalendar, date('2026-11-23'), count)).toThrow(RangeError);
  });

  it('are counted back to what was added, for any day and number', () => {
    fc.assert(
      fc.property(days, fc.nat(60), (start, count) => {
        const { date: end } = addWorkingDays(chinaCalendar, start, count);
        expect(workingDaysBetween(chinaCalendar, start, end)).toBe(count);
        expect(workingDaysBetween(chinaCalendar, end, start) + count).toBe(0);
        if (count > 0) expect(isWorkingDay(chinaCalendar, end)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never end earlier for more days', () => {
    fc.assert(
      fc.property(days, fc.nat(40), fc.nat(40), (start, one, more) => {
        const sooner = addWorkingDays(chinaCalendar, start, one).date;
        expect(addWorkingDays(chinaCalendar, start, one + more).date >= sooner).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('run out while deadlines still begin within the calendar', () => {
    const calendar = { ...chinaCalendar, coversThrough: date('2026-12-31') };
    const days = ['2026-10-21', '2026-10-22', '2026-10-23', '2027-03-01'];
    expect(days.map((day) => isRunningOut(calendar, date(day)))).toEqual([false, false, true, true]);
    expect(addWorkingDays(calendar, date('2026-10-22'), 45).provisional).toBe(false);
  });

  it('come from a calendar that names no day twice and none outside its span', () => {
    const base = { coversFrom: '2026-01-01', coversThrough: '2026-12-31', holidays: ['2026-10-01'], makeUpDays: [] };
    expect(WorkingDayCalendar.safeParse(base).success).toBe(true);
    expect(WorkingDayCalendar.safeParse({ ...base, makeUpDays: ['2026-10-01'] }).success).toBe(false);
    expect(WorkingDayCalendar.safeParse({ ...base, holidays: ['2027-01-01'] }).success).toBe(false);
  });
});

describe('a deadline', () => {
  it('ends with its day in China, which is 16:00 UTC', () => {
    expect(dueInstant(date('2026-12-01'))).toBe('2026-12-01T16:00:00.000Z');
  });

  it('reminds when 80 % of the time has passed', () => {
    expect(reminderInstant(instant('2026-11-01T00:00:00.000Z'), instant('2026-11-11T00:00:00.000Z'))).toBe(
      '2026-11-09T00:00:00.000Z',
    );
    expect(reminderInstant(instant('2026-11-11T00:00:00.000Z'), instant('2026-11-01T00:00:00.000Z'))).toBe(
      '2026-11-01T00:00:00.000Z',
    );
  });

  it('counts seven days of a notice as calendar days', () => {
    const start = date('2026-09-28');
    expect(dueDate({ amount: 7, unit: 'calendar-day' }, chinaCalendar, start)).toStrictEqual({
      date: '2026-10-05',
      provisional: false,
    });
    expect(dueDate({ amount: 7, unit: 'working-day' }, chinaCalendar, start).date).toBe('2026-10-13');
  });

  it('begins on the day it is in China when the clock starts, not in London', () => {
    const late = deadlineOf({ amount: 1, unit: 'calendar-day' }, chinaCalendar, instant('2026-11-23T16:30:00.000Z'));
    expect(late).toMatchObject({ dueDate: '2026-11-25', dueAt: '2026-11-25T16:00:00.000Z' });
  });

  it('runs in hours from the moment', () => {
    expect(deadlineOf({ amount: 24, unit: 'hour' }, chinaCalendar, instant('2026-11-23T10:00:00.000Z'))).toStrictEqual({
      dueDate: '2026-11-24',
      dueAt: '2026-11-24T10:00:00.000Z',
      remindAt: '2026-11-24T05:12:00.000Z',
      provisional: false,
    });
  });

  it('is provisional when it lies past the announced calendar', () => {
    const clock = { amount: 30, unit: 'working-day' } as const;
    expect(deadlineOf(clock, chinaCalendar, instant('2026-12-01T02:00:00.000Z')).provisional).toBe(true);
    expect(
      LocalDate.safeParse(deadlineOf(clock, chinaCalendar, instant('2026-12-01T02:00:00.000Z')).dueDate).success,
    ).toBe(true);
  });
});
