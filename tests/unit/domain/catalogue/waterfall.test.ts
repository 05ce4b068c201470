import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medicalWaterfall, pour, type WaterfallStep } from '../../../../domain/catalogue/waterfall.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { Fen, maximumFen } from '../../../../domain/money.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { decide, householdOf, person, today, yuan } from '../household-builder.ts';

const fen = (amount: number): Fen => Fen.parse(amount);
const steps: fc.Arbitrary<WaterfallStep[]> = fc.array(
  fc.record({
    code: fc.constant('a.step'),
    rate: fc.nat(10_000).map((tenThousandths) => tenThousandths / 10_000),
    deductible: fc.nat(2_000_000).map(fen),
    cap: fc.option(fc.nat(20_000_000).map(fen)),
  }),
  { maxLength: 6 },
);
const bills = fc.oneof(
  fc.nat(5_000_000),
  fc.nat(200_000_000),
  fc.integer({ min: maximumFen - 1_000, max: maximumFen - 1 }),
);
const paid = (parts: readonly { amount: number }[]): number => parts.reduce((sum, { amount }) => sum + amount, 0);

describe('a bill poured down any steps', () => {
  it('is never overpaid, each step sees what is left, and nothing is lost or below zero', () => {
    fc.assert(
      fc.property(steps, bills, (some, bill) => {
        const { parts, left } = pour(some, fen(bill));
        expect(paid(parts) + left).toBe(bill);
        let seen = bill;
        for (const [index, part] of parts.entries()) {
          expect(part).toMatchObject({ seen, left: seen - part.amount });
          expect(Number.isSafeInteger(part.amount) && part.amount >= 0).toBe(true);
          expect(part.amount).toBeLessThanOrEqual(some[index]?.cap ?? bill);
          seen = part.left;
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('never gets less from the payers together when it is greater, nor leaves less to pay', () => {
    fc.assert(
      fc.property(steps, bills, fc.nat(1_000), (some, bill, more) => {
        const greater = Math.min(bill + more, maximumFen);
        const [one, other] = [pour(some, fen(bill)), pour(some, fen(greater))];
        expect(paid(other.parts)).toBeGreaterThanOrEqual(paid(one.parts));
        expect(other.left).toBeGreaterThanOrEqual(one.left);
      }),
      { numRuns: 3_000 },
    );
  });
});

const insured = { 'insurance.basic-medical': true, 'illness.major': true };
const family = (yuanPerMonth: number, facts: Record<string, unknown> = insured): Household =>
  householdOf([{ facts: { 'income.wages': yuan(yuanPerMonth * 12), ...facts } }], {
    facts: { 'expenditure.medical': yuan(1) },
  });
const poured = (household: Household, bill: number, personId = person(1)) =>
  medicalWaterfall(decide(household), household, shanxiPack, today, { personId, bill: fen(bill) });

describe('a medical bill of 100,000 yuan', () => {
  it('of someone insured on the allowance is paid by insurance, critical illness insurance, medical aid and charity, in this order', () => {
    const result = poured(family(300), yuan(100_000));
    expect(result.status).toBe('known');
    expect(result.parts).toStrictEqual([
      // 60 % of 99,500 yuan
      { code: 'medical.basic-insurance', seen: 10_000_000, amount: 5_970_000, left: 4_030_000 },
      // 60 % of 30,300 yuan
      { code: 'medical.critical-illness-insurance', seen: 4_030_000, amount: 1_818_000, left: 2_212_000 },
      // 75 %
      { code: 'medical.inpatient-aid', seen: 2_212_000, amount: 1_659_000, left: 553_000 },
      { code: 'charity.matched-help', seen: 553_000, amount: 276_500, left: 276_500 },
    ]);
  });

  it('of someone in a marginal household is also paid by temporary aid, between medical aid and charity', () => {
    const household = householdOf(
      [
        { facts: { 'income.wages': yuan(600 * 24), 'insurance.basic-medical': true } },
        { facts: { 'income.other': 0 } },
      ],
      { facts: { 'expenditure.medical': yuan(1) } },
    );
    expect(poured(household, yuan(100_000)).parts.map(({ code }) => code)).toStrictEqual([
      'medical.basic-insurance',
      'medical.critical-illness-insurance',
      'medical.inpatient-aid',
      'temporary-aid.expenditure',
      'charity.matched-help',
    ]);
  });

  it('of someone of no tier is paid by insurance alone', () => {
    const result = poured(family(9_000, { ...insured, 'illness.major': false }), yuan(100_000));
    expect(result.parts.map(({ code }) => code)).toStrictEqual([
      'medical.basic-insurance',
      'medical.critical-illness-insurance',
    ]);
  });

  it('of someone without insurance begins with medical aid', () => {
    const [first] = poured(family(300, { ...insured, 'insurance.basic-medical': false }), yuan(1_000)).parts;
    expect(first).toMatchObject({ code: 'medical.inpatient-aid', seen: 100_000, amount: 75_000 });
  });

  it('is not worked out past the first payer of whom nobody can say whether it pays', () => {
    const result = poured(family(300, { 'illness.major': true }), yuan(100_000));
    expect(result).toMatchObject({
      status: 'unknown',
      parts: [],
      at: {
        code: 'medical.basic-insurance',
        reason: { causes: [`not-declared insurance.basic-medical of ${person(1)}`] },
      },
    });
  });

  it('of a stranger is refused', () => {
    expect(() => poured(family(300), 100, person(9))).toThrow(RangeError);
  });
});
