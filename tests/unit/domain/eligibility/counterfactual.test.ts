import { describe, expect, it } from 'vitest';
import { changeDown, changeUp, smallestChange } from '../../../../domain/eligibility/counterfactual.ts';
import type { TestLine } from '../../../../domain/eligibility/evaluation.ts';
import type { HouseholdTier } from '../../../../domain/eligibility/tiers.ts';
import { evaluationOf, line, obstacle, threshold } from './evaluations.ts';

const lessIncome = (tier: TestLine['tier'], code: string, below: number): TestLine =>
  obstacle(tier, code, { name: 'per-capita-income', below }, { measured: 90_000, distance: below - 90_000 });
const noCar = (tier: TestLine['tier'], code = `${tier}.property.vehicles`): TestLine =>
  obstacle(tier, code, { name: 'asset.vehicles', below: 1 }, { unit: 'pieces', comparison: '<=' });
const moreSpending = (): TestLine =>
  obstacle(
    'RIGID_EXPENDITURE',
    'rigid.ratio',
    { name: 'rigid-spending', atLeast: 528_001 },
    { unit: 'fen-per-12-months', comparison: '>' },
  );
const allowanceIncome = lessIncome('MINIMUM_LIVING_ALLOWANCE', 'mla.income', 49_600);
const marginalIncome = lessIncome('MARGINAL', 'marginal.income', 74_400);
const passed = (tier: TestLine['tier'], code: string): TestLine => line({ tier, code });

const smallest = (tests: readonly TestLine[], householdTier: HouseholdTier = 'NONE') =>
  smallestChange(evaluationOf(tests, { householdTier }));
const up = (tests: readonly TestLine[]) => [
  ...changeUp(evaluationOf(tests), 'zh'),
  ...changeUp(evaluationOf(tests), 'en'),
];
const down = (householdTier: HouseholdTier, tests: readonly TestLine[]) => [
  ...changeDown(evaluationOf(tests, { householdTier }), 'zh'),
  ...changeDown(evaluationOf(tests, { householdTier }), 'en'),
];

describe('the smallest change', () => {
  it('is the only test in the way, to the tier it opens', () => {
    expect(smallest([allowanceIncome, passed('MINIMUM_LIVING_ALLOWANCE', 'mla.property.vehicles')])).toStrictEqual({
      changes: [allowanceIncome],
      tier: 'MINIMUM_LIVING_ALLOWANCE',
    });
  });

  it('opens the uppermost of the tiers that the same change would open', () => {
    const [upper, lower] = [noCar('MINIMUM_LIVING_ALLOWANCE'), noCar('MARGINAL')];
    expect(smallest([upper, lower])).toStrictEqual({ changes: [lower], tier: 'MINIMUM_LIVING_ALLOWANCE' });
  });

  it('does not open a tier that asks for something else, or for more', () => {
    expect(smallest([allowanceIncome, marginalIncome])).toStrictEqual({ changes: [marginalIncome], tier: 'MARGINAL' });
    const car = noCar('MARGINAL');
    expect(smallest([noCar('MINIMUM_LIVING_ALLOWANCE'), allowanceIncome, car])).toStrictEqual({
      changes: [car],
      tier: 'MARGINAL',
    });
  });

  it('is that of fewer tests before that of a nearer tier', () => {
    const both = [marginalIncome, noCar('MARGINAL')];
    const car = noCar('MINIMUM_LIVING_ALLOWANCE');
    expect(smallest([car, ...both])).toStrictEqual({ changes: [car], tier: 'MINIMUM_LIVING_ALLOWANCE' });
  });

  it('is never more spending where as few other tests would do, for nobody can be advised to be ill', () => {
    expect(smallest([marginalIncome, moreSpending()])).toStrictEqual({ changes: [marginalIncome], tier: 'MARGINAL' });
    const ill = [noCar('RIGID_EXPENDITURE'), moreSpending()];
    const other = [marginalIncome, noCar('MARGINAL')];
    expect(smallest([...other, ...ill])).toStrictEqual({ changes: other, tier: 'MARGINAL' });
  });

  it('is more spending where that is the one test in the way', () => {
    const spending = moreSpending();
    expect(smallest([marginalIncome, noCar('MARGINAL'), spending])).toStrictEqual({
      changes: [spending],
      tier: 'RIGID_EXPENDITURE',
    });
  });

  it.each<[string, TestLine[]]>([
    [
      'something of it is unknown',
      [noCar('MARGINAL'), line({ tier: 'MARGINAL', result: 'unknown', wouldChange: null })],
    ],
    ['nothing reported would turn one of its tests', [noCar('MARGINAL'), obstacle('MARGINAL', 'any', null)]],
    ['none of its tests failed', [passed('MARGINAL', 'marginal.income')]],
    ['it has no tests', []],
  ])('is none in a tier when %s', (_when, tests) => {
    expect(smallest(tests)).toBeNull();
    expect(up(tests)).toStrictEqual([]);
  });

  it('never leads to extreme hardship, to the tier there is, or below it', () => {
    const tests = [noCar('EXTREME_HARDSHIP'), marginalIncome, noCar('RIGID_EXPENDITURE')];
    expect(smallest(tests, 'MARGINAL')).toBeNull();
    expect(smallest(tests, 'MINIMUM_LIVING_ALLOWANCE')).toBeNull();
    expect(smallest(tests, 'RIGID_EXPENDITURE')).toStrictEqual({ changes: [marginalIncome], tier: 'MARGINAL' });
  });
});

