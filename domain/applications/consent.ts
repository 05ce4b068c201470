import { isAdultOn, type LocalDate } from '../dates.ts';
import type { Household, HouseholdMember } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { Consent } from './application.ts';

/** Where a person's consent to a check of means stands on a day. `expired`: there was one, and it does not cover the day. */
export type ConsentStanding = 'in-force' | 'expired' | 'missing';

/**
 * Where one person's consent stands on a day, its first and last day included. Every check of means and every look-up into what
 * came of one asks this, and nothing but `in-force` lets it go on (D57 article 17).
 */
export const consentInForce = (consents: readonly Consent[], personId: PersonId, on: LocalDate): ConsentStanding => {
  const own = consents.filter((consent) => consent.personId === personId);
  if (own.some(({ givenOn, expiresOn }) => givenOn <= on && on <= expiresOn)) return 'in-force';
  return own.length > 0 ? 'expired' : 'missing';
};

/** A member whose means are checked: adult, living, and counted in the household. */
const isChecked = ({ birthDate, notCounted, deceasedOn }: HouseholdMember, on: LocalDate): boolean =>
  notCounted === null && deceasedOn === null && isAdultOn(birthDate, on);

/** The adults of a household whose consent is not in force on a day, with where it stands. */
export const adultsWithoutConsent = (
  household: Household,
  consents: readonly Consent[],
  on: LocalDate,
): readonly { personId: PersonId; standing: Exclude<ConsentStanding, 'in-force'> }[] =>
  household.members.flatMap((member) => {
    if (!isChecked(member, on)) return [];
    const standing = consentInForce(consents, member.personId, on);
    return standing === 'in-force' ? [] : [{ personId: member.personId, standing }];
  });
