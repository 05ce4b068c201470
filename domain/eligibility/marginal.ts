import type { TestLine } from './evaluation.ts';
import { type Income, incomeTest } from './income.ts';
import { propertyTests } from './property.ts';
import { policyInput, type Situation, setting, standardName, thresholdOf } from './situation.ts';

/** Marginal: not on the allowance, income per head below 1.5 times the standard, property within limits (D57 article 8). */
export const marginal = (situation: Situation, income: Income): readonly TestLine[] => {
  const comparison = setting(situation, 'marginal.income_comparison');
  const multiple = setting(situation, 'marginal.multiple');
  const { standard } = situation;
  const line = incomeTest(
    income,
    {
      base: standard.value,
      months: 1,
      share: multiple.value,
      comparison: comparison.value,
      threshold: (value, unit) => thresholdOf('marginal.multiple', multiple, value, unit),
      policyInputs: [
        policyInput(standardName(situation), standard.value, standard.unit, standard.validFrom),
        policyInput('marginal.multiple', multiple.value, multiple.unit, multiple.validFrom),
      ],
    },
    {
      code: 'marginal.income',
      tier: 'MARGINAL',
      subject: situation.household.householdId,
      citation: `${comparison.citation}; standard: ${standard.citation}`,
    },
  );
  return [line, ...propertyTests(situation, 'MARGINAL')];
};
