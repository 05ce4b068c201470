import { describe, expect, it } from 'vitest';
import type { HouseholdTier } from '../../../../domain/eligibility/tiers.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { DivisionCode } from '../../../../domain/people/divisions.ts';
import type { PolicyPack } from '../../../../domain/policy/policy-pack.ts';
import { date, decide, householdOf, lineOf, type MemberOptions, packWith, person, yuan } from '../household-builder.ts';

const division = (code: string): DivisionCode => DivisionCode.parse(code);
const year = (yuanPerMonth: number, heads: number): number => yuan(yuanPerMonth * 12 * heads);
/** Two adults of working age with this household income in twelve months, in fen. */
const couple = (income: number, facts: Record<string, unknown> = {}, second: MemberOptions = {}) =>
  householdOf(
    [{ facts: { 'income.wages': income } }, { ...second, facts: { 'income.business': 0, ...second.facts } }],
    { facts },
  );
/** The tier of a decision that was made; a case that could not be decided is no tier at all. */
const tierOf = (household: Household, pack?: PolicyPack): HouseholdTier | 'cannot-decide' => {
  const { status, householdTier } = decide(household, pack);
  return status === 'decided' ? householdTier : status;
};

describe('the allowance line: income per head below the standard (D14 article 9)', () => {
  it('admits a rural couple one fen below 496 yuan a month', () => {
    expect(tierOf(couple(year(496, 2) - 1))).toBe('MINIMUM_LIVING_ALLOWANCE');
  });

  it('does not admit a rural couple exactly at 496 yuan a month', () => {
    const evaluation = decide(couple(year(496, 2)));
    expect(evaluation.householdTier).toBe('MARGINAL');
    expect(lineOf(evaluation, 'mla.income')).toMatchObject({
      comparison: '<',
      measured: 49_600,
      unit: 'fen-per-month',
      threshold: { parameter: 'mla.standard.rural', value: 49_600, validFrom: '2022-01-01', basis: 'assumption' },
      result: 'fail',
      distance: 0,
      wouldChange: { name: 'per-capita-income', below: 49_600 },
    });
  });

  it('admits an urban couple one fen below 628 yuan a month, and not exactly at it', () => {
    const urban = (income: number) =>
      householdOf([{ facts: { 'income.wages': income } }, { facts: { 'income.other': 0 } }], { settlement: 'urban' });
    expect(tierOf(urban(year(628, 2) - 1))).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(tierOf(urban(year(628, 2)))).toBe('MARGINAL');
  });

  it('compares whole fen: one fen a year below the line of seven heads is below it, though per head it rounds to the line', () => {
    const seven = (income: number) =>
      householdOf(Array.from({ length: 7 }, (_, index) => ({ facts: { 'income.wages': index === 0 ? income : 0 } })));
    expect(tierOf(seven(year(496, 7) - 1))).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(tierOf(seven(year(496, 7)))).toBe('MARGINAL');
    expect(tierOf(seven(year(496, 7) + 1))).toBe('MARGINAL');
    expect(lineOf(decide(seven(year(496, 7) + 1)), 'mla.income')).toMatchObject({ measured: 49_600, result: 'fail' });
  });

  it('takes the standard of the year of the decision: 471.5 yuan in 2021, 496 from 2022', () => {
    const household = householdOf([{ facts: { 'income.wages': year(480, 1) } }], { asOf: '2021-10-01' });
    expect(decide(household, undefined, date('2021-12-31')).householdTier).toBe('MARGINAL');
    expect(decide(household, undefined, date('2022-01-01')).householdTier).toBe('MINIMUM_LIVING_ALLOWANCE');
  });

  it('counts every kind of income but the exempt', () => {
    const kinds = ['income.wages', 'income.business', 'income.property', 'income.transfer', 'income.other'];
    for (const kind of kinds) {
      expect(tierOf(householdOf([{ facts: { 'income.exempt': 0, [kind]: year(496, 1) } }]))).toBe('MARGINAL');
    }
    expect(tierOf(householdOf([{ facts: { 'income.exempt': year(5_000, 1) } }]))).toBe('MINIMUM_LIVING_ALLOWANCE');
  });
});

describe('whose standard it is', () => {
  it("is the place of registration's, or that of residence where the pack says so", () => {
    const ownStandard = {
      division: division('140105'),
      settlement: 'rural',
      values: [
        {
          validFrom: date('2022-01-01'),
          value: 60_000,
          unit: 'fen-per-month',
          basis: 'local-setting',
          citation: 'a county notice',
        },
      ],
    } as const;
    const pack = packWith({});
    const byRegistration = { ...pack, standards: [...pack.standards, ownStandard] };
    const place = packWith({ 'standard.place': 'residence' });
    const byResidence = { ...place, standards: [...place.standards, ownStandard] };
    const household = {
      ...householdOf([{ facts: { 'income.wages': year(550, 1) } }]),
      residenceDivision: division('140106'),
    };
    expect(tierOf(household, byRegistration)).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(tierOf(household, byResidence)).toBe('MARGINAL');
  });
});

