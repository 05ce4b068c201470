/**
 * Writes the working-day calendar from the npm package holiday-calendar, which holds the State Council's yearly notices.
 * Run by hand when the notice for another year is out: add the year, then `node policies/working-days/generate.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const years = [2023, 2024, 2025, 2026];
const require = createRequire(import.meta.url);
const Year = z.object({
  dates: z.array(z.object({ date: z.iso.date(), type: z.enum(['public_holiday', 'transfer_workday']) })),
});

const days = years.flatMap(
  (year) =>
    Year.parse(JSON.parse(readFileSync(require.resolve(`holiday-calendar/data/CN/${year}.json`), 'utf8'))).dates,
);
const coversFrom = `${years[0]}-01-01`;
const coversThrough = `${years.at(-1)}-12-31`;
/** A year's notice may begin with days of the year before (New Year 2023 began on 31 December 2022). */
const isCovered = (date: string): boolean => date >= coversFrom && date <= coversThrough;
const datesOf = (type: 'public_holiday' | 'transfer_workday'): string[] =>
  days
    .filter((day) => day.type === type && isCovered(day.date))
    .map(({ date }) => date)
    .toSorted();

const calendar = {
  source: 'holiday-calendar 1.3.3 (holiday notices of the General Office of the State Council, 2023 to 2026)',
  coversFrom,
  coversThrough,
  holidays: datesOf('public_holiday'),
  makeUpDays: datesOf('transfer_workday'),
};

writeFileSync(new URL('china.json', import.meta.url), `${JSON.stringify(calendar, null, 2)}\n`);
