import type { TestKind } from './finding.ts';
import { type IncomeLimit, incomeInputs } from './income-test.ts';
import { policyInput, thresholdOf } from './lines.ts';
import type { Situation } from './situation.ts';
import { uncountedInputs } from './uncounted.ts';

/** The income lines of the allowance's standard: its own, and multiples of it. */

/** The name under which a standard appears in a trace. */
export const standardName = ({ household }: Situation): string => `mla.standard.${household.settlement}`;

/** Extreme hardship: income below the local standard (D43 article 6). */
export const extremeHardshipIncomeKind: TestKind = {
  code: 'extreme-hardship.income',
  tier: 'EXTREME_HARDSHIP',
  unit: 'fen-per-month',
  turns: { name: 'per-capita-income', passes: 'below' },
  describe: (situation, finding) => {
    const { settings } = situation.plan;
    const { standard } = situation.place;
    const comparison = settings['extreme-hardship.income_comparison'];
    return {
      comparison: comparison.value,
      citation: `${comparison.citation}; standard: ${standard.citation}`,
      threshold: thresholdOf(standardName(situation), standard, finding.limit ?? 0, 'fen-per-month'),
      also: [
        ...incomeInputs(finding),
        policyInput('extreme-hardship.income_of', settings['extreme-hardship.income_of']),
      ],
    };
  },
};

export const extremeHardshipIncomeLimit = ({ plan, place }: Situation): IncomeLimit => ({
  base: place.standard.value,
  months: 1,
  share: 1,
  comparison: plan.settings['extreme-hardship.income_comparison'].value,
});

/** The allowance: income per head below the local standard (D14 article 9). */
export const allowanceIncomeKind: TestKind = {
  code: 'mla.income',
  tier: 'MINIMUM_LIVING_ALLOWANCE',
  unit: 'fen-per-month',
  turns: { name: 'per-capita-income', passes: 'below' },
  describe: (situation, finding) => {
    const { standard } = situation.place;
    const comparison = situation.plan.settings['mla.income_comparison'];
    const division = { value: standard.division, unit: 'division', validFrom: standard.validFrom };
    return {
      comparison: comparison.value,
      citation: `${comparison.citation}; standard: ${standard.citation}`,
      threshold: thresholdOf(standardName(situation), standard, finding.limit ?? 0, 'fen-per-month'),
      also: [...incomeInputs(finding), ...uncountedInputs(situation), policyInput('standard.division', division)],
    };
  },
};

export const allowanceIncomeLimit = ({ plan, place }: Situation): IncomeLimit => ({
  base: place.standard.value,
  months: 1,
  share: 1,
  comparison: plan.settings['mla.income_comparison'].value,
});

/** Marginal: income per head below 1.5 times the standard (D57 article 8, D39 section 2). */
export const marginalIncomeKind: TestKind = {
  code: 'marginal.income',
  tier: 'MARGINAL',
  unit: 'fen-per-month',
  turns: { name: 'per-capita-income', passes: 'below' },
  describe: (situation, finding) => {
    const { standard } = situation.place;
    const multiple = situation.plan.settings['marginal.multiple'];
    const comparison = situation.plan.settings['marginal.income_comparison'];
    return {
      comparison: comparison.value,
      citation: `${comparison.citation}; standard: ${standard.citation}`,
      threshold: thresholdOf('marginal.multiple', multiple, finding.limit ?? 0, 'fen-per-month'),
      also: [
        ...incomeInputs(finding),
        ...uncountedInputs(situation),
        policyInput(standardName(situation), standard),
        policyInput('marginal.multiple', multiple),
      ],
    };
  },
};

export const marginalIncomeLimit = ({ plan, place }: Situation): IncomeLimit => ({
  base: place.standard.value,
  months: 1,
  share: plan.settings['marginal.multiple'].value,
  comparison: plan.settings['marginal.income_comparison'].value,
});
