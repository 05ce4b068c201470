import { describe, expect, it } from 'vitest';
import type { Household } from '../../../../domain/households/household.ts';
import { assetKinds, parsePolicyPack, propertyTiers } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPackData } from '../../../../policies/shanxi/pack.ts';
import { date, decide, householdOf, lineOf, packWith, person, yuan } from '../household-builder.ts';

const alone = (wages: number, facts: Record<string, unknown> = {}): Household =>
  householdOf([{ facts: { 'income.wages': wages } }], { facts });
const old = (income: number): Household =>
  householdOf([
    {
      birthDate: date('1950-01-01'),
      facts: { 'income.other': income, 'supporters.capable': 0, 'self-care.failed': 0 },
    },
  ]);

/** A household exactly at each line of the law: the one whom a changed sign of comparison would treat otherwise. */
const atTheLine = [
  ['mla.income_comparison', '<=', alone(yuan(496 * 12)), 'MARGINAL', 'MINIMUM_LIVING_ALLOWANCE'],
  ['marginal.income_comparison', '<=', alone(yuan(744 * 12)), 'NONE', 'MARGINAL'],
  ['extreme-hardship.income_comparison', '<=', old(yuan(496 * 12)), 'MARGINAL', 'EXTREME_HARDSHIP'],
  [
    'rigid.income_comparison',
    '<=',
    alone(yuan(17_677), { 'expenditure.medical': yuan(20_000) }),
    'NONE',
    'RIGID_EXPENDITURE',
  ],
  [
    'rigid.ratio_comparison',
    '>=',
    alone(yuan(10_000), { 'expenditure.medical': yuan(8_000) }),
    'NONE',
    'RIGID_EXPENDITURE',
  ],
] as const;

describe('a household exactly at a line', () => {
  it.each(atTheLine)(
    'is decided otherwise when %s becomes %s, so no such change goes unseen',
    (key, changed, household, strict, loose) => {
      expect(decide(household).householdTier).toBe(strict);
      expect(decide(household, packWith({ [key]: changed })).householdTier).toBe(loose);
    },
  );

  it('stands at every comparison the pack has', () => {
    const comparisons = Object.entries(shanxiPackData.parameters).filter(([, [dated]]) => dated?.unit === 'comparison');
    expect(comparisons.map(([key]) => key).toSorted()).toStrictEqual(atTheLine.map(([key]) => key).toSorted());
  });

  it.each(propertyTiers.flatMap((tier) => assetKinds.map((asset) => [tier, asset] as const)))(
    'of property, in %s for %s, is within it, and would not be if it had to be less',
    (tier, asset) => {
      const limits = { 'asset.financial': 628 * 100 * 24, 'asset.dwellings': 1 } as const;
      const household = alone(0, { [asset]: asset in limits ? limits[asset as keyof typeof limits] : 0 });
      const propertyLimits = shanxiPackData.propertyLimits.map((series) =>
        series.tier === tier && series.asset === asset
          ? {
              ...series,
              values: series.values.map((dated) => ({ ...dated, value: { ...dated.value, comparison: '<' as const } })),
            }
          : series,
      );
      const strict = parsePolicyPack({ ...shanxiPackData, propertyLimits }, () => true);
      const codes = {
        EXTREME_HARDSHIP: 'extreme-hardship',
        MINIMUM_LIVING_ALLOWANCE: 'mla',
        MARGINAL: 'marginal',
        RIGID_EXPENDITURE: 'rigid',
      };
      const code = `${codes[tier]}.property.${asset.slice('asset.'.length)}`;
      expect(lineOf(decide(household), code).result).toBe('pass');
      expect(lineOf(decide(household, strict), code).result).toBe('fail');
    },
  );

  it('of years is on the far side: 60 is old, 16 is no minor, two years after an exit are over', () => {
    const ages = (birthDate: string) =>
      lineOf(
        decide(householdOf([{ birthDate: date(birthDate), facts: { 'income.other': 0 } }])),
        'extreme-hardship.work-capacity',
        person(1),
      ).result;
    expect([ages('1966-11-24'), ages('1966-11-25')]).toStrictEqual(['pass', 'fail']);
    expect([ages('2010-11-24'), ages('2010-11-25')]).toStrictEqual(['fail', 'pass']);
    const exit = (day: string) => lineOf(decide(alone(yuan(50_000), { 'exit.on': day })), 'other.exit').result;
    expect([exit('2024-11-24'), exit('2024-11-25')]).toStrictEqual(['fail', 'pass']);
  });
});
