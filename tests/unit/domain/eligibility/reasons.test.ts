import { describe, expect, it } from 'vitest';
import type { Evaluation, TestLine } from '../../../../domain/eligibility/evaluation.ts';
import { reasons } from '../../../../domain/eligibility/explain.ts';
import type { HouseholdTier } from '../../../../domain/eligibility/tiers.ts';
import { grantOf } from '../../../../domain/reviews/grant.ts';
import { evaluationOf, home, line, member, members, obstacle, paid, threshold } from './evaluations.ts';

const told = (tests: readonly TestLine[], changes: Partial<Evaluation> = {}) => {
  const evaluation = evaluationOf(tests, changes);
  return { zh: reasons(evaluation, 'zh'), en: reasons(evaluation, 'en') };
};
const allowance = { householdTier: 'MINIMUM_LIVING_ALLOWANCE' } as const;
/** What is told beside the result of a household of which nothing else can be said. */
const beside = (tests: readonly TestLine[], changes: Partial<Evaluation> = {}) => {
  const { zh, en } = told(tests, changes);
  return [zh.slice(1), en.slice(1)];
};

describe('why a household has its tier', () => {
  it('is told of each tier by its name, and of the last that it is none', () => {
    expect(told([])).toStrictEqual({ zh: ['认定结果：未纳入救助层级。'], en: ['Result: no tier of assistance.'] });
  });

  it('is, of extreme hardship, what all its members lack (D43 article 4)', () => {
    expect(beside([], { householdTier: 'EXTREME_HARDSHIP' })).toStrictEqual([
      ['全部计入的成员均无劳动能力、无生活来源，且没有有履行能力的法定义务人。'],
      [
        'Every member counted is unable to work, without a source of income, and without a legal supporter able to support.',
      ],
    ]);
  });

  it('is, of other low income, the exit less than two years ago (DN24)', () => {
    expect(beside([], { householdTier: 'OTHER_LOW_INCOME' })).toStrictEqual([
      ['两年内曾退出低保或特困，列入关注。'],
      ['The household left the allowance or extreme hardship less than two years ago.'],
    ]);
  });

  it('is, of the others, their income and their ratio of spending where these passed, and no other test', () => {
    const tier = 'RIGID_EXPENDITURE';
    const tests = [
      line({ tier, code: 'rigid.income', wouldChange: null }),
      line({ tier, code: 'rigid.property.vehicles', wouldChange: null }),
      line({ tier, code: 'rigid.ratio', measured: 49_601, distance: -1, wouldChange: null }),
      line({ tier, code: 'rigid.other.income', result: 'unknown', wouldChange: null }),
    ];
    expect(beside(tests, { householdTier: tier })[1]).toStrictEqual([
      'Income per head: 470 yuan a month, 26 yuan below the line of 496 yuan a month.',
      'Rigid spending in twelve months: 496.01 yuan a month, 0.01 yuan above the line of 496 yuan a month.',
    ]);
  });
});

describe('what a household did not consent to', () => {
  const evaluation = evaluationOf([], {
    householdTier: 'MARGINAL',
    memberTiers: members('SINGLE_PERSON_ENTRY', 'EXTREME_HARDSHIP'),
    entitlements: [paid(29_760), { ...paid(94_480), item: 'extreme-hardship', personId: member(2) }],
  });

  it('is not told as its result, nor its members and money as given', () => {
    const given = grantOf(evaluation, { consentToNextTier: false });
    expect(given).toMatchObject({ tier: 'NONE', refusedFor: null });
    const [first, ...others] = reasons(evaluation, 'zh', given);
    expect(first).toBe('按规则符合：最低生活保障边缘家庭；因未同意按该层次认定，该层次未予认定，不发放相应救助。');
    expect(others.join('')).not.toMatch(/认定结果|单人保/u);
    expect(reasons(evaluation, 'en', given)[0]).toMatch(/^By the rules: .* it was not granted, since/u);
  });

  it('is told as before where the household consented', () => {
    const given = grantOf(evaluation, { consentToNextTier: true });
    expect(reasons(evaluation, 'zh', given)).toEqual(reasons(evaluation, 'zh'));
  });
});

