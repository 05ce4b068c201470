import { describe, expect, it } from 'vitest';
import { date, decide, householdOf, person, today } from '../household-builder.ts';
import { itemsFor, marginal, oldAndAlone, onAllowance, one, packWithItems, rich, year } from './asking.ts';

describe('who counts', () => {
  it('a person in extreme hardship has no part in the allowance of the household, and yet the household has it', () => {
    const household = householdOf([
      { facts: { 'income.wages': year(300, 2) } },
      {
        relation: 'other',
        birthDate: date('1940-01-01'),
        facts: { 'income.other': 0, 'supporters.capable': 0, 'self-care.failed': 0 },
      },
    ]);
    expect(decide(household).memberTiers.map(({ tier }) => tier)).toStrictEqual(['AS_HOUSEHOLD', 'EXTREME_HARDSHIP']);
    expect(one(household, 'minimum-living-allowance')).toMatchObject({ result: 'opens', persons: [person(1)] });
    expect(one(household, 'extreme-hardship.basic-living', 2).result).toBe('opens');
    expect(one(household, 'extreme-hardship.basic-living', 1).reason).toMatchObject({
      kind: 'tier',
      tier: 'MINIMUM_LIVING_ALLOWANCE',
    });
  });

  it('the single-person entrant of a marginal household has what the allowance opens and what the household has', () => {
    const household = marginal({ facts: { disability: { category: 'visual', level: 1 } } });
    expect(one(household, 'minimum-living-allowance.single-person-entry', 2)).toMatchObject({
      result: 'opens',
      amount: 29_760,
    });
    expect(one(household, 'disability.living-subsidy', 2).result).toBe('opens');
    expect(one(household, 'other.heating').result).toBe('opens');
    expect(one(household, 'minimum-living-allowance.single-person-entry', 1).result).toBe('not-open');
  });

  it('nobody who has died, is not born yet, or is away for a reason of D57 article 7', () => {
    for (const member of [
      { deceasedOn: today },
      { birthDate: date('2026-11-25') },
      { notCounted: 'imprisoned' as const },
    ]) {
      const persons = new Set(itemsFor(onAllowance({}, member)).map(({ personId }) => personId));
      expect([...persons]).toStrictEqual([null, person(1)]);
    }
    const tomorrow = new Set(
      itemsFor(onAllowance({}, { deceasedOn: date('2026-11-25') })).map(({ personId }) => personId),
    );
    expect(tomorrow.size).toBe(3);
  });

  it('a household watched for a return to poverty has the measures of the watch, whatever its tier', () => {
    const watched = rich({ 'monitoring.poverty-return': 'sudden-hardship' });
    expect(one(watched, 'poverty-return.monitoring-help').result).toBe('opens');
    expect(one(watched, 'service.social-work').result).toBe('opens');
    expect(one(rich({ 'monitoring.poverty-return': 'none' }), 'service.social-work').result).toBe('not-open');
    expect(one(rich(), 'service.social-work').result).toBe('not-open');
    const spoilt = {
      ...watched,
      facts: watched.facts.map((fact) => (fact.kind === 'monitoring.poverty-return' ? { ...fact, unit: 'x' } : fact)),
    };
    expect(one(spoilt, 'service.social-work')).toMatchObject({
      result: 'unknown',
      reason: { causes: ['wrong-unit monitoring.poverty-return'] },
    });
  });

  it('a house of someone in extreme hardship is mended where support is at home, and not in an institution', () => {
    const living = (form: string | undefined) => ({
      ...oldAndAlone(),
      facts: [
        ...oldAndAlone().facts,
        ...rich({ 'housing.condition': 'unsafe', 'extreme-hardship.support-form': form }).facts.filter(({ kind }) =>
          ['housing.condition', 'extreme-hardship.support-form'].includes(kind),
        ),
      ],
    });
    const results = ['home-based', 'institutional', undefined].map(
      (form) => one(living(form), 'housing.rural-renovation').result,
    );
    expect(results).toStrictEqual(['opens', 'not-open', 'unknown']);
  });
});

describe('a changed catalogue', () => {
  it('opens a new item from its day on, with a figure of its own, and takes one that is withdrawn away', () => {
    const pack = packWithItems((items) => {
      const heating = items.find(({ code }) => code === 'other.heating');
      const social = items.find(({ code }) => code === 'service.social-work');
      return [
        ...items,
        {
          ...heating,
          validFrom: '2026-11-01',
          amount: { rule: 'fixed', value: 50_000, unit: 'fen-per-year', basis: 'assumption', citation: 'for the test' },
        },
        { ...social, validFrom: '2026-11-24', withdrawn: true },
      ];
    });
    const household = onAllowance();
    expect(one(household, 'other.heating', null, pack)).toMatchObject({
      amount: 50_000,
      amountIs: 'exact',
      period: 'year',
    });
    const before = itemsFor(household, pack, date('2026-10-31'));
    expect(before.find(({ code }) => code === 'other.heating')).toMatchObject({ amount: null });
    expect(before.some(({ code }) => code === 'service.social-work')).toBe(true);
    expect(itemsFor(household, pack).some(({ code }) => code === 'service.social-work')).toBe(false);
  });

  it('keeps an item out of the whole household where the scope says so, and lets one through that was itself kept out', () => {
    const rule = {
      validFrom: '2026-01-01',
      scope: 'household',
      period: 'month',
      basis: 'assumption',
      citation: 'for the test',
    };
    const chain = packWithItems(
      (items) => items,
      [
        { ...rule, stands: 'other.heating', yields: 'service.social-work' },
        { ...rule, stands: 'service.social-work', yields: 'employment.help' },
      ],
    );
    expect(one(onAllowance(), 'service.social-work', null, chain).result).toBe('excluded');
    expect(one(onAllowance(), 'employment.help', 1, chain).result).toBe('opens');
    const direct = packWithItems((items) => items, [{ ...rule, stands: 'other.heating', yields: 'employment.help' }]);
    expect(one(onAllowance(), 'employment.help', 1, direct).result).toBe('excluded');
    expect(one(onAllowance(), 'employment.help', 2, direct).result).toBe('excluded');
  });

  it('keeps a household’s item out when each of its members has the other', () => {
    const rule = {
      validFrom: '2026-01-01',
      scope: 'person',
      period: 'month',
      basis: 'assumption',
      citation: 'for the test',
    };
    const pack = packWithItems(
      (items) => items,
      [{ ...rule, stands: 'employment.help', yields: 'service.social-work' }],
    );
    expect(one(onAllowance(), 'service.social-work', null, pack)).toMatchObject({ result: 'excluded', persons: [] });
    const partly = onAllowance({}, { birthDate: date('1950-01-01') });
    expect(one(partly, 'service.social-work', null, pack)).toMatchObject({ result: 'opens', persons: [person(2)] });
  });
});