describe('who counts as a head (D57 article 7)', () => {
  const child: MemberOptions = { relation: 'child', birthDate: date('2015-05-01') };
  const withChild = (member: MemberOptions) =>
    householdOf([{ facts: { 'income.wages': year(496, 2) - 1 } }, { ...child, ...member }]);

  it('counts a child, who needs no income of his or her own', () => {
    expect(tierOf(withChild({}))).toBe('MINIMUM_LIVING_ALLOWANCE');
  });

  it.each(['imprisoned', 'compulsory-drug-treatment', 'declared-missing', 'clergy-away-3-years'] as const)(
    'does not count a member who is %s',
    (notCounted) => {
      expect(tierOf(withChild({ notCounted }))).not.toBe('MINIMUM_LIVING_ALLOWANCE');
    },
  );

  it('does not count someone from the day of death, nor anyone before birth', () => {
    expect(tierOf(withChild({ deceasedOn: date('2026-11-24') }))).not.toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(tierOf(withChild({ deceasedOn: date('2026-11-25') }))).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(tierOf(withChild({ birthDate: date('2026-11-25') }))).not.toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(tierOf(withChild({ birthDate: date('2026-11-24') }))).toBe('MINIMUM_LIVING_ALLOWANCE');
  });

  it('has an answer for a household of which nobody counts', () => {
    const evaluation = decide(householdOf([{ deceasedOn: date('2026-01-01') }]));
    expect(evaluation).toMatchObject({ status: 'decided', householdTier: 'NONE', entitlements: [] });
    expect(evaluation.tests).toHaveLength(1);
  });
});

describe('the marginal line: below 1.5 times the standard (D39 section 2)', () => {
  it('admits one fen below 744 yuan a month and not exactly at it', () => {
    expect(tierOf(couple(year(744, 2) - 1))).toBe('MARGINAL');
    expect(tierOf(couple(year(744, 2)))).toBe('NONE');
  });

  it('is exact where the multiple of the standard is no whole number of fen', () => {
    const pack = packWith({ 'marginal.multiple': 1.0001 });
    // 49,600 times 1.0001 is 49,604.96 fen a month, 595,259.52 a year
    expect(tierOf(householdOf([{ facts: { 'income.wages': 595_259 } }]), pack)).toBe('MARGINAL');
    expect(tierOf(householdOf([{ facts: { 'income.wages': 595_260 } }]), pack)).toBe('NONE');
  });

  it('opens single-person entry for level 1 and 2 of any disability, and level 3 intellectual or psychiatric', () => {
    const entry = (category: string, level: number) =>
      decide(couple(year(500, 2), {}, { facts: { disability: { category, level } } })).memberTiers[1]?.tier;
    for (const category of ['visual', 'hearing', 'speech', 'physical', 'multiple']) {
      expect([entry(category, 1), entry(category, 2), entry(category, 3)]).toStrictEqual([
        'SINGLE_PERSON_ENTRY',
        'SINGLE_PERSON_ENTRY',
        'AS_HOUSEHOLD',
      ]);
    }
    for (const category of ['intellectual', 'psychiatric']) {
      expect([entry(category, 3), entry(category, 4)]).toStrictEqual(['SINGLE_PERSON_ENTRY', 'AS_HOUSEHOLD']);
    }
  });

  it('opens single-person entry for a major illness, and gives the member 60 % of the standard', () => {
    const evaluation = decide(couple(year(500, 2), {}, { facts: { 'illness.major': true } }));
    expect(evaluation.householdTier).toBe('MARGINAL');
    expect(evaluation.entitlements).toMatchObject([
      { item: 'minimum-living-allowance.single-person-entry', personId: person(2), amount: 29_760, period: 'month' },
    ]);
  });

  it('opens nothing by an illness where the pack does not count it', () => {
    const household = couple(year(500, 2), {}, { facts: { 'illness.major': true } });
    expect(decide(household, packWith({ 'single-entry.major_illness': false })).entitlements).toStrictEqual([]);
  });

  it('opens nothing by an illness that is denied, nor to a severely disabled member of a household above the line', () => {
    expect(decide(couple(year(500, 2), {}, { facts: { 'illness.major': false } })).entitlements).toStrictEqual([]);
    const above = decide(couple(year(744, 2), {}, { facts: { disability: { category: 'visual', level: 1 } } }));
    expect(above).toMatchObject({ householdTier: 'NONE', entitlements: [] });
  });
});

