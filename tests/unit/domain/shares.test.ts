import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dividedDown,
  dividedUp,
  isExactShare,
  shareRoundedDown,
  shareRoundedUp,
} from '../../../domain/policy/shares.ts';

const amounts = fc.integer({ min: 0, max: 1_000_000_000_000_000 });
const tenThousandths = fc.integer({ min: 0, max: 80_000 });

describe('shares of an amount', () => {
  it('are exact to the unit for any amount, checked against big integers', () => {
    fc.assert(
      fc.property(amounts, tenThousandths, (amount, share) => {
        fc.pre(BigInt(amount) * BigInt(share) < 90_000_000_000_000_000_000n);
        const product = BigInt(amount) * BigInt(share);
        expect(BigInt(shareRoundedDown(amount, share / 10_000))).toBe(product / 10_000n);
        expect(BigInt(shareRoundedUp(amount, share / 10_000))).toBe((product + 9_999n) / 10_000n);
      }),
      { numRuns: 3_000 },
    );
  });

  it('are not led astray by binary fractions: 0.07 of 100, 1.1 of 3000', () => {
    expect(shareRoundedUp(100, 0.07)).toBe(7);
    expect(shareRoundedUp(3_000, 1.1)).toBe(3_300);
    expect(shareRoundedDown(49_600, 1.5)).toBe(74_400);
  });

  it('have at most four decimal places and lie from 0 to 10', () => {
    expect([0, 0.8, 1.5, 0.0001, 10].every(isExactShare)).toBe(true);
    expect([-0.1, 10.1, 0.00001, 1 / 3, Number.NaN, Number.POSITIVE_INFINITY].some(isExactShare)).toBe(false);
  });
});

describe('a division', () => {
  it('rounds down or up to whole numbers, and not at all when it is whole', () => {
    expect([dividedDown(7, 2), dividedUp(7, 2), dividedDown(8, 2), dividedUp(8, 2), dividedUp(0, 3)]).toStrictEqual([
      3, 4, 4, 4, 0,
    ]);
  });

  it('is exact at and beside every multiple, as big integers are', () => {
    const divisors = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(amounts, divisors, fc.integer({ min: -1, max: 1 }), (near, divisor, beside) => {
        const amount = Math.max(0, Number((BigInt(near) / BigInt(divisor)) * BigInt(divisor)) + beside);
        expect(BigInt(dividedDown(amount, divisor))).toBe(BigInt(amount) / BigInt(divisor));
        expect(BigInt(dividedUp(amount, divisor))).toBe((BigInt(amount) + BigInt(divisor) - 1n) / BigInt(divisor));
      }),
      { numRuns: 3_000 },
    );
  });
});
