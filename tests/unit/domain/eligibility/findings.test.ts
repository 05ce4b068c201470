import { describe, expect, it } from 'vitest';
import type { TestLine } from '../../../../domain/eligibility/evaluation.ts';
import { failure, finding } from '../../../../domain/eligibility/findings.ts';
import { input, line, threshold } from './evaluations.ts';

const told = (of: TestLine) => [finding(of, 'zh'), finding(of, 'en')];
const income = (measured: number) => line({ measured, distance: 49_600 - measured });
const persons = (measured: number) =>
  line({
    code: 'supporters.capable',
    unit: 'persons',
    measured,
    threshold: threshold(1, 'persons'),
    distance: 1 - measured,
  });
const pieces = (code: string, measured: number) =>
  line({ code, unit: 'pieces', measured, threshold: threshold(0, 'pieces'), distance: -measured });

describe('what a test found', () => {
  it.each([
    [
      49_599,
      '人均收入为每月495.99元，比标准线每月496元低0.01元',
      'income per head: 495.99 yuan a month, 0.01 yuan below the line of 496 yuan a month',
    ],
    [
      49_600,
      '人均收入为每月496元，等于标准线每月496元',
      'income per head: 496 yuan a month, exactly at the line of 496 yuan a month',
    ],
    [
      49_601,
      '人均收入为每月496.01元，比标准线每月496元高0.01元',
      'income per head: 496.01 yuan a month, 0.01 yuan above the line of 496 yuan a month',
    ],
  ])('of an income of %i fen says on which side of the line it stands, and how far', (measured, zh, en) => {
    expect(told(income(measured))).toStrictEqual([zh, en]);
  });

  /** An income of all heads in twelve months of which the amount a head is shown as 496 yuan a month, exactly at the line. */
  const atTheLine = (total: number, changes: Partial<TestLine> = {}) => {
    const sums = [
      input({ name: 'income.total', subject: null, value: total, dataset: 'derived' }),
      input({ name: 'members.counted', subject: null, value: 2, dataset: 'derived' }),
    ];
    return line({ measured: 49_600, distance: 0, inputs: sums, ...changes });
  };
  const exactly = [
    '人均收入为每月496元，等于标准线每月496元',
    'income per head: 496 yuan a month, exactly at the line of 496 yuan a month',
  ];

  it('of an income above the line by less than the fen that is shown says so, and never that it is at the line', () => {
    expect(told(atTheLine(49_600 * 24 + 1))).toStrictEqual([
      '人均收入为每月496元，比标准线每月496元高不足一分',
      'income per head: 496 yuan a month, less than one fen above the line of 496 yuan a month',
    ]);
    expect(told(atTheLine(49_600 * 24))).toStrictEqual(exactly);
    expect(told(atTheLine(49_600 * 24 + 24, { measured: 49_601, distance: -1 }))[1]).toContain('0.01 yuan above');
  });

  it('of an income of twelve months takes the line for twelve months', () => {
    const yearly = { unit: 'fen-per-12-months', threshold: threshold(49_600, 'fen-per-12-months') };
    expect(told(atTheLine(49_600 * 2 + 1, yearly))[1]).toContain('less than one fen above');
    expect(told(atTheLine(49_600 * 2, yearly))[1]).toContain('exactly at the line');
  });

  it('says "at the line" where the sum or the heads are not told, or are not what a test made of the facts', () => {
    const [total, heads] = atTheLine(49_600 * 24 + 1).inputs;
    if (total === undefined || heads === undefined) throw new Error('no sums');
    const others = [
      [total],
      [heads],
      [{ ...total, dataset: 'tax' as const }, heads],
      [total, { ...heads, dataset: 'tax' as const }],
      [{ ...total, value: 'much' }, heads],
    ];
    for (const inputs of others) expect(told(atTheLine(0, { inputs }))).toStrictEqual(exactly);
  });

  it.each([
    [0, '有履行能力的法定义务人为0，比标准线1低1', 'legal supporters able to support: 0, 1 below the line of 1'],
    [1, '有履行能力的法定义务人为1，等于标准线1', 'legal supporters able to support: 1, exactly at the line of 1'],
    [3, '有履行能力的法定义务人为3，比标准线1高2', 'legal supporters able to support: 3, 2 above the line of 1'],
  ])('of %i persons says it without yuan', (measured, zh, en) => {
    expect(told(persons(measured))).toStrictEqual([zh, en]);
  });

  it('of things owned says how many are allowed', () => {
    expect(told(pieces('mla.property.vehicles', 2))).toStrictEqual([
      '机动车为2，上限为0',
      'motor vehicles: 2, at most 0 allowed',
    ]);
  });

  it.each([
    ['rigid.ratio', '十二个月刚性支出', 'rigid spending in twelve months'],
    ['marginal.income', '人均收入', 'income per head'],
    ['extreme-hardship.property.financial', '金融资产', 'financial assets'],
    ['mla.work-refusal', 'mla.work-refusal', 'mla.work-refusal'],
  ])('of %s is only its subject where there is no number, no line or no distance', (code, zh, en) => {
    const without: Partial<TestLine>[] = [
      { measured: null },
      { measured: 'aged 76' },
      { threshold: null },
      { threshold: threshold('own', 'choice') },
      { distance: null },
    ];
    for (const missing of without) expect(told(line({ code, ...missing }))).toStrictEqual([zh, en]);
  });
});

describe('why a test failed', () => {
  it.each([
    ['extreme-hardship.work-capacity', '有成员具有劳动能力', 'a member is able to work'],
    [
      'extreme-hardship.supporters',
      '有成员的法定义务人有履行义务能力',
      'a member has a legal supporter who is able to support',
    ],
    ['extreme-hardship.income', '有成员的收入不低于当地标准', 'the income of a member is not below the local standard'],
    [
      'other.exit',
      '近两年内没有退出低保或特困的记录',
      'nobody left the allowance or extreme hardship in the last two years',
    ],
  ])('is said of %s in words, for a number would help nobody', (code, zh, en) => {
    const failed = line({ code, measured: 50_000, distance: -400 });
    expect([failure(failed, 'zh'), failure(failed, 'en')]).toStrictEqual([zh, en]);
  });

  it('is said of every other test by what it found', () => {
    const failed = income(50_000);
    expect([failure(failed, 'zh'), failure(failed, 'en')]).toStrictEqual(told(failed));
  });
});