describe('a line with "not above" where the law says "below"', () => {
  it('is still exact to the fen where it is no whole number of fen', () => {
    const pack = packWith({ 'marginal.multiple': 1.0001, 'marginal.income_comparison': '<=' });
    // 595,259.52 fen a year
    expect(tierOf(householdOf([{ facts: { 'income.wages': 595_259 } }]), pack)).toBe('MARGINAL');
    expect(tierOf(householdOf([{ facts: { 'income.wages': 595_260 } }]), pack)).toBe('NONE');
  });
});

describe('property limits (D57 article 14)', () => {
  it.each([
    ['financial assets of 24 months of the urban standard a head', 'asset.financial', 628 * 100 * 24 * 2],
    ['one dwelling', 'asset.dwellings', 1],
    ['no motor vehicle', 'asset.vehicles', 0],
    ['no business registration', 'asset.businesses', 0],
    ['no non-residential property', 'asset.non-residential', 0],
  ])('allow %s and not one more, in every tier', (_what, asset, limit) => {
    for (const income of [year(400, 2), year(600, 2)]) {
      expect(tierOf(couple(income, { [asset]: limit }))).not.toBe('NONE');
      expect(tierOf(couple(income, { [asset]: limit + 1 }))).toBe('NONE');
    }
    const spending = { 'expenditure.medical': year(1_000, 2) };
    expect(tierOf(couple(year(1_000, 2), { ...spending, [asset]: limit }))).toBe('RIGID_EXPENDITURE');
    expect(tierOf(couple(year(1_000, 2), { ...spending, [asset]: limit + 1 }))).toBe('NONE');
    const old = {
      birthDate: date('1950-01-01'),
      facts: { 'income.other': 0, 'supporters.capable': 0, 'self-care.failed': 0 },
    };
    const money = asset === 'asset.financial';
    const ofOne = money ? limit / 2 : limit;
    expect(tierOf(householdOf([old], { facts: { [asset]: ofOne } }))).toBe('EXTREME_HARDSHIP');
    expect(tierOf(householdOf([old], { facts: { [asset]: ofOne + 1 } }))).toBe('NONE');
  });

  it('say what was measured against which limit', () => {
    const evaluation = decide(couple(year(400, 2), { 'asset.vehicles': 1 }));
    expect(lineOf(evaluation, 'mla.property.vehicles')).toMatchObject({
      comparison: '<=',
      measured: 1,
      threshold: { value: 0, basis: 'assumption' },
      result: 'fail',
      distance: -1,
      wouldChange: { name: 'asset.vehicles', below: 1 },
      inputs: [{ name: 'asset.vehicles', dataset: 'declaration', asOf: '2026-10-01', ageDays: 54 }],
    });
  });
});

