import { describe, expect, it } from 'vitest';
import {
  date,
  decide,
  householdOf,
  lineOf,
  type MemberOptions,
  monthlyTotal,
  packWith,
  person,
  yuan,
} from '../household-builder.ts';

const rated = { 'supporters.capable': 0, 'self-care.failed': 0 };
const alone = (member: MemberOptions) =>
  householdOf([{ birthDate: date('1950-01-01'), ...member, facts: { 'income.other': 0, ...rated, ...member.facts } }]);
const tierOf = (member: MemberOptions) => decide(alone(member)).householdTier;

describe('extreme hardship (D43)', () => {
  it('is that of someone of 60, not of someone who will be 60 tomorrow', () => {
    expect(tierOf({ birthDate: date('1966-11-24') })).toBe('EXTREME_HARDSHIP');
    expect(tierOf({ birthDate: date('1966-11-25') })).toBe('MINIMUM_LIVING_ALLOWANCE');
  });

  it('is that of a minor until the day before 16, and until 18 for one already supported', () => {
    expect(tierOf({ birthDate: date('2010-11-25') })).toBe('EXTREME_HARDSHIP');
    expect(tierOf({ birthDate: date('2010-11-24') })).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(tierOf({ birthDate: date('2010-11-24'), tier: 'EXTREME_HARDSHIP' })).toBe('EXTREME_HARDSHIP');
    expect(tierOf({ birthDate: date('2008-11-25'), tier: 'EXTREME_HARDSHIP' })).toBe('EXTREME_HARDSHIP');
    expect(tierOf({ birthDate: date('2008-11-24'), tier: 'EXTREME_HARDSHIP' })).toBe('MINIMUM_LIVING_ALLOWANCE');
  });

  it('is kept by one already supported to the end of school, and asks which school a student attends', () => {
    const pupil = (member: MemberOptions) =>
      decide(alone({ birthDate: date('2008-11-24'), tier: 'EXTREME_HARDSHIP', ...member }));
    const kept = pupil({ facts: { 'study.stage': 'senior-secondary' } });
    expect(kept.householdTier).toBe('EXTREME_HARDSHIP');
    expect(lineOf(kept, 'extreme-hardship.work-capacity')).toMatchObject({
      measured: 'already supported, in senior-secondary',
      inputs: expect.arrayContaining([expect.objectContaining({ name: 'study.stage', value: 'senior-secondary' })]),
      citation: expect.stringContaining('senior secondary or secondary vocational school'),
    });
    expect(pupil({ facts: { 'study.stage': 'university' } }).householdTier).toBe('MINIMUM_LIVING_ALLOWANCE');
    const unnamed = pupil({ fullTimeStudent: true });
    expect(unnamed.status).toBe('cannot-decide');
    expect(lineOf(unnamed, 'extreme-hardship.work-capacity')).toMatchObject({
      cause: `not-declared study.stage of ${person(1)}`,
      citation: expect.stringContaining('senior secondary or secondary vocational school'),
    });
  });

  it.each([
    ['intellectual', 3],
    ['psychiatric', 3],
    ['physical', 2],
    ['visual', 1],
  ])('is that of an adult with a %s disability of level %i, and not of the next level', (category, level) => {
    const adult = (actual: number) =>
      tierOf({ birthDate: date('1990-01-01'), facts: { disability: { category, level: actual } } });
    expect(adult(level)).toBe('EXTREME_HARDSHIP');
    expect(adult(level + 1)).toBe('MINIMUM_LIVING_ALLOWANCE');
  });

  it.each(['hearing', 'speech', 'multiple'])('is not opened by a %s disability, however severe', (category) => {
    expect(tierOf({ birthDate: date('1990-01-01'), facts: { disability: { category, level: 1 } } })).toBe(
      'MINIMUM_LIVING_ALLOWANCE',
    );
  });

  it('needs an income below the standard, one fen below and not exactly at it', () => {
    expect(tierOf({ facts: { 'income.transfer': yuan(496 * 12) - 1 } })).toBe('EXTREME_HARDSHIP');
    expect(tierOf({ facts: { 'income.transfer': yuan(496 * 12) } })).toBe('MARGINAL');
  });

  it('needs that no legal supporter is able to support', () => {
    expect(tierOf({ facts: { 'supporters.capable': 1 } })).toBe('MINIMUM_LIVING_ALLOWANCE');
  });

  it('cannot be decided while nobody has said whether there is a capable supporter', () => {
    const evaluation = decide(alone({ facts: { 'supporters.capable': undefined } }));
    expect(evaluation).toMatchObject({ status: 'cannot-decide', entitlements: [] });
    expect(lineOf(evaluation, 'extreme-hardship.supporters')).toMatchObject({
      result: 'unknown',
      cause: `not-declared supporters.capable of ${person(1)}`,
    });
  });

  it('asks nobody about supporters of someone who is able to work', () => {
    const evaluation = decide(alone({ birthDate: date('1990-01-01'), facts: { 'supporters.capable': undefined } }));
    expect(evaluation.status).toBe('decided');
    expect(lineOf(evaluation, 'extreme-hardship.supporters').result).toBe('not-applicable');
  });

  it.each([
    ['a parent of working age at home is able to support a child', 'applicant', 'child', '2015-01-01', 'decided'],
    ['a grown child at home is able to support a parent', 'applicant', 'parent', '1950-01-01', 'decided'],
    ['a spouse of working age is able to support', 'applicant', 'spouse', '1960-01-01', 'decided'],
    ['someone otherwise related owes nothing by law', 'applicant', 'other', '1950-01-01', 'cannot-decide'],
  ] as const)('sees by itself that %s', (_what, first, second, birthDate, status) => {
    const household = householdOf([
      { relation: first, facts: { 'income.wages': yuan(20_000) } },
      { relation: second, birthDate: date(birthDate), facts: { 'income.other': 0 } },
    ]);
    expect(decide(household).status).toBe(status);
  });

  it('does not take a severely disabled or aged member for an able supporter', () => {
    const withParent = (parent: MemberOptions) =>
      decide(
        householdOf([
          { ...parent, facts: { 'income.wages': yuan(1_000), 'supporters.capable': 1, ...parent.facts } },
          { relation: 'child', birthDate: date('2015-01-01'), facts: { 'self-care.failed': 0 } },
        ]),
      ).status;
    expect(withParent({})).toBe('decided');
    expect(withParent({ facts: { disability: { category: 'physical', level: 2 } } })).toBe('cannot-decide');
    expect(withParent({ facts: { disability: { category: 'physical', level: 3 } } })).toBe('decided');
    expect(withParent({ birthDate: date('1966-11-24') })).toBe('cannot-decide');
  });

  it('does not take a full-time student for an able supporter', () => {
    const withChild = (fullTimeStudent: boolean) =>
      decide(
        householdOf([
          { birthDate: date('1950-01-01'), facts: { 'income.other': 0, 'self-care.failed': 0 } },
          { relation: 'child', birthDate: date('2006-01-01'), fullTimeStudent, facts: { 'income.other': 0 } },
        ]),
      ).status;
    expect([withChild(false), withChild(true)]).toStrictEqual(['decided', 'cannot-decide']);
  });

  it('cannot be decided for an adult whose certificate is too old to count', () => {
    const household = alone({ birthDate: date('1990-01-01'), facts: { disability: { category: 'visual', level: 1 } } });
    const facts = household.facts.map((fact) =>
      fact.kind === 'disability' ? { ...fact, asOf: date('2010-01-01') } : fact,
    );
    const evaluation = decide({ ...household, facts });
    expect(evaluation.status).toBe('cannot-decide');
    expect(lineOf(evaluation, 'extreme-hardship.work-capacity').cause).toBe(`stale disability of ${person(1)}`);
  });

  it('gives 1.3 times the standard and care by the six indicators: 0 full, 1 to 3 partial, 4 and more total loss', () => {
    const amounts = (failed: number) =>
      decide(alone({ facts: { 'self-care.failed': failed } })).entitlements.map(({ amount }) => amount);
    expect(amounts(0)).toStrictEqual([64_480, 10_000]);
    expect(amounts(1)).toStrictEqual([64_480, 30_000]);
    expect(amounts(3)).toStrictEqual([64_480, 30_000]);
    expect(amounts(4)).toStrictEqual([64_480, 60_000]);
    expect(amounts(6)).toStrictEqual([64_480, 60_000]);
  });

  it('cannot be decided without a rating of self-care, for the care could not be set', () => {
    expect(decide(alone({ facts: { 'self-care.failed': undefined } }))).toMatchObject({
      status: 'cannot-decide',
      householdTier: 'EXTREME_HARDSHIP',
      entitlements: [],
    });
  });

  it("takes the household's income per head where the pack says so", () => {
    const household = householdOf([
      { facts: { 'income.wages': yuan(30_000) } },
      { relation: 'other', birthDate: date('1950-01-01'), facts: { 'income.other': 0, ...rated } },
    ]);
    expect(decide(household).memberTiers[1]?.tier).toBe('EXTREME_HARDSHIP');
    const perHead = packWith({ 'extreme-hardship.income_of': 'household-per-capita' });
    expect(decide(household, perHead).memberTiers[1]?.tier).not.toBe('EXTREME_HARDSHIP');
  });
});

