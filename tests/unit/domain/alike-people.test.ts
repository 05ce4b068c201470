import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { type AlikePerson, toLines } from '../../../domain/missed-needs/likeness.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { alikePeople } from '../../../functions/compare-people/alike-people.ts';

const day = LocalDate.parse('2026-03-02');
const division = DivisionCode.parse('140121100');
const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
const somebody = (number: number, changes: Partial<AlikePerson> = {}): AlikePerson => ({
  mark: hex(number, 13).padEnd(24, '0'),
  householdId: HouseholdId.parse(`hh_${hex(number, 32)}`),
  personId: PersonId.parse(`per_${hex(number, 32)}`),
  division,
  number: 'well-formed',
  isDeceased: false,
  ...changes,
});

/** Finds who is alike in parts of a night, each of which is made when it is read. */
const foundIn = (count: number, people: (part: number) => readonly AlikePerson[]) =>
  alikePeople(
    {
      objects: { read: async (key) => new TextEncoder().encode(toLines(people(Number(key.split('/').at(-1))))) },
    },
    day,
    Array.from({ length: count }, (_, part) => ({ name: String(part), bytes: 1 })),
  );

test('people who are alike are kept where one of them has no sound number, and nobody else', async () => {
  const [sound, unsound, alone] = ['a', 'b', 'c'].map((digit) => digit.repeat(24));
  const found = await foundIn(2, (part) => [
    somebody(part + 1, { mark: sound ?? '' }),
    somebody(part + 11, { mark: unsound ?? '', number: part === 0 ? 'ill-formed' : 'well-formed' }),
    ...(part === 0 ? [somebody(21, { mark: alone ?? '', number: 'missing' })] : []),
  ]);
  expect(found.map(({ mark, living }) => [mark, living.size])).toEqual([[unsound, 2]]);
});

test('what is kept of a roster is those who may be registered twice, and not the text in which they stood', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const peopleOfPart = 400;
  const parts = 1_000;
  collect();
  const before = process.memoryUsage().heapUsed;
  const found = await foundIn(parts, (part) => [
    somebody(Math.floor(part / 2), { number: 'missing', personId: PersonId.parse(`per_${hex(part, 32)}`) }),
    ...Array.from({ length: peopleOfPart }, (_, each) => somebody(10_000 + part * peopleOfPart + each)),
  ]);
  collect();
  expect(found).toHaveLength(parts / 2);
  // The text of all parts is fifty megabytes.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(15_000_000);
});
