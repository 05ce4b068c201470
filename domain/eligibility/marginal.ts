import type { Finding } from './finding.ts';
import type { Income } from './income.ts';
import { marginalIncomeKind, marginalIncomeLimit } from './income-lines.ts';
import { incomeTest } from './income-test.ts';
import { type Property, propertyTests } from './property.ts';
import type { Situation } from './situation.ts';
import { and, type Verdict } from './three-valued.ts';

/**
 * Marginal: not on the allowance, income per head below 1.5 times the standard, property within limits (D57 article 8). Adds what
 * was found, and answers whether all holds.
 */
export const marginal = (situation: Situation, income: Income, property: Property, findings: Finding[]): Verdict => {
  const line = incomeTest(situation, marginalIncomeKind, null, income, marginalIncomeLimit(situation));
  findings.push(line);
  return and(propertyTests(situation, property, 'MARGINAL', findings), line.result);
};
