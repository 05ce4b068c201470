import { describe, expect, test } from 'vitest';
import { barredBy, type Guard, mostGuards } from '../../../domain/assistance/guard.ts';
import { type Guarded, guardsAfter, guardsOf } from '../../../domain/assistance/guards.ts';
import { Month, periodKindOf } from '../../../domain/assistance/period.ts';
import { Instant } from '../../../domain/dates.ts';
import { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { itemOf, periods } from '../../support/assistance.ts';

const person = (digit: string): PersonId => PersonId.parse(`per_${digit.repeat(32)}`);
const household = (digit: string): HouseholdId => HouseholdId.parse(`hh_${digit.repeat(32)}`);
const registeredAt = Instant.parse('2026-03-02T01:00:00.000Z');

const guarded = (code: string, changes: Partial<Guarded> = {}): Guarded => {
  const item = itemOf(code);
  const period = periods[periodKindOf[item.period]];
  return {
    householdId: household('1'),
    personId: item.subject === 'person' ? person('a') : null,
    persons: item.subject === 'person' ? [person('a')] : [person('a'), person('b')],
    item: code,
    period: period.of === 'months' ? { ...period, from: Month.parse(period.from), to: Month.parse(period.to) } : period,
    event: 'flood-of-march',
    registeredAt,
    ...changes,
  };
};
const guards = (code: string, changes: Partial<Guarded> = {}): readonly Guard[] =>
  guardsOf(shanxiPack, guarded(code, changes));

/** Whether the second cannot be written once the first is. */
const collide = (first: readonly Guard[], second: readonly Guard[]): boolean =>
  second.some(({ of, span, side, slots }) =>
    first.some(
      (taken) =>
        taken.of === of &&
        taken.span === span &&
        taken.side === barredBy[side] &&
        taken.slots.some((slot) => slots.includes(slot)),
    ),
  );
const pairs = shanxiPack.exclusions.map(({ stands, yields }) => [stands, yields] as const);

describe('the guards of the assistance chain', () => {
  test.each(shanxiPack.catalogue.map(({ code }) => code))('keep %s from being entered twice', (code) => {
    expect(collide(guards(code), guards(code))).toBe(true);
  });

  test.each(pairs)('keep %s and %s apart in both orders', (one, other) => {
    expect(collide(guards(one), guards(other))).toBe(true);
    expect(collide(guards(other), guards(one))).toBe(true);
  });

  test.each(pairs)('let %s and %s stand for households that have nobody in common', (one, other) => {
    const elsewhere = { householdId: household('2'), persons: [person('c')] };
    const personId = itemOf(other).subject === 'person' ? person('c') : null;
    expect(collide(guards(one), guards(other, { ...elsewhere, personId }))).toBe(false);
  });

  test('hold a household’s item against each member who shares it, and against nobody else', () => {
    const shared = guards('minimum-living-allowance', { persons: [person('a')] });
    expect(collide(shared, guards('extreme-hardship.basic-living'))).toBe(true);
    expect(
      collide(shared, guards('extreme-hardship.basic-living', { personId: person('b'), persons: [person('b')] })),
    ).toBe(false);
  });

  test('hold an allowance against a member who has it in another household', () => {
    const split = guards('minimum-living-allowance', { householdId: household('2'), persons: [person('b')] });
    expect(collide(guards('minimum-living-allowance'), split)).toBe(true);
  });

  test('let two members have the single-person entry, which only excludes the household’s allowance', () => {
    const code = 'minimum-living-allowance.single-person-entry';
    const second = guards(code, { personId: person('b'), persons: [person('b')] });
    expect(collide(guards(code), second)).toBe(false);
    const joined = guards(code, { personId: person('c'), persons: [person('c')] });
    expect(collide(guards('minimum-living-allowance'), joined)).toBe(true);
  });

  test('tell events from each other', () => {
    const other = { event: 'fire-of-april' };
    expect(collide(guards('temporary-aid.emergency'), guards('temporary-aid.emergency', other))).toBe(false);
    expect(collide(guards('vagrant-relief'), guards('temporary-aid.emergency', other))).toBe(false);
  });

  test('tell months from each other, across the turn of the year too', () => {
    const of = (from: string, to: string) => ({
      period: { of: 'months' as const, from: Month.parse(from), to: Month.parse(to) },
    });
    const turn = guards('service.visits', of('2026-11', '2027-02'));
    expect(collide(turn, guards('service.visits', of('2027-02', '2027-02')))).toBe(true);
    expect(collide(turn, guards('service.visits', of('2027-03', '2027-03')))).toBe(false);
    expect(collide(turn, guards('service.visits', of('2026-02', '2026-02')))).toBe(false);
  });

  test('give back the months after an end and keep those before it', () => {
    const held = guards('extreme-hardship.basic-living');
    const free = guardsAfter(held, Month.parse('2026-03'));
    expect(new Set(free.flatMap(({ slots }) => slots))).toEqual(new Set(['04', '05']));
    expect(free).toHaveLength(held.length);
    expect(guardsAfter(held, null)).toEqual(held);
  });

  test('fit into one transaction for thirty people and a calendar year', () => {
    const persons = Array.from({ length: 30 }, (_, index) => PersonId.parse(`per_${String(index).padStart(32, '0')}`));
    const period = { of: 'months' as const, from: Month.parse('2026-01'), to: Month.parse('2026-12') };
    expect(guards('minimum-living-allowance', { persons, period }).length).toBeLessThanOrEqual(mostGuards);
  });
});