describe('why it has not a tier above', () => {
  const income = obstacle('MARGINAL', 'marginal.income', null, { measured: 49_600, distance: 0 });
  const noExit = obstacle('OTHER_LOW_INCOME', 'other.exit', null);

  it('is told tier by tier, the nearest first, of what failed and of nothing else', () => {
    const tests = [income, line({ tier: 'MARGINAL', code: 'marginal.property.vehicles' }), noExit];
    expect(beside(tests)).toStrictEqual([
      [
        '不属于其他低收入：近两年内没有退出低保或特困的记录。',
        '不属于最低生活保障边缘家庭：人均收入为每月496元，等于标准线每月496元。',
      ],
      [
        'Not other low income: nobody left the allowance or extreme hardship in the last two years.',
        'Not marginal household: income per head: 496 yuan a month, exactly at the line of 496 yuan a month.',
      ],
    ]);
    expect(beside(tests, { householdTier: 'MARGINAL' })).toStrictEqual([[], []]);
  });

  it('is told of extreme hardship by what keeps its members out, once, and only else by the property of the household', () => {
    const tier = 'EXTREME_HARDSHIP';
    const property = obstacle(tier, 'extreme-hardship.property.vehicles', null, {
      unit: 'pieces',
      measured: 1,
      threshold: threshold(0, 'pieces'),
      distance: -1,
    });
    const able = (place: number) => obstacle(tier, 'extreme-hardship.work-capacity', null, { subject: member(place) });
    expect(beside([able(1), able(2), property])).toStrictEqual([
      ['不属于特困人员：有成员具有劳动能力。'],
      ['Not extreme hardship: a member is able to work.'],
    ]);
    expect(beside([property])).toStrictEqual([
      ['不属于特困人员：机动车为1，上限为0。'],
      ['Not extreme hardship: motor vehicles: 1, at most 0 allowed.'],
    ]);
  });
});

