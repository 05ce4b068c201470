import { describe, expect, it } from 'vitest';
import { itemReasonIn } from '../../../../domain/catalogue/item-wording.ts';
import { itemsOf, openItems } from '../../../../domain/catalogue/items.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { date, decide, householdOf, person, today } from '../household-builder.ts';
import { itemsFor, marginal, onAllowance, one, rich, said, year } from './asking.ts';

describe('what a household on the allowance is opened', () => {
  it('is its allowance with the amount that was determined, by Civil Affairs, within the statutory total', () => {
    const allowance = one(onAllowance(), 'minimum-living-allowance');
    expect(allowance).toMatchObject({
      result: 'opens',
      amount: 39_200,
      amountIs: 'exact',
      period: 'month',
      department: { code: 'civil-affairs', name: { en: 'Civil Affairs' } },
      deadline: { amount: 30, unit: 'working-day', basis: 'statute' },
      persons: [person(1), person(2)],
      reason: { kind: 'opens' },
    });
  });

  it('is every other item whose conditions it meets, for the household or for each member', () => {
    const codes = openItems(decide(onAllowance()), onAllowance(), shanxiPack, today).map(({ code }) => code);
    expect([...new Set(codes)]).toStrictEqual([
      'minimum-living-allowance',
      'medical.inpatient-aid',
      'medical.premium-help.fixed',
      'employment.help',
      'service.social-work',
      'other.heating',
    ]);
  });

  it('names no figure that nobody knows', () => {
    expect(one(onAllowance(), 'other.heating')).toMatchObject({ amount: null, amountIs: 'set-by-department' });
    expect(one(onAllowance(), 'employment.help', 1)).toMatchObject({ amount: null, amountIs: 'none' });
    expect(one(onAllowance(), 'medical.inpatient-aid', 1)).toMatchObject({ amount: null, amountIs: 'by-bill' });
  });
});

describe('why an item does not open', () => {
  it('it is meant for other tiers', () => {
    expect(said(one(rich(), 'other.heating'))).toStrictEqual([
      'Not meant for: no tier of assistance.',
      '不适用于：未纳入救助层级。',
    ]);
    expect(one(marginal(), 'minimum-living-allowance')).toMatchObject({
      result: 'not-open',
      reason: { kind: 'tier', tier: 'MARGINAL' },
    });
  });

  it('a part of its condition fails, and only that part is told', () => {
    const post = one(onAllowance({}, { birthDate: date('1950-01-01') }), 'employment.public-welfare-post', 2);
    expect(post).toMatchObject({
      result: 'not-open',
      amount: null,
      reason: { kind: 'condition', failed: { source: 'person.ableToWork' } },
    });
    expect(said(post)).toStrictEqual([
      'What is required and not the case: able to work.',
      '须满足而未满足的条件：有劳动能力。',
    ]);
  });

  it('a fact it needs is missing, too old or spoilt, and which', () => {
    const post = one(onAllowance(), 'employment.public-welfare-post', 1);
    expect(post).toMatchObject({
      result: 'unknown',
      reason: { kind: 'unknown', causes: [`not-declared work.registered-unemployed of ${person(1)}`] },
    });
    expect(said(post)).toStrictEqual([
      'It cannot be said yet: registration as unemployed: not on file.',
      '目前无法判断：失业登记尚未申报或核实。',
    ]);
    const old = householdOf([
      { facts: { 'income.wages': year(600, 1) } },
      { facts: { 'income.other': 0, 'illness.chronic': true }, asOf: '2026-10-01' },
    ]);
    const aged = {
      ...old,
      facts: old.facts.map((fact) => (fact.kind === 'illness.chronic' ? { ...fact, asOf: date('2012-01-01') } : fact)),
    };
    expect(one(aged, 'medical.chronic-aid', 2)).toMatchObject({
      result: 'unknown',
      reason: { causes: [`stale illness.chronic of ${person(2)}`] },
    });
  });

  it('the decision leaves nothing to pay', () => {
    const household = onAllowance();
    const evaluation = { ...decide(household), entitlements: [] };
    const allowance = itemsOf(evaluation, household, shanxiPack, today).find(
      ({ code }) => code === 'minimum-living-allowance',
    );
    expect(allowance).toMatchObject({ result: 'not-open', reason: { kind: 'nothing-determined' } });
    expect(itemReasonIn(allowance?.reason ?? { kind: 'opens' }, 'en')).toBe('By the decision nothing is to be paid.');
  });

  it('another item is given that excludes it', () => {
    const severe = {
      birthDate: date('1950-01-01'),
      facts: { 'disability': { category: 'physical', level: 2 }, 'self-care.failed': 3 },
    };
    const household = marginal(severe);
    expect(one(household, 'disability.nursing-subsidy', 2).result).toBe('opens');
    const subsidy = one(household, 'service.elderly-care-subsidy', 2);
    expect(subsidy).toMatchObject({
      result: 'excluded',
      amount: null,
      reason: { kind: 'excluded', by: { code: 'disability.nursing-subsidy' } },
    });
    expect(said(subsidy)).toStrictEqual([
      'It cannot be had together with "nursing subsidy for severely disabled people", which is given.',
      '与“重度残疾人护理补贴”不能同时享受。',
    ]);
  });

  it('whether another item is given that would exclude it is unknown', () => {
    const orphan = householdOf([
      { birthDate: date('2015-01-01'), facts: { 'child.care': 'orphan', 'income.wages': 0 } },
    ]);
    expect(decide(orphan).status).toBe('cannot-decide');
    const allowance = one(orphan, 'child.orphan-allowance', 1);
    expect(allowance).toMatchObject({
      result: 'unknown',
      reason: { kind: 'unknown-exclusion', by: { code: 'extreme-hardship.basic-living' } },
    });
    expect(said(allowance)).toStrictEqual([
      'Whether "basic living support in extreme hardship" is given is not known yet.',
      '是否享受“特困人员基本生活费”尚不确定。',
    ]);
  });
});