describe('rigid expenditure (DRE article 4)', () => {
  const ceiling = yuan(17_677);
  const spending = (medical: number) => ({ 'expenditure.medical': medical });

  it('admits income one fen a year below the ceiling of a rural couple, and not exactly at it', () => {
    expect(tierOf(couple(2 * ceiling - 1, spending(2 * ceiling)))).toBe('RIGID_EXPENDITURE');
    expect(tierOf(couple(2 * ceiling, spending(2 * ceiling)))).toBe('NONE');
  });

  it('holds an urban household against the urban figure', () => {
    const urban = (income: number) =>
      householdOf([{ facts: { 'income.wages': income } }], { settlement: 'urban', facts: spending(income) });
    expect(tierOf(urban(yuan(41_327) - 1))).toBe('RIGID_EXPENDITURE');
    expect(tierOf(urban(yuan(41_327)))).toBe('NONE');
  });

  it('holds a rural household against the urban figure where the pack says so', () => {
    const pack = packWith({ 'rigid.rural_ceiling': 'urban' });
    expect(tierOf(couple(2 * ceiling, spending(2 * ceiling)), pack)).toBe('RIGID_EXPENDITURE');
  });

  it('needs spending above 80 % of income, not exactly 80 %', () => {
    const income = year(1_000, 2);
    expect(tierOf(couple(income, spending(income * 0.8 + 1)))).toBe('RIGID_EXPENDITURE');
    expect(tierOf(couple(income, spending(income * 0.8)))).toBe('NONE');
    expect(lineOf(decide(couple(income, spending(income * 0.8))), 'rigid.ratio')).toMatchObject({
      comparison: '>',
      measured: income * 0.8,
      threshold: { parameter: 'rigid.ratio', value: income * 0.8, unit: 'fen-per-12-months' },
      distance: 0,
      wouldChange: { name: 'rigid-spending', atLeast: income * 0.8 + 1 },
    });
  });

  it('admits exactly 80 % where the pack says at least', () => {
    const income = year(1_000, 2);
    expect(tierOf(couple(income, spending(income * 0.8)), packWith({ 'rigid.ratio_comparison': '>=' }))).toBe(
      'RIGID_EXPENDITURE',
    );
    expect(tierOf(couple(income, spending(income * 0.8 - 1)), packWith({ 'rigid.ratio_comparison': '>=' }))).toBe(
      'NONE',
    );
  });

  it('does not refuse a household for spending far more than its income, as another system did above 60 %', () => {
    const income = year(1_000, 2);
    for (const share of [0.81, 0.9, 1, 5, 1_000]) {
      expect(tierOf(couple(income, spending(Math.round(income * share))))).toBe('RIGID_EXPENDITURE');
    }
  });

  it('adds medical, education and rehabilitation spending together', () => {
    const income = year(1_000, 2);
    const third = (income * 0.8) / 3;
    const facts = { 'expenditure.medical': third, 'expenditure.education': third, 'expenditure.rehabilitation': third };
    expect(tierOf(couple(income, facts))).toBe('NONE');
    expect(tierOf(couple(income, { ...facts, 'expenditure.education': third + 1 }))).toBe('RIGID_EXPENDITURE');
  });

  it('takes exempt income into the denominator only where the pack says so', () => {
    const income = year(1_000, 1);
    const household = householdOf([{ facts: { 'income.wages': income, 'income.exempt': income } }], {
      facts: spending(income),
    });
    expect(tierOf(household)).toBe('RIGID_EXPENDITURE');
    expect(tierOf(household, packWith({ 'rigid.exempt_in_denominator': true }))).toBe('NONE');
  });

  it('passes the ratio without income and with spending, and fails it with neither', () => {
    const line = (medical: number) => lineOf(decide(couple(0, spending(medical))), 'rigid.ratio').result;
    expect([line(1), line(0)]).toStrictEqual(['pass', 'fail']);
    const atLeast = packWith({ 'rigid.ratio_comparison': '>=' });
    expect(lineOf(decide(couple(0), atLeast), 'rigid.ratio').result).toBe('fail');
  });

  it('cannot be decided while the region has set no ratio', () => {
    const pack = packWith({ 'rigid.ratio': null });
    const evaluation = decide(couple(year(1_000, 2), spending(yuan(1))), pack);
    expect(evaluation.status).toBe('cannot-decide');
    expect(lineOf(evaluation, 'rigid.ratio')).toMatchObject({ result: 'unknown', cause: 'not-set rigid.ratio' });
  });

  it('is decided without a ratio where the ratio could change nothing', () => {
    const pack = packWith({ 'rigid.ratio': null });
    expect(tierOf(couple(year(400, 2), spending(yuan(1))), pack)).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(tierOf(couple(year(1_000, 2)), pack)).toBe('NONE');
    expect(tierOf(couple(2 * ceiling, spending(yuan(1))), pack)).toBe('NONE');
    expect(tierOf(couple(year(1_000, 2), { ...spending(yuan(1)), 'asset.vehicles': 1 }), pack)).toBe('NONE');
  });
});

describe('other low income: the watch list of two years (DN24)', () => {
  it.each([
    ['one day less than two years ago', '2024-11-25', 'OTHER_LOW_INCOME'],
    ['exactly two years ago', '2024-11-24', 'NONE'],
    ['today', '2026-11-24', 'OTHER_LOW_INCOME'],
  ])('after an exit %s', (_when, exit, tier) => {
    const household = couple(year(2_000, 2), {});
    const facts = household.facts.concat({
      kind: 'exit.on',
      subject: household.householdId,
      value: date(exit),
      unit: 'date',
      dataset: 'roster',
      asOf: date(exit),
      recordedAt: household.facts[0]?.recordedAt ?? ('' as never),
    });
    expect(tierOf({ ...household, facts })).toBe(tier);
  });

  it('is not opened by an exit that has not happened yet', () => {
    expect(tierOf(couple(year(2_000, 2), { 'exit.on': '2026-11-25' }))).toBe('NONE');
  });

  it('is a list and no tier where the pack says so', () => {
    const household = couple(year(2_000, 2), { 'exit.on': '2026-01-01' });
    expect(tierOf(household)).toBe('OTHER_LOW_INCOME');
    expect(tierOf(household, packWith({ 'watchlist.is_tier': false }))).toBe('NONE');
  });
});