describe('what else a household is told', () => {
  it('is how many members enter the allowance alone (D57 article 8)', () => {
    const one = beside([], { memberTiers: members('SINGLE_PERSON_ENTRY', 'AS_HOUSEHOLD') });
    const two = beside([], { memberTiers: members('SINGLE_PERSON_ENTRY', 'SINGLE_PERSON_ENTRY') });
    expect([one, two]).toStrictEqual([
      [
        ['1名成员因重度残疾或重特大疾病以单人保方式纳入低保。'],
        ['1 member enters the allowance alone, for severe disability or major illness.'],
      ],
      [
        ['2名成员因重度残疾或重特大疾病以单人保方式纳入低保。'],
        ['2 members enter the allowance alone, for severe disability or major illness.'],
      ],
    ]);
  });

  it('names life as clergy among the grounds of entering alone only where a member entered for it', () => {
    const entry = (changes: Partial<TestLine>) =>
      line({
        tier: 'SINGLE_PERSON_ENTRY',
        code: 'single-person-entry.condition',
        measured: 'visual 1, clergy',
        ...changes,
      });
    const told = (test: TestLine) => beside([test], { memberTiers: members('SINGLE_PERSON_ENTRY') }).flat();
    expect(told(entry({}))).toStrictEqual([
      '1名成员因重度残疾、重特大疾病或宗教教职人员身份以单人保方式纳入低保。',
      '1 member enters the allowance alone, for severe disability, major illness or life as clergy.',
    ]);
    const others = [entry({ measured: 'visual 1' }), entry({ measured: null }), entry({ code: 'another.condition' })];
    for (const other of others) expect(told(other).join('')).not.toMatch(/clergy|宗教/u);
  });

  it('is how many members are in extreme hardship of their own (D43), unless all of them are', () => {
    const one = { memberTiers: members('EXTREME_HARDSHIP', 'NONE') };
    const two = { memberTiers: members('EXTREME_HARDSHIP', 'EXTREME_HARDSHIP') };
    expect([beside([], one), beside([], two)]).toStrictEqual([
      [['1名成员属于特困人员，不再享受低保。'], ['1 member is in extreme hardship and not on the allowance.']],
      [['2名成员属于特困人员，不再享受低保。'], ['2 members are in extreme hardship and not on the allowance.']],
    ]);
    expect(told([], { ...two, householdTier: 'EXTREME_HARDSHIP' }).zh.join('')).not.toContain('不再享受低保');
  });

  it('is, on the allowance alone, that a grace period lets it go on (D22 1(3))', () => {
    const grace = line({
      tier: 'ALLOWANCE_AMOUNT',
      code: 'mla.grace',
      measured: 3,
      threshold: threshold(6, 'completed-months'),
    });
    expect(beside([grace], allowance)).toStrictEqual([
      ['有成员就业已满3个月，在6个月渐退期内继续享受低保。'],
      ['A member took up work 3 months ago, and the allowance goes on in the grace period of 6 months.'],
    ]);
    expect(beside([{ ...grace, result: 'not-applicable' }], allowance)).toStrictEqual([[], []]);
    expect(beside([{ ...grace, code: 'mla.other' }], allowance)).toStrictEqual([[], []]);
    expect(beside([grace], { householdTier: 'NONE' })).toStrictEqual([[], []]);
  });

  it('is, on the allowance alone, that refusals of work cut the share of who refuses (D57 article 34)', () => {
    const refusal = obstacle('ALLOWANCE_AMOUNT', 'mla.work-refusal', null, { subject: member(1) });
    const passed: TestLine = { ...refusal, result: 'pass' };
    expect(beside([refusal, passed], allowance)).toStrictEqual([
      ['记录显示1名成员多次无正当理由未接受介绍的工作，仅减发其本人的份额，其他成员不受影响。'],
      [
        "By the record 1 member has several times not taken work that was offered, without good reason, so their own share is cut and nobody else's.",
      ],
    ]);
    expect(beside([refusal, refusal], allowance)).toStrictEqual([
      ['记录显示2名成员多次无正当理由未接受介绍的工作，仅减发其本人的份额，其他成员不受影响。'],
      [
        "By the record 2 members have several times not taken work that was offered, without good reason, so their own share is cut and nobody else's.",
      ],
    ]);
    expect(beside([passed, { ...refusal, code: 'mla.other' }], allowance)).toStrictEqual([[], []]);
    expect(beside([refusal], { householdTier: 'NONE' })).toStrictEqual([[], []]);
  });

  it('is that it is watched for a return to poverty, and as what (D39 section 4)', () => {
    expect(beside([], { povertyReturnMonitoring: 'sudden-hardship' })).toStrictEqual([
      ['同时属于防返贫监测对象（突发严重困难户）。'],
      ['The household is also under poverty-return monitoring (sudden severe hardship).'],
    ]);
  });

  it('is what it is paid together, unless that is nothing', () => {
    expect(beside([], { entitlements: [paid(49_600), paid(29_760)] })).toStrictEqual([
      ['每月合计793.60元。'],
      ['Together 793.60 yuan a month.'],
    ]);
    expect(beside([], { entitlements: [paid(0)] })).toStrictEqual([[], []]);
  });

  it('is what would open a tier above and what would end its own', () => {
    const tests = [
      obstacle('EXTREME_HARDSHIP', 'extreme-hardship.work-capacity', null, { subject: member(1) }),
      obstacle(
        'MINIMUM_LIVING_ALLOWANCE',
        'mla.property.vehicles',
        { name: 'asset.vehicles', below: 1 },
        {
          unit: 'pieces',
          measured: 1,
          threshold: threshold(0, 'pieces'),
          distance: -1,
        },
      ),
      line({ tier: 'MARGINAL', code: 'marginal.income' }),
    ];
    expect(told(tests, { householdTier: 'MARGINAL', entitlements: [paid(100)] }).en).toStrictEqual([
      'Result: marginal household.',
      'Income per head: 470 yuan a month, 26 yuan below the line of 496 yuan a month.',
      'Not minimum living allowance: motor vehicles: 1, at most 0 allowed.',
      'Not extreme hardship: a member is able to work.',
      'If motor vehicles were at most 0, the result would be minimum living allowance.',
      'If income per head came to 496 yuan a month, the result would no longer be marginal household.',
      'Together 1 yuan a month.',
    ]);
  });
});