describe('while nothing can be decided', () => {
  const undecided = householdOf([{ facts: { disability: { category: 'visual', level: 1 } } }], {
    facts: { 'event.kind': 'accident' },
    asOf: '2026-11-20',
  });

  it('only what is for anyone opens', () => {
    expect(decide(undecided).status).toBe('cannot-decide');
    expect(openItems(decide(undecided), undecided, shanxiPack, today).map(({ code }) => code)).toStrictEqual([
      'medical.disease-emergency-fund',
      'temporary-aid.emergency',
    ]);
    expect(one(undecided, 'other.heating')).toMatchObject({
      result: 'unknown',
      reason: { causes: ['undecided tier'] },
    });
    expect(said(one(undecided, 'other.heating'))).toStrictEqual([
      'It cannot be said yet: the tier has not been decided.',
      '目前无法判断：困难层次尚未认定。',
    ]);
    expect(one(undecided, 'minimum-living-allowance').result).toBe('unknown');
  });

  it('what fails whatever the tier is known to fail', () => {
    expect(one(undecided, 'elderly.old-age-allowance', 1)).toMatchObject({
      result: 'not-open',
      reason: { kind: 'condition' },
    });
  });
});

describe('emergency aid', () => {
  const hit = (on: string) =>
    householdOf([{ facts: { 'income.wages': year(9_000, 1) } }], { facts: { 'event.kind': 'accident' }, asOf: on });

  it('is for anyone, within three days, up to a month of the local standard', () => {
    expect(one(hit('2026-11-20'), 'temporary-aid.emergency')).toMatchObject({
      result: 'opens',
      amount: 49_600,
      amountIs: 'at-most',
      period: 'per-event',
      deadline: { amount: 3, unit: 'calendar-day', basis: 'statute' },
    });
  });

  it('is for an event of the last thirty days', () => {
    expect(one(hit('2026-10-25'), 'temporary-aid.emergency').result).toBe('opens');
    expect(one(hit('2026-10-24'), 'temporary-aid.emergency')).toMatchObject({
      result: 'not-open',
      reason: { failed: { source: 'event.daysAgo <= 30' } },
    });
  });

  it('was by an older rule before 29 January 2026, with an amount nobody here knows', () => {
    const household = householdOf([{ facts: { 'income.wages': 0 } }], {
      facts: { 'event.kind': 'accident' },
      asOf: '2026-01-20',
    });
    const on = (day: string) =>
      itemsFor(household, shanxiPack, date(day)).find(({ code }) => code === 'temporary-aid.emergency');
    expect(on('2026-01-28')).toMatchObject({
      result: 'opens',
      amount: null,
      amountIs: 'set-by-department',
      item: { validFrom: '2021-07-01' },
    });
    expect(on('2026-01-29')).toMatchObject({ result: 'opens', amount: 49_600, item: { validFrom: '2026-01-29' } });
  });
});
