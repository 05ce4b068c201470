import { describe, expect, it } from 'vitest';
import { itemReasonIn } from '../../../../domain/catalogue/item-wording.ts';
import { type ItemDecision, itemsOf, openItems } from '../../../../domain/catalogue/items.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { type PolicyPack, parsePolicyPack } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPack, shanxiPackData } from '../../../../policies/shanxi/pack.ts';
import { date, decide, householdOf, type MemberOptions, person, today, yuan } from '../household-builder.ts';

const itemsFor = (household: Household, pack: PolicyPack = shanxiPack, on = today) =>
  itemsOf(decide(household, pack, on), household, pack, on);
const one = (household: Household, code: string, of: number | null = null, pack?: PolicyPack): ItemDecision => {
  const found = itemsFor(household, pack).find(
    (decision) => decision.code === code && decision.personId === (of === null ? null : person(of)),
  );
  if (found === undefined) throw new Error(`no item ${code}`);
  return found;
};
const said = (decision: ItemDecision) => [itemReasonIn(decision.reason, 'en'), itemReasonIn(decision.reason, 'zh')];
const year = (yuanPerMonth: number, heads: number): number => yuan(yuanPerMonth * 12 * heads);

const onAllowance = (facts: Record<string, unknown> = {}, member: MemberOptions = {}) =>
  householdOf(
    [{ facts: { 'income.wages': year(300, 2) } }, { ...member, facts: { 'income.other': 0, ...member.facts } }],
    { facts },
  );
const marginal = (member: MemberOptions = {}) =>
  householdOf([
    { facts: { 'income.wages': year(600, 2) } },
    { ...member, facts: { 'income.other': 0, ...member.facts } },
  ]);
const rich = (facts: Record<string, unknown> = {}) =>
  householdOf([{ facts: { 'income.wages': year(9_000, 1) } }], { facts });
const oldAndAlone = (facts: Record<string, unknown> = {}) =>
  householdOf([
    {
      birthDate: date('1940-01-01'),
      facts: { 'income.wages': 0, 'supporters.capable': 0, 'self-care.failed': 2, ...facts },
    },
  ]);

/** The pack with other items, or more exclusions. */
const packWithItems = (
  change: (items: typeof shanxiPackData.catalogue) => unknown[],
  exclusions: unknown[] = [],
): PolicyPack =>
  parsePolicyPack(
    {
      ...shanxiPackData,
      version: 'shanxi-2026.9',
      catalogue: change(structuredClone(shanxiPackData.catalogue)),
      exclusions: [...shanxiPackData.exclusions, ...exclusions],
    },
    () => true,
  );

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
    expect(said(post)).toStrictEqual(['A condition is not met: able to work.', '不符合条件：有劳动能力。']);
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
