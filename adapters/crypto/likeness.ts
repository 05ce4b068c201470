import { createHmac, createSecretKey } from 'node:crypto';
import type { LocalDate } from '../../domain/dates.ts';
import type { Household } from '../../domain/households/household.ts';
import type { Identity } from '../../domain/households/roster-household.ts';
import { descriptionOf, type Likeness, numberStateOf } from '../../domain/missed-needs/likeness.ts';

const markDigits = 24;

/** Marks the people of a household, those who have died too. */
export type Marks = (household: Pick<Household, 'members'>, identities: readonly Identity[]) => readonly Likeness[];

/**
 * Marks of one day: HMAC-SHA-256 over day, name, birth date and sex, of which 96 bits are kept, enough that two of a million people who are
 * not alike have one mark in 10^17 nights. Names and birth dates can be guessed, so that without a key a mark would be as good as they are.
 * Whose name is not on file has none; who was erased has no name left.
 */
export const marksOf = (key: Buffer, day: LocalDate): Marks => {
  const secret = createSecretKey(key);
  const markOf = (description: string): string =>
    createHmac('sha256', secret).update(`likeness|${day}|${description}`).digest('hex').slice(0, markDigits);
  return ({ members }, identities) => {
    const known = new Map(identities.map((identity) => [identity.personId, identity]));
    return members.flatMap(({ personId, birthDate, sex, deceasedOn }): Likeness[] => {
      const identity = known.get(personId);
      if (identity === undefined) return [];
      const description = descriptionOf({ name: identity.name, birthDate, sex });
      if (description === undefined) return [];
      const number = numberStateOf(identity.residentId, { birthDate, sex }, day);
      return [{ personId, mark: markOf(description), number, isDeceased: deceasedOn !== null }];
    });
  };
};
