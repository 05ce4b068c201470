import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../../domain/facts/fact.ts';
import type { Household } from '../../../../domain/households/household.ts';
import {
  date,
  decide,
  householdOf,
  lineOf,
  modestProperty,
  packWith,
  person,
  today,
  yuan,
} from '../household-builder.ts';

const low = { 'income.wages': yuan(3_000) };
const changed = (household: Household, kind: Fact['kind'], change: Partial<Fact>): Household => ({
  ...household,
  facts: household.facts.map((fact) => (fact.kind === kind ? { ...fact, ...change } : fact)),
});

describe('what is not known', () => {
  it.each(Object.keys(modestProperty))('blocks a poor household while %s is not on file', (asset) => {
    const evaluation = decide(householdOf([{ facts: low }], { facts: { [asset]: undefined } }));
    expect(evaluation).toMatchObject({ status: 'cannot-decide', entitlements: [], householdTier: 'NONE' });
    expect(evaluation.tests.find(({ result }) => result === 'unknown')?.cause).toBe(`not-declared ${asset}`);
  });

  it.each(Object.keys(modestProperty))('does not matter, as %s, when income is far above every line', (asset) => {
    const rich = householdOf([{ facts: { 'income.wages': yuan(100_000) } }], { facts: { [asset]: undefined } });
    expect(decide(rich)).toMatchObject({ status: 'decided', householdTier: 'NONE' });
    expect(decide(rich, packWith({ 'facts.irrelevant_unknown_blocks': true })).status).toBe('cannot-decide');
  });

  it('does not matter, as one asset, when another is over its limit', () => {
    const household = householdOf([{ facts: low }], { facts: { 'asset.financial': undefined, 'asset.vehicles': 1 } });
    expect(decide(household)).toMatchObject({ status: 'decided', householdTier: 'NONE' });
  });

  it("blocks, as an adult's income, unless the known part already reaches the line", () => {
    const two = (income: number) => householdOf([{ facts: { 'income.wages': income } }, {}]);
    expect(decide(two(yuan(3_000)))).toMatchObject({ status: 'cannot-decide', perCapitaMonthlyIncome: null });
    expect(lineOf(decide(two(yuan(3_000))), 'mla.income')).toMatchObject({
      result: 'unknown',
      measured: null,
      cause: `not-declared income of ${person(2)}`,
    });
    expect(decide(two(yuan(100_000)))).toMatchObject({ status: 'decided', householdTier: 'NONE' });
  });

  it('is, of clergy who apply alone with a marginal income, what the pack leaves open; a pack that answers decides', () => {
    const clergy = householdOf([{ facts: { 'income.other': yuan(6_000), 'clergy.since': '2023-11-24' } }]);
    const entry = (pack?: Parameters<typeof decide>[1]) =>
      lineOf(decide(clergy, pack), 'single-person-entry.condition');
    expect(decide(clergy)).toMatchObject({ status: 'cannot-decide', entitlements: [] });
    expect(entry()).toMatchObject({ result: 'unknown', cause: `not-set single-entry.clergy of ${person(1)}` });
    const admitting = packWith({ 'single-entry.clergy': 'enters-alone' });
    expect(entry(admitting)).toMatchObject({
      result: 'pass',
      measured: 'clergy',
      inputs: [
        { name: 'clergy.since', value: '2023-11-24' },
        { name: 'single-entry.clergy_years', value: 3 },
      ],
    });
    expect(entry(packWith({ 'single-entry.clergy': 'does-not-enter' }))).toMatchObject({ result: 'fail', inputs: [] });
  });

  it('is no income at all for a child under 16 and a full-time student, but is asked of everyone else', () => {
    const withSecond = (birthDate: string, fullTimeStudent: boolean) =>
      decide(householdOf([{ facts: low }, { relation: 'child', birthDate: date(birthDate), fullTimeStudent }])).status;
    expect(withSecond('2010-11-25', false)).toBe('decided');
    expect(withSecond('2010-11-24', false)).toBe('cannot-decide');
    expect(withSecond('2005-01-01', true)).toBe('decided');
  });

  it('is what is too old: 365 days are not, 366 are', () => {
    const ofDay = (asOf: string) => householdOf([{ facts: low, asOf }]);
    expect(decide(ofDay('2025-11-24')).status).toBe('decided');
    const stale = decide(ofDay('2025-11-23'));
    expect(stale.status).toBe('cannot-decide');
    expect(lineOf(stale, 'mla.income').cause).toBe(`stale income.wages of ${person(1)}`);
    expect(decide(householdOf([{ facts: low }], { asOf: '2025-11-23' })).status).toBe('cannot-decide');
  });

  it('is no evidence that income is high: a stale wage above every line does not refuse', () => {
    const household = householdOf([{ facts: { 'income.wages': yuan(100_000) }, asOf: '2024-01-01' }]);
    expect(decide(household).status).toBe('cannot-decide');
  });

  it('is a number in another unit, or of another shape', () => {
    const household = householdOf([{ facts: low }]);
    expect(lineOf(decide(changed(household, 'income.wages', { unit: 'yuan' })), 'mla.income').cause).toBe(
      `wrong-unit income.wages of ${person(1)}`,
    );
    expect(lineOf(decide(changed(household, 'asset.dwellings', { unit: '' })), 'mla.property.dwellings').cause).toBe(
      'wrong-unit asset.dwellings',
    );
    expect(decide(changed(household, 'asset.vehicles', { value: true }))).toMatchObject({ status: 'cannot-decide' });
  });

  it('is what lies in the future', () => {
    expect(decide(householdOf([{ facts: low, asOf: '2026-11-25' }])).status).toBe('cannot-decide');
    expect(decide(householdOf([{ facts: low, asOf: '2026-11-24' }])).status).toBe('decided');
  });

  it('blocks, as stale spending, only where more spending would help', () => {
    const withSpending = (wages: number, medical: number, asOf: string) => {
      const household = householdOf([{ facts: { 'income.wages': wages } }], {
        facts: { 'expenditure.medical': medical },
      });
      return decide(changed(household, 'expenditure.medical', { asOf: date(asOf) }));
    };
    expect(withSpending(yuan(12_000), yuan(20_000), '2025-01-01').status).toBe('cannot-decide');
    expect(withSpending(yuan(12_000), yuan(20_000), '2026-10-01').householdTier).toBe('RIGID_EXPENDITURE');
    expect(withSpending(yuan(3_000), yuan(20_000), '2025-01-01')).toMatchObject({
      status: 'decided',
      householdTier: 'MINIMUM_LIVING_ALLOWANCE',
    });
  });

  it('blocks, as income beside spending that meets the ratio of what is known, for more income would undo it', () => {
    const withStaleWages = (medical: number) => {
      const household = householdOf([{ facts: { 'income.business': yuan(10_000), 'income.wages': yuan(1_000) } }], {
        facts: { 'expenditure.medical': medical },
      });
      return lineOf(decide(changed(household, 'income.wages', { asOf: date('2020-01-01') })), 'rigid.ratio').result;
    };
    expect(withStaleWages(yuan(8_000) + 1)).toBe('unknown');
    expect(withStaleWages(yuan(8_000))).toBe('fail');
  });

  it('is silence about spending where the pack says so', () => {
    const household = householdOf([{ facts: { 'income.wages': yuan(12_000) } }]);
    expect(decide(household)).toMatchObject({ status: 'decided', householdTier: 'NONE' });
    expect(decide(household, packWith({ 'facts.undeclared_spending': 'unknown' })).status).toBe('cannot-decide');
  });

  it('blocks, as a stale certificate, a marginal household and not a rich one', () => {
    const withOldCertificate = (wages: number) =>
      decide(
        changed(householdOf([{ facts: { 'income.wages': wages, 'illness.major': true } }]), 'illness.major', {
          asOf: date('2010-01-01'),
        }),
      ).status;
    expect(withOldCertificate(yuan(500 * 12))).toBe('cannot-decide');
    expect(withOldCertificate(yuan(496 * 12) - 1)).toBe('cannot-decide');
    expect(withOldCertificate(yuan(12))).toBe('decided');
    expect(withOldCertificate(yuan(10_000 * 12))).toBe('decided');
  });

  it('is everything on a day before the pack begins, or where it has no standard', () => {
    const household = householdOf([{ facts: low }]);
    const before = decide(household, undefined, date('2021-06-30'));
    expect(before).toMatchObject({ status: 'cannot-decide', householdTier: 'NONE', entitlements: [] });
    expect(before.tests).toMatchObject([{ code: 'policy.policy', result: 'unknown' }]);
    const nowhere = { ...packWith({}), standards: [] };
    expect(decide(household, nowhere).tests).toMatchObject([{ code: 'policy.standard', cause: 'not-set standard' }]);
  });
});