describe('the change that would open a tier', () => {
  it.each<[string, TestLine, string, string]>([
    [
      'a line to stay below',
      allowanceIncome,
      '如人均收入低于每月496元，则属于最低生活保障。',
      'If income per head fell below 496 yuan a month, the result would be minimum living allowance.',
    ],
    [
      'a line that is no whole yuan',
      lessIncome('MINIMUM_LIVING_ALLOWANCE', 'mla.income', 49_601),
      '如人均收入低于每月496.01元，则属于最低生活保障。',
      'If income per head fell below 496.01 yuan a month, the result would be minimum living allowance.',
    ],
    [
      'an amount that may be reached',
      { ...lessIncome('MINIMUM_LIVING_ALLOWANCE', 'mla.income', 49_601), comparison: '<=' },
      '如人均收入不超过每月496元，则属于最低生活保障。',
      'If income per head were at most 496 yuan a month, the result would be minimum living allowance.',
    ],
    [
      'things owned, whatever the sign',
      { ...noCar('MINIMUM_LIVING_ALLOWANCE'), comparison: '<' },
      '如机动车不超过0，则属于最低生活保障。',
      'If motor vehicles were at most 0, the result would be minimum living allowance.',
    ],
    [
      'an amount to come to',
      moreSpending(),
      '如十二个月刚性支出达到每年5280.01元，则属于刚性支出困难家庭。',
      'If rigid spending in twelve months came to 5280.01 yuan a year, the result would be rigid-expenditure household.',
    ],
    [
      'a condition without a number',
      obstacle('MARGINAL', 'any', { name: 'disability', becomes: 'listed' }),
      '如残疾等级有变化，则属于最低生活保障边缘家庭。',
      'If a disability certificate changed, the result would be marginal household.',
    ],
  ])('is told as %s', (_what, test, zh, en) => {
    expect(up([test])).toStrictEqual([zh, en]);
  });

  it('is told of all tests in the way together', () => {
    expect(up([marginalIncome, noCar('MARGINAL')])).toStrictEqual([
      '如人均收入低于每月744元，且机动车不超过0，则属于最低生活保障边缘家庭。',
      'If income per head fell below 744 yuan a month and motor vehicles were at most 0, the result would be marginal household.',
    ]);
  });
});

describe('the change that would end a tier', () => {
  const income = line();

  it('is its income coming to the line', () => {
    expect(down('MINIMUM_LIVING_ALLOWANCE', [noCar('MINIMUM_LIVING_ALLOWANCE'), income])).toStrictEqual([
      '如人均收入达到每月496元，则不再属于最低生活保障。',
      'If income per head came to 496 yuan a month, the result would no longer be minimum living allowance.',
    ]);
  });

  it.each<[string, HouseholdTier, TestLine]>([
    ['of extreme hardship, which is a person’s', 'EXTREME_HARDSHIP', { ...income, tier: 'EXTREME_HARDSHIP' }],
    ['of another tier', 'MARGINAL', income],
    ['that did not pass', 'MINIMUM_LIVING_ALLOWANCE', { ...income, result: 'fail' }],
    ['of something other than income', 'MINIMUM_LIVING_ALLOWANCE', { ...income, code: 'mla.income.kinds' }],
    ['that nothing would turn', 'MINIMUM_LIVING_ALLOWANCE', { ...income, wouldChange: null }],
  ])('is not told of a test %s', (_which, tier, test) => {
    expect(down(tier, [{ ...test, threshold: threshold(49_600, 'fen-per-month') }])).toStrictEqual([]);
  });
});
