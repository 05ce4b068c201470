import { dateOfDayNumber, dayNumber, type LocalDate } from '../../domain/dates.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';

const texts = new Map<number, LocalDate>();
/** The date of a day number, remembered: households of one run share most of theirs. */
export const dateOf = (day: number): LocalDate => {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const date = dateOfDayNumber(day);
  texts.set(day, date);
  return date;
};

const lists = (): readonly { readonly validFrom: LocalDate }[] => [
  ...Object.values(shanxiPack.parameters).flat(),
  ...shanxiPack.standards.flatMap(({ values }) => values),
  ...shanxiPack.propertyLimits.flatMap(({ values }) => values),
  ...shanxiPack.catalogue,
  ...shanxiPack.exclusions,
];

const beginning = dayNumber(shanxiPack.coversFrom);
/** A leap day, the last days of years, and days long after everything the pack says. */
const fixed = ['2022-12-31', '2024-02-29', '2025-03-31', '2026-11-24', '2027-12-31', '2030-12-31'] as LocalDate[];

/** Days on which decisions are made: around each day on which something in the pack changes, and some others. */
export const decisionDays: readonly number[] = [
  ...new Set(
    [...lists().flatMap(({ validFrom }) => [dayNumber(validFrom) - 1, dayNumber(validFrom)]), ...fixed.map(dayNumber)]
      .filter((day) => day >= beginning)
      .toSorted((one, other) => one - other),
  ),
];

/** Days of which the pack knows nothing yet. */
export const earlyDays: readonly number[] = [beginning - 1, beginning - 200, dayNumber('2020-02-29' as LocalDate)];
