import { LocalDate, plusDays } from '../../../domain/dates.ts';
import type { DivisionCode } from '../../../domain/people/divisions.ts';
import { checkCharacterOf } from '../../../domain/people/resident-id.ts';
import { counties } from '../../../policies/divisions/divisions.ts';

/** An address that no county of the roster gives, and no example has: whoever has it is on no roster. */
const address = '149909';
const firstBirth = LocalDate.parse('1936-01-01');
const birthDays = 24_000;
const sequencesOfCounty = 8;

/** The resident ID of a person of a county who is not on the roster; no two have the same, in whichever county. */
export const strangersId = (county: DivisionCode, number: number): string => {
  const place = counties().findIndex(({ code }) => code === county);
  const born = plusDays(firstBirth, number % birthDays);
  const sequence = 1 + place * sequencesOfCounty + Math.floor(number / birthDays);
  const digits = `${address}${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};
