import { describe, expect, it } from 'vitest';
import { reasons } from '../../../../domain/eligibility/explain.ts';
import { nameWords } from '../../../../domain/eligibility/wording.ts';
import { factKinds } from '../../../../domain/facts/fact-kinds.ts';
import { date, decide, householdOf, packWith, person, yuan } from '../household-builder.ts';

const couple = (income: number, facts = {}, second = {}) =>
  decide(householdOf([{ facts: { 'income.wages': income } }, { facts: { 'income.other': 0, ...second } }], { facts }));

describe('the reasons of a decision', () => {
  it('say why, why not the tier above, what would end it, and how much is paid', () => {
    expect(reasons(couple(yuan(9_000)), 'en')).toStrictEqual([
      'Result: minimum living allowance.',
      'Income per head: 375 yuan a month, 121 yuan below the line of 496 yuan a month.',
      'Not extreme hardship: a member is able to work; the income of a member is not below the local standard.',
      'If income per head came to 496 yuan a month, the result would no longer be minimum living allowance.',
      'Together 242 yuan a month.',
    ]);
    expect(reasons(couple(yuan(9_000)), 'zh')).toStrictEqual([
      '认定结果：最低生活保障。',
      '人均收入为每月375元，比标准线每月496元低121元。',
      '不属于特困人员：有成员具有劳动能力；有成员的收入不低于当地标准。',
      '如人均收入达到每月496元，则不再属于最低生活保障。',
      '每月合计242元。',
    ]);
  });

  it('say of a single-person entrant in a marginal household that one member enters alone', () => {
    const evaluation = couple(yuan(500 * 24), {}, { disability: { category: 'visual', level: 1 } });
    expect(reasons(evaluation, 'en')).toEqual(
      expect.arrayContaining([
        'Not minimum living allowance: income per head: 500 yuan a month, 4 yuan above the line of 496 yuan a month.',
        '1 member enters the allowance alone, for severe disability or major illness.',
        'If income per head fell below 496 yuan a month, the result would be minimum living allowance.',
        'Together 297.60 yuan a month.',
      ]),
    );
    expect(reasons(evaluation, 'zh')).toContain('1名成员因重度残疾或重特大疾病以单人保方式纳入低保。');
  });

  it('say that members not counted may lower the result, but neither of the dead nor where it makes no difference', () => {
    const away = { notCounted: 'imprisoned' } as const;
    const told = (income: number, ...others: Parameters<typeof householdOf>[0]) =>
      reasons(decide(householdOf([{ facts: { 'income.wages': yuan(income * 12) } }, ...others])), 'en').filter((text) =>
        text.includes('not counted'),
      );
    expect(told(496, away)).toStrictEqual([
      '1 member is not counted, which may lower the result where there is no income of their own.',
    ]);
    expect(told(495, away, away)).toStrictEqual([
      '2 members are not counted, which may lower the result where there is no income of their own.',
    ]);
    expect(told(496)).toStrictEqual([]);
    expect(told(496, { ...away, deceasedOn: date('2026-01-01') })).toStrictEqual([]);
    expect(told(2_000, away)).toStrictEqual([]);
  });

  it('say exactly at the line what it means to be at it', () => {
    expect(reasons(couple(yuan(496 * 24)), 'en')).toContain(
      'Not minimum living allowance: income per head: 496 yuan a month, exactly at the line of 496 yuan a month.',
    );
    expect(reasons(couple(yuan(496 * 24)), 'zh')).toContain(
      '不属于最低生活保障：人均收入为每月496元，等于标准线每月496元。',
    );
  });

  it('name the one change that would open the allowance to a poor family with a car', () => {
    const evaluation = couple(yuan(9_000), { 'asset.vehicles': 1 });
    expect(reasons(evaluation, 'en')).toEqual(
      expect.arrayContaining([
        'Result: no tier of assistance.',
        'Not minimum living allowance: motor vehicles: 1, at most 0 allowed.',
        'If motor vehicles were at most 0, the result would be minimum living allowance.',
      ]),
    );
    expect(evaluation.householdTier).toBe('NONE');
  });

  it('name all changes together when no single one would do, and never advise more illness when income would do', () => {
    const evaluation = couple(yuan(900 * 24), { 'asset.vehicles': 1, 'asset.financial': yuan(100_000) });
    const last = reasons(evaluation, 'en').at(-1);
    expect(last).toBe(
      'If income per head fell below 744 yuan a month and financial assets were at most 30144 yuan and motor vehicles were at most 0, the result would be marginal household.',
    );
  });

  it('say of a rigid-expenditure household how far its spending is above the ratio', () => {
    const evaluation = couple(yuan(12_000 * 2), { 'expenditure.medical': yuan(20_000) });
    expect(reasons(evaluation, 'en')).toContain(
      'Rigid spending in twelve months: 20000 yuan a year, 800 yuan above the line of 19200 yuan a year.',
    );
    expect(reasons(evaluation, 'zh')).toContain('十二个月刚性支出为每年20000元，比标准线每年19200元高800元。');
  });

  it('say of an old person alone why it is extreme hardship', () => {
    const facts = { 'income.other': 0, 'supporters.capable': 0, 'self-care.failed': 4 };
    const evaluation = decide(householdOf([{ birthDate: date('1945-01-01'), facts }]));
    expect(reasons(evaluation, 'zh')).toStrictEqual([
      '认定结果：特困人员。',
      '全部计入的成员均无劳动能力、无生活来源，且没有有履行能力的法定义务人。',
      '每月合计1244.80元。',
    ]);
  });

  it('say of the watch list and of a member in extreme hardship what they are', () => {
    expect(reasons(couple(yuan(50_000), { 'exit.on': '2026-01-01' }), 'en')).toContain(
      'The household left the allowance or extreme hardship less than two years ago.',
    );
    const old = { relation: 'other', birthDate: date('1945-01-01') } as const;
    const facts = { 'income.other': 0, 'supporters.capable': 0, 'self-care.failed': 4 };
    const mixed = decide(householdOf([{ facts: { 'income.wages': yuan(4_000) } }, { ...old, facts }]));
    expect(reasons(mixed, 'en')).toContain('1 member is in extreme hardship and not on the allowance.');
  });

  it('of a decision that cannot be made say what is missing and matters, and nothing else', () => {
    const evaluation = couple(yuan(9_000), { 'asset.financial': undefined });
    expect(reasons(evaluation, 'en')).toStrictEqual([
      'Nothing can be decided yet, so the county panel is asked: financial assets: not on file.',
    ]);
    expect(reasons(evaluation, 'zh')).toStrictEqual(['目前无法作出决定，转县级“一事一议”：金融资产尚未申报或核实。']);
    const ratio = decide(
      householdOf([{ facts: { 'income.wages': yuan(12_000) } }], { facts: { 'expenditure.medical': 1 } }),
      packWith({ 'rigid.ratio': null }),
    );
    expect(reasons(ratio, 'zh')).toStrictEqual(['目前无法作出决定，转县级“一事一议”：当地刚性支出占比标准尚未设定。']);
  });

  it('name no person', () => {
    const household = householdOf([
      { facts: { 'income.wages': 1 } },
      {},
      { relation: 'parent', birthDate: date('1940-01-01') },
    ]);
    for (const language of ['zh', 'en'] as const) {
      const text = reasons(decide(household), language).join('');
      expect(text).not.toContain('per_');
      expect(text).not.toContain(person(2));
    }
  });

  it('have words for every kind of fact that can be missing', () => {
    expect(Object.keys(factKinds).filter((kind) => nameWords[kind] === undefined)).toStrictEqual([]);
  });
});
