import { expect, test } from 'vitest';
import { HouseholdId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import type { Planted } from '../../../synthetic/province/truth.ts';
import { precisionOf, recallOf, scoreAlerts, scoreProspects } from '../../monitoring/truth/score.ts';

const county = DivisionCode.parse('140121');
const household = (number: number): HouseholdId => HouseholdId.parse(`hh_${String(number).padStart(32, '0')}`);
const planted: Planted[] = [
  { planted: 'alert', county, householdId: household(1), rule: 'assets.vehicle', expect: 'fires' },
  { planted: 'alert', county, householdId: household(2), rule: 'assets.vehicle', expect: 'fires' },
  { planted: 'alert', county, householdId: household(3), rule: 'assets.vehicle', expect: 'stays-silent' },
  { planted: 'missed-household', county, dataset: 'hospital-bills', row: 1, expect: 'prospect' },
  { planted: 'missed-household', county, dataset: 'hospital-bills', row: 2, expect: 'unmatched' },
];
const of = (...numbers: readonly number[]) =>
  scoreAlerts(planted, new Set(numbers.map((number) => `${household(number)} assets.vehicle`))).get('assets.vehicle');

test('a rule that fires for whom it should and for nobody else is whole', () => {
  const score = of(1, 2);
  expect(score).toEqual({ found: 2, missed: 0, wrong: 0 });
  expect(score && [recallOf(score), precisionOf(score)]).toEqual([1_000, 1_000]);
});

test('a rule that misses somebody loses recall, one that fires just below its threshold loses precision', () => {
  const missing = of(1);
  expect(missing && [recallOf(missing), precisionOf(missing)]).toEqual([500, 1_000]);
  const eager = of(1, 2, 3);
  expect(eager && [recallOf(eager), precisionOf(eager)]).toEqual([1_000, 666]);
});

test('another rule for the same household is not this one', () => {
  expect(scoreAlerts(planted, new Set([`${household(1)} assets.dwellings`])).get('assets.vehicle')).toMatchObject({
    found: 0,
    missed: 2,
  });
});

test('whoever is on no list counts once, and nobody below the trigger', () => {
  expect(scoreProspects(planted, ({ row }) => row === 1)).toEqual({ found: 1, missed: 0, wrong: 0 });
  expect(scoreProspects(planted, ({ row }) => row === 2)).toEqual({ found: 0, missed: 1, wrong: 1 });
});