describe('a decision that cannot be made', () => {
  const unknown = (tier: TestLine['tier'], name: string, changes: Partial<TestLine> = {}): TestLine =>
    line({ tier, code: `a.${name}`, result: 'unknown', cause: `not-declared ${name}`, ...changes });
  const missing = (householdTier: HouseholdTier, tests: readonly TestLine[]): string =>
    told(tests, { status: 'cannot-decide', householdTier })
      .en.join('|')
      .replace(/^.*asked: (?<names>.*)\.$/u, '$<names>');
  /** One that matters beside the one in question, so that what does not matter is not told for want of anything else. */
  const matters = unknown('EXTREME_HARDSHIP', 'supporters.capable', { subject: member(9) });
  const onlyMatters = 'legal supporters able to support: not on file';

  it('says what is missing, each once, whoever lacks it, and nothing else', () => {
    const tests = [
      unknown('MARGINAL', 'income', { cause: `not-declared income of ${member(1)}; stale asset.financial` }),
      unknown('MARGINAL', 'income', { cause: `not-declared income of ${member(2)}` }),
      unknown('MARGINAL', 'income', { cause: null }),
    ];
    expect(told(tests, { status: 'cannot-decide', entitlements: [paid(1)] })).toStrictEqual({
      zh: ['目前无法作出决定，转县级“一事一议”：收入尚未申报或核实；金融资产信息已过期。'],
      en: ['Nothing can be decided yet, so the county panel is asked: income: not on file; financial assets: too old.'],
    });
  });

  it.each<[string, TestLine, HouseholdTier, boolean]>([
    ['a tier above the one shown', unknown('MARGINAL', 'income'), 'RIGID_EXPENDITURE', true],
    ['the tier shown', unknown('MARGINAL', 'income'), 'MARGINAL', true],
    ['a tier below', unknown('RIGID_EXPENDITURE', 'income'), 'MARGINAL', false],
    ["a member's entry alone into a marginal household", unknown('SINGLE_PERSON_ENTRY', 'income'), 'MARGINAL', true],
    [
      "a member's entry, where the floor rests on it",
      unknown('SINGLE_PERSON_ENTRY', 'income'),
      'MINIMUM_LIVING_ALLOWANCE',
      true,
    ],
    ["a member's entry, where it opens nothing", unknown('SINGLE_PERSON_ENTRY', 'income'), 'NONE', false],
    ['the amount of the allowance', unknown('ALLOWANCE_AMOUNT', 'income'), 'MINIMUM_LIVING_ALLOWANCE', true],
    ['an amount that is not paid', unknown('ALLOWANCE_AMOUNT', 'income'), 'MARGINAL', false],
    ['the overlay, which opens nothing', unknown('OVERLAY', 'income'), 'NONE', false],
  ])('asks for what is missing of %s only where it could matter', (_what, test, tier, isAsked) => {
    expect(missing(tier, [matters, test])).toBe(isAsked ? `${onlyMatters}; income: not on file` : onlyMatters);
  });

  it('does not ask where something else about the same tier and member, or the household, has failed', () => {
    const tier = 'EXTREME_HARDSHIP';
    const first = unknown(tier, 'income', { subject: member(1) });
    const failed = (changes: Partial<TestLine>) => obstacle(tier, 'any', null, changes);
    const both = `${onlyMatters}; income: not on file`;
    expect(missing('NONE', [matters, first, failed({ subject: member(1) })])).toBe(onlyMatters);
    expect(missing('NONE', [matters, first, failed({ subject: member(2) })])).toBe(both);
    expect(missing('NONE', [matters, first, { ...failed({ subject: member(1) }), tier: 'MARGINAL' }])).toBe(both);
    expect(missing('NONE', [matters, first, { ...failed({ subject: member(1) }), result: 'pass' }])).toBe(both);
    const ofHome = { ...unknown('MARGINAL', 'income'), subject: member(1) };
    expect(missing('NONE', [matters, ofHome, { ...failed({ subject: home }), tier: 'MARGINAL' }])).toBe(onlyMatters);
  });

  it('names all that is unknown when none of it seems to matter, rather than nothing', () => {
    expect(missing('NONE', [unknown('OVERLAY', 'income'), line()])).toBe('income: not on file');
  });
});
