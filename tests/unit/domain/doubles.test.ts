import { describe, expect, test } from 'vitest';
import { marksOf } from '../../../adapters/crypto/likeness.ts';
import { LocalDate } from '../../../domain/dates.ts';
import type { Identity } from '../../../domain/households/roster-household.ts';
import { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { type Alike, addAlike, areTooMany, doublesIn, hasAlike } from '../../../domain/missed-needs/doubles.ts';
import { hasLeft } from '../../../domain/missed-needs/hardship.ts';
import {
  type AlikePerson,
  descriptionOf,
  fromLine,
  numberStateOf,
  toLines,
} from '../../../domain/missed-needs/likeness.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { residentId } from '../../support/people.ts';
import { householdOf, person } from './household-builder.ts';

const day = (text: string): LocalDate => LocalDate.parse(text);
const today = day('2026-03-02');
const born = { birthDate: day('1958-03-12'), sex: 'male' } as const;
const described = (name: string) => descriptionOf({ name, ...born });

test('a name is the same in any width, with any blanks and dots, in small and capital letters', () => {
  const same = [
    '阿依古丽·买买提',
    '阿依古丽•买买提',
    '阿依古丽・买买提',
    ' 阿依古丽 买买提',
    '阿依古丽.买买提',
    '阿依古丽．买买提',
  ];
  expect(new Set(same.map(described)).size).toBe(1);
  expect(described('ＡＢ')).toBe(described('ab'));
  expect(described('张三')).not.toBe(described('张山'));
  expect(described(' · ')).toBeUndefined();
});

test('a number on file fits its person by its check character, the birth date and the sex in it', () => {
  const right = residentId('1958-03-12', 31);
  const wrongEnd = `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`;
  expect(numberStateOf(right, born, today)).toBe('well-formed');
  expect(numberStateOf(null, born, today)).toBe('missing');
  for (const number of [wrongEnd, residentId('1958-03-13', 31), residentId('1958-03-12', 32)])
    expect(numberStateOf(number, born, today)).toBe('ill-formed');
});

const hex = (number: number): string => number.toString(16).padStart(32, '0');
const alikePerson = (number: number, changes: Partial<AlikePerson> = {}): AlikePerson => ({
  mark: 'a'.repeat(24),
  householdId: HouseholdId.parse(`hh_${hex(number)}`),
  personId: PersonId.parse(`per_${hex(number)}`),
  division: DivisionCode.parse('140121100'),
  number: 'well-formed',
  isDeceased: false,
  ...changes,
});
const alike = (people: readonly AlikePerson[]): Alike => {
  const all = new Map<string, Alike>();
  for (const each of people) addAlike(all, each);
  const [one] = all.values();
  if (one === undefined || all.size !== 1) throw new Error('not one mark');
  return one;
};

test('what is laid down is read again, and a line that is none is refused', () => {
  const people = [alikePerson(1), alikePerson(2, { number: 'missing', isDeceased: true })];
  expect(toLines(people).trimEnd().split('\n').map(fromLine)).toEqual(people);
  expect(() => fromLine('张三 1958-03-12')).toThrow();
  expect(() => fromLine(toLines(people).split('\n')[0]?.replace('living', 'unknown') ?? '')).toThrow();
});

test('each two people who are alike are a line of each household, whoever is read first, and one who is read twice is none', () => {
  const people = [1, 2, 3].map((number) => alikePerson(number, { number: 'missing' }));
  const lines = doublesIn(alike(people));
  expect(lines).toHaveLength(6);
  expect(doublesIn(alike(people.toReversed()))).toEqual(lines);
  expect(doublesIn(alike([alikePerson(1), alikePerson(1)]))).toEqual([]);
});

test('two people whose numbers both fit are none, and one number that does not is enough', () => {
  expect(doublesIn(alike([alikePerson(1), alikePerson(2)]))).toEqual([]);
  for (const number of ['missing', 'ill-formed'] as const)
    expect(doublesIn(alike([alikePerson(1), alikePerson(2, { number })]))).toHaveLength(2);
});

test('six who are alike are compared, and seven are counted by county', () => {
  const six = [1, 2, 3, 4, 5, 6].map((number) => alikePerson(number));
  expect(areTooMany(alike(six))).toBe(false);
  const far = { division: DivisionCode.parse('140105001') };
  const nine = alike([...six, alikePerson(7, far), alikePerson(8, far), alikePerson(9, far)]);
  expect(areTooMany(nine)).toBe(true);
  expect(nine.living.size).toBe(7);
  expect(Object.fromEntries(nine.counties)).toEqual({ 140121: 6, 140105: 3 });
});

describe('of a record that says that its person has died', () => {
  const dead = (number: number): AlikePerson => alikePerson(number, { number: 'missing', isDeceased: true });
  const asked = (people: readonly AlikePerson[]) =>
    doublesIn(alike(people)).map(({ householdId, alike: { otherPersonId } }) => [householdId, otherPersonId]);

  test('whoever lives on under another is asked about, and nobody else', () => {
    const [living, other] = [alikePerson(1), alikePerson(2)];
    const [one, two] = [dead(3), dead(4)];
    const lines = [living, other].flatMap(({ householdId }) =>
      [one, two].map(({ personId }) => [householdId, personId]),
    );
    expect(new Set(asked([living, other, one, two]))).toEqual(new Set(lines));
    expect(asked([{ ...living, isDeceased: true }, one, two])).toEqual([]);
    expect(hasAlike(alike([one, two]))).toBe(false);
    expect(hasAlike(alike([one, living]))).toBe(true);
  });

  test('two sound numbers are two people all the same', () => {
    expect(asked([alikePerson(1), { ...dead(2), number: 'well-formed' }])).toEqual([]);
  });

  test('of one household there is one line, and of one who died between two looks none', () => {
    const living = alikePerson(1);
    expect(asked([{ ...dead(2), householdId: living.householdId }, living])).toHaveLength(1);
    expect(asked([living, { ...living, number: 'missing', isDeceased: true }])).toEqual([]);
  });

  test('many dead of one name do not hide the living by their number, until they are too many to look at', () => {
    const [living, other] = [alikePerson(1, { number: 'missing' }), alikePerson(2)];
    const six = [11, 12, 13, 14, 15, 16].map(dead);
    expect(areTooMany(alike([living, other, ...six]))).toBe(false);
    expect(asked([living, other, ...six])).toHaveLength(14);
    const seven = alike([living, other, ...six, dead(17)]);
    expect(areTooMany(seven)).toBe(true);
    expect(Object.fromEntries(seven.counties)).toEqual({ 140121: 2 });
  });
});

test('a household has left that is known to have, unless it is helped again', () => {
  const household = householdOf([{}], { facts: { 'exit.on': '2026-02-01' } });
  expect(hasLeft(household, undefined, today)).toBe(true);
  expect(hasLeft(household, undefined, day('2026-01-31'))).toBe(false);
  expect(hasLeft({ ...household, tier: 'MINIMUM_LIVING_ALLOWANCE' }, undefined, today)).toBe(false);
  expect(hasLeft(householdOf([{}], {}), undefined, today)).toBe(false);
});

test('a mark takes the key and the day to make, who is of no known name has none, and who is dead is told as dead', () => {
  const { members } = householdOf([{}, {}, {}], {});
  const identities: Identity[] = members.map(({ personId }) => ({ personId, name: '张三', residentId: null }));
  const marks = marksOf(Buffer.alloc(32, 1), today);
  const [mark] = marks({ members }, identities).map((each) => each.mark);
  const others = [marksOf(Buffer.alloc(32, 2), today), marksOf(Buffer.alloc(32, 1), day('2026-03-03'))];
  for (const other of others) expect(other({ members }, identities)[0]?.mark).not.toBe(mark);
  const dead = members.map((each) => ({ ...each, deceasedOn: each.personId === person(1) ? today : null }));
  const told = marks(
    { members: dead },
    identities.filter(({ personId }) => personId !== person(2)),
  );
  expect(told.map(({ personId, isDeceased }) => [personId, isDeceased])).toEqual([
    [person(1), true],
    [person(3), false],
  ]);
});
