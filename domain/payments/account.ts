import { type Household, livingMembers } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { Contact } from '../people/contact.ts';

/** A UnionPay card: 16 to 19 digits that begin with 62, the last of them a check digit (ISO/IEC 7812-1, Luhn). */
const cardPattern = /^62\d{14,17}$/u;

const passesLuhn = (digits: string): boolean => {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

/** Whether an account may exist as written. A passbook has no check digit, so of it only a single repeated digit is known to be wrong. */
export const isWellFormedAccount = (number: string): boolean =>
  !/^(?<digit>\d)\k<digit>*$/u.test(number) && (!cardPattern.test(number) || passesLuhn(number));

/**
 * The account a line is paid to: the person's own, otherwise the applicant's, otherwise that of another member [local setting].
 * Never that of somebody who has died: the account may be frozen, and the money is the estate's. Undefined: there is none.
 */
export const accountFor = (
  household: Household,
  contacts: readonly Contact[],
  personId: PersonId | null,
): string | undefined => {
  const rank = (member: Household['members'][number]): number => {
    if (member.personId === personId) return 0;
    return member.relation === 'applicant' ? 1 : 2;
  };
  const accounts = livingMembers(household)
    .toSorted((one, other) => rank(one) - rank(other))
    .flatMap((member) => contacts.find((contact) => contact.personId === member.personId)?.account ?? []);
  return accounts[0]?.number;
};
