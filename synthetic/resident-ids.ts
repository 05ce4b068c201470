import type { LocalDate } from '../domain/dates.ts';
import type { DivisionCode } from '../domain/people/divisions.ts';
import { checkCharacterOf } from '../domain/people/resident-id.ts';
import { counties } from '../policies/divisions/divisions.ts';
import type { Random } from './random.ts';

/** Makes resident IDs of one county, none of them twice. */
export type ResidentIds = (random: Random, birthDate: LocalDate, sex: 'female' | 'male') => string;

/** No such county exists (GB/T 2260), so no number made here can be anybody's. */
const unassignedBlock = 1499;
/** 149900 to 149909 are left to examples and tests, so that a person made up there is never met in a seeded county. */
const firstOfCounties = 10;
const sequences = 500;
const addresses = 100 - firstOfCounties;

/** Sequences that a county may give, from and up to, not including: all of them while it is alone. */
export type Sequences = readonly [number, number];
const allSequences: Sequences = [0, sequences];

/**
 * The sequences of a county within the whole province: there are more counties than addresses, and of two with the same address each has one half.
 */
export const sequencesInProvince = (county: DivisionCode): Sequences => {
  const all = counties();
  const place = all.findIndex(({ code }) => code === county);
  if (place >= addresses) return [sequences / 2, sequences];
  return place + addresses < all.length ? [0, sequences / 2] : allSequences;
};

/**
 * Resident IDs (GB 11643) of the block 1499xx with right check characters; the county's place in the list gives the last two
 * digits of the address. A number that is taken moves on to the next sequence of the same sex. Throws when a county has more than
 * 499 people of one sex born on one day, which no roster comes near.
 */
export const residentIdsOf = (county: DivisionCode, [from, until]: Sequences = allSequences): ResidentIds => {
  const place = counties().findIndex(({ code }) => code === county);
  if (place < 0) throw new RangeError(`Shanxi has no county ${county}`);
  const address = `${unassignedBlock}${String(firstOfCounties + (place % addresses)).padStart(2, '0')}`;
  const taken = new Set<string>();
  return (random, birthDate, sex) => {
    const first = random.integer(0, until - from - 1);
    for (let tried = 0; tried < until - from; tried += 1) {
      // Odd for men, even for women (GB 11643); 000 is not given.
      const sequence = (from + ((first + tried) % (until - from))) * 2 + (sex === 'male' ? 1 : 0);
      if (sequence === 0) continue;
      const digits = `${address}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
      if (taken.has(digits)) continue;
      taken.add(digits);
      return digits + checkCharacterOf(digits);
    }
    throw new RangeError(`no resident ID is left for people born on ${birthDate}`);
  };
};
