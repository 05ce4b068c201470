import { describe, expect, it } from 'vitest';
import { smallestChange } from '../../../../domain/eligibility/counterfactual.ts';
import type { Evaluation } from '../../../../domain/eligibility/evaluation.ts';
import { reasons } from '../../../../domain/eligibility/explain.ts';
import { date, decide, householdOf, type MemberOptions, packWith, yuan } from '../household-builder.ts';

const told = (evaluation: Evaluation) => {
  const found = smallestChange(evaluation);
  return found === null ? null : { codes: found.changes.map(({ code }) => code), tier: found.tier };
};
const ifs = (evaluation: Evaluation): readonly string[] =>
  reasons(evaluation, 'en').filter((reason) => reason.startsWith('If '));

const old: MemberOptions = { birthDate: date('1945-01-01') };
const alone = { 'supporters.capable': 0, 'self-care.failed': 0 };
const working = { 'income.wages': yuan(900 * 12) };

/** Found by the property over generated households: each was promised another tier than came of it. */
describe('the smallest change', () => {
  it('brings an old person with a car and nobody to the tier that comes of it, extreme hardship, not to the allowance', () => {
    const facts = { 'income.other': 0, ...alone };
    const evaluation = decide(householdOf([{ ...old, facts }], { facts: { 'asset.vehicles': 1 } }));
    expect(told(evaluation)).toStrictEqual({ codes: ['marginal.property.vehicles'], tier: 'EXTREME_HARDSHIP' });
    expect(ifs(evaluation)).toStrictEqual(['If motor vehicles were at most 0, the result would be extreme hardship.']);
  });

  it('brings an old person with a pension just above the standard and nobody to extreme hardship', () => {
    const facts = { 'income.transfer': yuan(500 * 12), ...alone };
    const evaluation = decide(householdOf([{ ...old, facts }]));
    expect(evaluation.householdTier).toBe('MARGINAL');
    expect(told(evaluation)).toStrictEqual({ codes: ['mla.income'], tier: 'EXTREME_HARDSHIP' });
  });

  it('is not told where less income would raise the question of supporters, which nobody has answered', () => {
    const facts = { 'income.transfer': yuan(500 * 12), 'self-care.failed': 0 };
    const evaluation = decide(householdOf([{ ...old, facts }]));
    expect([evaluation.status, evaluation.householdTier]).toStrictEqual(['decided', 'MARGINAL']);
    expect(smallestChange(evaluation)).toBeNull();
    expect(ifs(evaluation)).toStrictEqual([
      'If income per head came to 744 yuan a month, the result would no longer be marginal household.',
    ]);
  });

  it('is not told of two old people where it depends on whose income falls', () => {
    const second: MemberOptions = { ...old, relation: 'other', facts: { 'income.other': 0, ...alone } };
    const evaluation = decide(
      householdOf([{ ...old, facts: { 'income.transfer': yuan(1_100 * 12), ...alone } }, second]),
    );
    expect(evaluation.householdTier).toBe('MARGINAL');
    expect(smallestChange(evaluation)).toBeNull();
  });

  it('is told of a family in which such a change settles nobody’s own hardship otherwise than by what is on file', () => {
    const evaluation = decide(
      householdOf([
        { facts: working },
        { ...old, relation: 'parent', facts: { 'income.transfer': yuan(500 * 12), ...alone } },
      ]),
    );
    expect(told(evaluation)).toStrictEqual({ codes: ['mla.income'], tier: 'MINIMUM_LIVING_ALLOWANCE' });
  });

  it('asks for no less income where the known part alone was enough to fail', () => {
    const evaluation = decide(householdOf([{ facts: { 'income.wages': yuan(30_000) } }, {}]));
    expect([evaluation.status, evaluation.perCapitaMonthlyIncome]).toStrictEqual(['decided', null]);
    expect(smallestChange(evaluation)).toBeNull();
  });

  it('asks for no less income in a grace period, and does not say that more would end it', () => {
    const facts = { 'income.wages': yuan(30_000), 'employment.started-on': '2026-09-01' };
    const household = (more: object) => ({
      ...householdOf([{ facts }, { facts: { 'income.other': 0 } }], {
        facts: { 'allowance.paid': yuan(200), ...more },
      }),
      tier: 'MINIMUM_LIVING_ALLOWANCE' as const,
    });
    const kept = decide(household({}));
    expect(kept.householdTier).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(ifs(kept)).toStrictEqual([]);
    const withCar = decide(household({ 'asset.vehicles': 1 }));
    expect(told(withCar)).toStrictEqual({ codes: ['mla.property.vehicles'], tier: 'MINIMUM_LIVING_ALLOWANCE' });
    const poorer = {
      ...household({}),
      facts: household({}).facts.map((fact) =>
        fact.kind === 'income.wages' ? { ...fact, value: 0 as typeof fact.value } : fact,
      ),
    };
    expect(ifs(decide(poorer))).toStrictEqual([]);
  });

  it('holds a line that may be reached apart from one that may not', () => {
    const atMost = packWith({ 'mla.income_comparison': '<=', 'marginal.income_comparison': '<=' });
    const evaluation = decide(householdOf([{ facts: working }]), atMost);
    expect(evaluation.householdTier).toBe('NONE');
    expect(told(evaluation)).toStrictEqual({ codes: ['marginal.income'], tier: 'MARGINAL' });
    expect(ifs(evaluation)).toStrictEqual([
      'If income per head were at most 744 yuan a month, the result would be marginal household.',
    ]);
    const single = packWith({ 'marginal.multiple': 1, 'mla.income_comparison': '<=' });
    expect(told(decide(householdOf([{ facts: working }]), single))?.tier).toBe('MINIMUM_LIVING_ALLOWANCE');
    const other = packWith({ 'marginal.multiple': 1, 'marginal.income_comparison': '<=' });
    expect(told(decide(householdOf([{ facts: working }]), other))?.tier).toBe('MARGINAL');
  });

  it('asks of a household with too much income and property for both, and of nobody above for what cannot be changed', () => {
    const evaluation = decide(
      householdOf([{ facts: { 'income.wages': yuan(30_000) } }], {
        facts: { 'asset.vehicles': 1, 'expenditure.medical': yuan(20_000) },
      }),
    );
    expect(told(evaluation)).toStrictEqual({
      codes: ['marginal.income', 'marginal.property.vehicles'],
      tier: 'MARGINAL',
    });
    const supported = decide(householdOf([{ ...old, facts: { 'income.other': 0, 'supporters.capable': 1 } }]));
    expect(supported.householdTier).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(smallestChange(supported)).toBeNull();
  });
});
