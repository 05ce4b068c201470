import { LocalDate, plusDays } from '../../../domain/dates.ts';
import type { DivisionCode } from '../../../domain/people/divisions.ts';
import { checkCharacterOf } from '../../../domain/people/resident-id.ts';
import { counties, townshipsOf } from '../../../policies/divisions/divisions.ts';
import { type DepartmentRow, yuan } from './story.ts';

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

/** Where the file says that they live: some of them in a township, some no closer than the county. */
const residenceOf = (county: DivisionCode, number: number): string => {
  const townships = townshipsOf(county);
  return (number % 2 === 0 ? townships[number % Math.max(1, townships.length)]?.code : undefined) ?? county;
};

/** What departments tell of somebody of a county who is on no list: what makes a prospect of each dataset that has a trigger, or what is just short of it. */
export const strangersRows = (
  isProspect: boolean,
  { county, on, number }: { readonly county: DivisionCode; readonly on: LocalDate; readonly number: number },
): readonly DepartmentRow[] => {
  const residence = residenceOf(county, number);
  const paid = yuan(isProspect ? 1_000_000 : 999_999);
  const bill = { 'bill': `N${number}`, 'settled-on': on, 'self-paid': paid, 'household-self-paid': paid, residence };
  return [
    { dataset: 'hospital-bills', cells: bill },
    {
      dataset: 'poverty-return-list',
      cells: { 'kind': isProspect ? '边缘易致贫户' : '风险已消除', 'listed-on': on, residence },
    },
    { dataset: 'hard-up-pupils', cells: { 'stage': isProspect ? '初中' : '不在学', 'identified-on': on, residence } },
  ];
};