describe('of several facts of one kind', () => {
  const wages = (value: number, asOf: string, recordedAt: string): Partial<Fact> => ({
    value: value as Fact['value'],
    asOf: date(asOf),
    recordedAt: recordedAt as Fact['recordedAt'],
  });
  const twice = (first: Partial<Fact>, second: Partial<Fact>): Household => {
    const household = householdOf([{ facts: low }]);
    const [own, ...others] = household.facts;
    return { ...household, facts: own === undefined ? [] : [{ ...own, ...first }, { ...own, ...second }, ...others] };
  };
  const income = (household: Household) => decide(household, undefined, today).perCapitaMonthlyIncome;

  it('the newest as-of day counts, in whatever order they come', () => {
    const old = wages(12_000, '2026-01-01', '2026-11-01T00:00:00.000Z');
    const recent = wages(24_000, '2026-02-01', '2026-02-01T00:00:00.000Z');
    expect([income(twice(old, recent)), income(twice(recent, old))]).toStrictEqual([2_000, 2_000]);
  });

  it('of the same day the one recorded last counts', () => {
    const first = wages(12_000, '2026-02-01', '2026-02-01T00:00:00.000Z');
    const corrected = wages(24_000, '2026-02-01', '2026-02-03T00:00:00.000Z');
    expect([income(twice(first, corrected)), income(twice(corrected, first))]).toStrictEqual([2_000, 2_000]);
  });
});
