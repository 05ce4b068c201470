import { expect, test } from 'vitest';
import { dayNumber } from '../../../domain/dates.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import { factKindNames } from '../../../domain/facts/fact-kinds.ts';
import { readingIn, readingsOf, slotOf } from '../../../domain/facts/readings.ts';
import { householdOf, person, today } from './household-builder.ts';

const stay = (value: number, asOf: string): Fact => {
  const [first] = householdOf([{ facts: { 'hospital.stay-self-paid': value } }]).facts;
  return Fact.parse({ ...first, asOf, recordedAt: `${asOf}T00:00:00.000Z` });
};

test('of stays in hospital the largest is read, in whatever order they were told', () => {
  const stays = [stay(6_000_000, '2026-10-01'), stay(90_000, '2026-10-20')];
  const on = { date: today, day: dayNumber(today), staleAfter: factKindNames.map(() => 365) };
  for (const facts of [stays, stays.toReversed()]) {
    const [readings = []] = readingsOf(facts, [person(1)], on);
    expect(readingIn(readings, slotOf('hospital.stay-self-paid'))).toMatchObject({ fact: { asOf: '2026-10-01' } });
  }
});
