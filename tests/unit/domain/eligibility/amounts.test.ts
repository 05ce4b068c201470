import { describe, expect, it } from 'vitest';
import { decide, householdOf, monthlyTotal, packWith, yuan } from '../household-builder.ts';

const couple = (income: number, second: Record<string, unknown> = {}) =>
  householdOf([{ facts: { 'income.wages': income } }, { facts: { 'income.other': 0, ...second } }]);

describe('the allowance of a household (D57 article 23)', () => {
  it('is the gap to the standard for each member: 375 yuan a head leave 121, for two 242 yuan a month', () => {
    expect(decide(couple(yuan(9_000))).entitlements).toMatchObject([
      { item: 'minimum-living-allowance', personId: null, amount: 24_200, period: 'month' },
    ]);
  });

  it('is the whole standard for a household without income', () => {
    expect(monthlyTotal(decide(couple(0)))).toBe(2 * 49_600);
  });

  it('is lessened by support of a disabled adult from siblings or aged people only where the pack disregards none', () => {
    const supported = couple(0, { 'income.support-of-disabled-adult': yuan(9_000) });
    expect(monthlyTotal(decide(supported))).toBe(2 * 49_600);
    const strict = packWith({ 'supporters.aged_or_sibling_disregarded': false });
    expect(monthlyTotal(decide(supported, strict))).toBe(24_200);
  });

  it('is rounded up to a whole fen, or further where the pack says so', () => {
    expect(monthlyTotal(decide(couple(yuan(9_000) + 1)))).toBe(24_200);
    expect(monthlyTotal(decide(couple(yuan(9_000) + 12)))).toBe(24_199);
    expect(monthlyTotal(decide(couple(yuan(9_000) + 12), packWith({ 'amount.round_up_to_fen': 100 })))).toBe(24_200);
  });

  it('is never below the smallest payment of the pack', () => {
    const income = 2 * 12 * 49_600 - 1;
    expect(monthlyTotal(decide(couple(income)))).toBe(1);
    expect(monthlyTotal(decide(couple(income), packWith({ 'amount.smallest_payment': 5_000 })))).toBe(5_000);
  });

  it('does not fall below single-person entry when income falls below the standard', () => {
    const severe = { disability: { category: 'visual', level: 1 } };
    const marginal = decide(couple(2 * 12 * 49_600, severe));
    const below = decide(couple(2 * 12 * 49_600 - 1, severe));
    expect([marginal.householdTier, monthlyTotal(marginal)]).toStrictEqual(['MARGINAL', 29_760]);
    expect([below.householdTier, monthlyTotal(below)]).toStrictEqual(['MINIMUM_LIVING_ALLOWANCE', 29_760]);
    const without = packWith({ 'mla.floor_at_single_entry': false });
    expect(monthlyTotal(decide(couple(2 * 12 * 49_600 - 1, severe), without))).toBe(1);
  });
});
