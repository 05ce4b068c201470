import type { Household } from '../../domain/households/household.ts';
import type { Contact } from '../../domain/people/contact.ts';
import type { Random } from '../random.ts';

const banks = ['农村信用社', '农业银行', '邮政储蓄银行', '建设银行'] as const;
/** Of accounts these are cards, which end in a check digit; the others are passbooks of the rural credit co-operatives [assumption]. */
const cardShare = 0.7;

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.integer(0, 9))).join('');

/** The digit that makes a card's number pass (ISO/IEC 7812-1, Luhn). */
const luhnDigitOf = (payload: string): number => {
  const sum = [...payload].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
};

/** No network of cards has given out 6299, so that no number made here is anybody's [assumption]. */
const cardFrom = (random: Random, isRight: boolean): string => {
  const payload = `6299${digits(random, 14)}`;
  const check = luhnDigitOf(payload);
  return `${payload}${isRight ? check : (check + 1) % 10}`;
};
const passbookFrom = (random: Random): string => `10${digits(random, 13)}`;

/** How a household is paid, and what is wrong with that. */
interface Reached {
  readonly contacts: Contact[];
  readonly fault: 'missing' | 'ill-formed' | null;
}

/** Telephone and account of the applicant. Who has never applied has told neither. In a share of households the account is missing or wrong. */
export const contactsOf = (
  random: Random,
  { members }: Household,
  hasApplied: boolean,
  faultShare: number,
): Reached => {
  const applicant = members[0];
  if (applicant === undefined || !hasApplied) return { contacts: [], fault: null };
  const fault = random.chance(faultShare) ? random.pick(['missing', 'ill-formed'] as const) : null;
  // No mobile telephone in China has a number that begins with 11.
  const phone = `110${digits(random, 8)}`;
  const bank = random.pick(banks);
  const isCard = random.chance(cardShare);
  const number = isCard || fault !== null ? cardFrom(random, fault === null) : passbookFrom(random);
  const account = fault === 'missing' ? null : { bank, number };
  return { contacts: [{ personId: applicant.personId, phone, account }], fault };
};