describe('one member in extreme hardship among others', () => {
  const mixed = (income: number) =>
    householdOf([
      { facts: { 'income.wages': income } },
      { relation: 'other', birthDate: date('1950-01-01'), facts: { 'income.other': 0, ...rated } },
    ]);

  it('has a tier of his or her own, and the allowance is paid for the others only', () => {
    const evaluation = decide(mixed(yuan(200 * 12 * 2)));
    expect(evaluation.householdTier).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(evaluation.memberTiers.map(({ tier }) => tier)).toStrictEqual(['AS_HOUSEHOLD', 'EXTREME_HARDSHIP']);
    expect(evaluation.entitlements.map(({ item, amount }) => [item, amount])).toStrictEqual([
      ['extreme-hardship.basic-living', 64_480],
      ['extreme-hardship.care', 10_000],
      ['minimum-living-allowance', 29_600],
    ]);
  });

  it('does not enter the allowance a second time as a single person', () => {
    const severe = { 'income.other': 0, 'disability': { category: 'visual', level: 1 }, ...rated };
    const household = (income: number) =>
      householdOf([
        { facts: { 'income.wages': income } },
        { relation: 'other', birthDate: date('1950-01-01'), facts: severe },
      ]);
    const marginal = decide(household(yuan(600 * 12 * 2)));
    expect(marginal.householdTier).toBe('MARGINAL');
    expect(marginal.memberTiers[1]?.tier).toBe('EXTREME_HARDSHIP');
    expect(marginal.entitlements.every(({ item }) => item.startsWith('extreme-hardship'))).toBe(true);
    expect(lineOf(marginal, 'single-person-entry.condition', person(2)).result).toBe('not-applicable');
    // One fen below the line for two heads: the gap of the one who is paid, not a floor for the one who is not.
    expect(decide(household(yuan(496 * 12 * 2) - 1)).entitlements.at(-1)).toMatchObject({
      item: 'minimum-living-allowance',
      amount: 1,
    });
  });

  it('keeps that tier when the household has none', () => {
    const evaluation = decide(mixed(yuan(5_000 * 12)));
    expect(evaluation.householdTier).toBe('NONE');
    expect(evaluation.memberTiers.map(({ tier }) => tier)).toStrictEqual(['NONE', 'EXTREME_HARDSHIP']);
    expect(monthlyTotal(evaluation)).toBe(74_480);
  });

  it('is no head of the household in its income test where the pack says so', () => {
    const household = mixed(yuan(500 * 12));
    expect(decide(household).householdTier).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(decide(household, packWith({ 'members.extreme_hardship_counted': false })).householdTier).toBe('MARGINAL');
  });
});
