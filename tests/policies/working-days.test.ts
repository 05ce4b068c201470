import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dateOfDayNumber, dayNumber, LocalDate } from '../../domain/dates.ts';
import { isWorkingDay } from '../../domain/deadlines/working-days.ts';
import { chinaCalendar } from '../../policies/working-days/china.ts';

const require = createRequire(import.meta.url);
const Year = z.object({ dates: z.array(z.object({ date: z.string(), type: z.string() })) });

describe("China's working days", () => {
  it('are known from 2023 through 2026', () => {
    expect(chinaCalendar).toMatchObject({ coversFrom: '2023-01-01', coversThrough: '2026-12-31' });
  });

  it.each([2023, 2024, 2025, 2026])('of %i agree, day by day, with the published calendar', (year) => {
    const file = require.resolve(`holiday-calendar/data/CN/${year}.json`);
    const types = new Map(Year.parse(JSON.parse(readFileSync(file, 'utf8'))).dates.map((day) => [day.date, day.type]));
    const first = dayNumber(LocalDate.parse(`${year}-01-01`));
    const last = dayNumber(LocalDate.parse(`${year}-12-31`));
    for (let day = first; day <= last; day += 1) {
      const date = dateOfDayNumber(day);
      const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
      const type = types.get(date);
      const expected = type === 'transfer_workday' || (type !== 'public_holiday' && weekday !== 0 && weekday !== 6);
      expect(`${date} ${isWorkingDay(chinaCalendar, date)}`).toBe(`${date} ${expected}`);
    }
  });

  it('have the number of working days each year that the notices leave', () => {
    const counted = [2023, 2024, 2025, 2026].map((year) => {
      const first = dayNumber(LocalDate.parse(`${year}-01-01`));
      let count = 0;
      for (let day = first; dateOfDayNumber(day).startsWith(String(year)); day += 1) {
        if (isWorkingDay(chinaCalendar, dateOfDayNumber(day))) count += 1;
      }
      return count;
    });
    expect(counted).toStrictEqual([249, 251, 248, 248]);
  });
});
