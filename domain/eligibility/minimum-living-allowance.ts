import type { TestLine } from './evaluation.ts';
import { type Income, incomeTest } from './income.ts';
import { propertyTests } from './property.ts';
import { policyInput, type Situation, setting, standardName, thresholdOf } from './situation.ts';

/** The allowance: income per head below the local standard, and property within its limits (D14 article 9). */
export const minimumLivingAllowance = (situation: Situation, income: Income): readonly TestLine[] => {
  const comparison = setting(situation, 'mla.income_comparison');
  const { standard } = situation;
  const line = incomeTest(
    income,
    {
      base: standard.value,
      months: 1,
      share: 1,
      comparison: comparison.value,
      threshold: (value, unit) => thresholdOf(standardName(situation), standard, value, unit),
      policyInputs: [policyInput('standard.division', standard.division, 'division', standard.validFrom)],
    },
    {
      code: 'mla.income',
      tier: 'MINIMUM_LIVING_ALLOWANCE',
      subject: situation.household.householdId,
      citation: `${comparison.citation}; standard: ${standard.citation}`,
    },
  );
  return [line, ...propertyTests(situation, 'MINIMUM_LIVING_ALLOWANCE')];
};
