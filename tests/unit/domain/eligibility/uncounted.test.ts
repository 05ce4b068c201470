import { describe, expect, it } from 'vitest';
import type { Evaluation, TestLine } from '../../../../domain/eligibility/evaluation.ts';
import { uncountedReasons } from '../../../../domain/eligibility/uncounted.ts';
import { evaluationOf, input, line, threshold } from './evaluations.ts';

/** An income test that failed, of one head, with some members left out: the line is 496 yuan a head and month. */
const failed = (total: number, left: number | null, changes: Partial<TestLine> = {}): TestLine => {
  const sum = (name: string, value: number) => input({ name, subject: null, dataset: 'derived', value });
  const out = left === null ? [] : [sum('members.not_counted', left)];
  const inputs = [sum('income.total', total), sum('members.counted', 1), ...out];
  return line({ tier: 'MARGINAL', code: 'marginal.income', result: 'fail', inputs, ...changes });
};
const told = (tests: readonly TestLine[], changes: Partial<Evaluation> = {}) => {
  const evaluation = evaluationOf(tests, changes);
  return [...uncountedReasons(evaluation, 'zh'), ...uncountedReasons(evaluation, 'en')];
};
/** The line of two heads in twelve months, in fen. */
const ofTwo = 49_600 * 24;

describe('members who are left out by D57 article 7', () => {
  it('are told of where the line of one head more would not have been reached, and not where it would', () => {
    expect(told([failed(ofTwo - 1, 1)])).toStrictEqual([
      '1名成员依规定不计入家庭成员；其本人如无收入，不计入可能使认定结果降低。',
      '1 member is not counted, which may lower the result where there is no income of their own.',
    ]);
    expect(told([failed(ofTwo, 1)])).toStrictEqual([]);
    expect(told([failed(ofTwo, 2)])).toStrictEqual([
      '2名成员依规定不计入家庭成员；其本人如无收入，不计入可能使认定结果降低。',
      '2 members are not counted, which may lower the result where there is no income of their own.',
    ]);
  });

  it('are told of at a line that may be reached, and not above it', () => {
    expect(told([failed(ofTwo, 1, { comparison: '<=' })])).toHaveLength(2);
    expect(told([failed(ofTwo + 1, 1, { comparison: '<=' })])).toStrictEqual([]);
  });

  it('are told of by a line for twelve months', () => {
    const yearly = { unit: 'fen-per-12-months', threshold: threshold(49_600, 'fen-per-12-months') };
    expect(told([failed(49_600 * 2 - 1, 1, yearly)])).toHaveLength(2);
    expect(told([failed(49_600 * 2, 1, yearly)])).toStrictEqual([]);
  });

  it('are told of on the allowance, whose amount would be higher, whatever else failed', () => {
    expect(told([failed(0, 1, { result: 'pass' })], { householdTier: 'MINIMUM_LIVING_ALLOWANCE' })).toHaveLength(2);
  });

  it('are not told of where nobody is left out', () => {
    expect(told([failed(0, null)], { householdTier: 'MINIMUM_LIVING_ALLOWANCE' })).toStrictEqual([]);
  });

  it('are told of where income alone keeps the household out of a tier above, and not out of its own or one below', () => {
    const car = line({ tier: 'MARGINAL', code: 'marginal.property.vehicles', result: 'fail', unit: 'pieces' });
    expect(told([failed(0, 1), car])).toStrictEqual([]);
    expect(told([failed(0, 1), { ...car, result: 'pass' }])).toHaveLength(2);
    expect(told([failed(0, 1), { ...car, tier: 'RIGID_EXPENDITURE', code: 'rigid.property.vehicles' }])).toHaveLength(
      2,
    );
    expect(told([failed(0, 1)], { householdTier: 'MARGINAL' })).toStrictEqual([]);
    expect(told([failed(0, 1, { result: 'pass' })])).toStrictEqual([]);
    expect(told([failed(0, 1, { code: 'marginal.other' })])).toStrictEqual([]);
    expect(told([failed(0, 1, { threshold: null })])).toStrictEqual([]);
  });
});
