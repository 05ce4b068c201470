import { expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import { counties } from '../../../policies/divisions/divisions.ts';
import { randomFrom } from '../../../synthetic/random.ts';
import { residentIdsOf, sequencesInProvince } from '../../../synthetic/resident-ids.ts';

test('of people born on one day in all counties, no two have one number', () => {
  const born = LocalDate.parse('1960-05-05');
  const given = counties().flatMap(({ code }) => {
    const residentIds = residentIdsOf(code, sequencesInProvince(code));
    const random = randomFrom(code);
    return Array.from({ length: 200 }, () => residentIds(random, born, 'female'));
  });
  expect(new Set(given).size).toBe(given.length);
});
