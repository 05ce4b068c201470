import { ageOn, LocalDate } from '../dates.ts';
import type { Sex } from './sex.ts';

/** Why a text is no resident ID, in the order in which it is looked for. */
export const residentIdFaults = [
  'length',
  'characters',
  'address',
  'birth-date',
  'future',
  'too-old',
  'check-digit',
] as const;
export type ResidentIdFault = (typeof residentIdFaults)[number];

/** A resident ID taken apart. `original15` is the old number it was written as; sequence 000 is odd, though not forbidden. */
export interface ResidentId {
  id18: string;
  birthDate: LocalDate;
  sex: Sex;
  original15: string | null;
  warnings: readonly 'sequence-000'[];
}
export type ParsedResidentId = { ok: true; value: ResidentId } | { ok: false; fault: ResidentIdFault };

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';
/**
 * First two digits of GB/T 2260: the provinces, 71, 81 to 83 and the 9 of foreigners' cards. Nothing finer is asked: the
 * address is that of first registration, it outlives its county, and may be anywhere in the country.
 */
const addressPattern = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/u;
const oldestAge = 120;

/** The check character of the first seventeen digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export const checkCharacterOf = (digits17: string): string => {
  const sum = weights.reduce<number>((total, weight, index) => total + weight * Number(digits17[index]), 0);
  return checkCharacters.charAt(sum % 11);
};

/** Half-width digits, no surrounding or inner spaces, and a capital X: what a person meant when typing it. */
const normalise = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase();

const faultOfDate = (birthDate: LocalDate, today: LocalDate): ResidentIdFault | null => {
  if (birthDate > today) return 'future';
  return ageOn(birthDate, today) > oldestAge ? 'too-old' : null;
};

/**
 * Reads a Chinese resident ID (GB 11643-1999), 18 characters or the old 15 digits, which are converted with "19" and a
 * computed check character. Full-width digits, spaces and a small x are accepted. Answers the first fault otherwise: a date
 * that does not exist, lies after `today` or more than 120 years before it, a check character that does not fit. A number that
 * passes is well formed; that it belongs to this person is for Public Security to confirm.
 */
export const parseResidentId = (text: string, today: LocalDate): ParsedResidentId => {
  const written = normalise(text);
  if (written.length !== 18 && written.length !== 15) return { ok: false, fault: 'length' };
  if (!/^(?:\d{15}|\d{17}[\dX])$/u.test(written)) return { ok: false, fault: 'characters' };
  if (!addressPattern.test(written)) return { ok: false, fault: 'address' };

  const old = written.length === 15;
  const digits17 = old ? `${written.slice(0, 6)}19${written.slice(6)}` : written.slice(0, 17);
  const date = `${digits17.slice(6, 10)}-${digits17.slice(10, 12)}-${digits17.slice(12, 14)}`;
  const birthDate = LocalDate.safeParse(date);
  if (!birthDate.success) return { ok: false, fault: 'birth-date' };
  const dateFault = faultOfDate(birthDate.data, today);
  if (dateFault !== null) return { ok: false, fault: dateFault };

  const check = checkCharacterOf(digits17);
  if (!old && written.charAt(17) !== check) return { ok: false, fault: 'check-digit' };
  const sequence = digits17.slice(14);
  return {
    ok: true,
    value: {
      id18: digits17 + check,
      birthDate: birthDate.data,
      sex: Number(sequence) % 2 === 1 ? 'male' : 'female',
      original15: old ? written : null,
      warnings: sequence === '000' ? ['sequence-000'] : [],
    },
  };
};
