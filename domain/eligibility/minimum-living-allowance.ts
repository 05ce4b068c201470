import type { Finding } from './finding.ts';
import { type GracePeriod, gracePeriod } from './grace-period.ts';
import type { Income } from './income.ts';
import { allowanceIncomeKind, allowanceIncomeLimit } from './income-lines.ts';
import { incomeTest } from './income-test.ts';
import { type Property, propertyTests } from './property.ts';
import type { Situation } from './situation.ts';
import { and, type Verdict } from './three-valued.ts';

export interface Allowance {
  readonly verdict: Verdict;
  readonly grace: GracePeriod | null;
}

/**
 * The allowance: income per head below the local standard, and property within its limits (D14 article 9). A household that is on
 * it keeps it for a while after a member took up work, though its income is no longer below the line (D22 1(3)). Adds what was
 * found.
 */
export const minimumLivingAllowance = (
  situation: Situation,
  income: Income,
  property: Property,
  findings: Finding[],
): Allowance => {
  const line = incomeTest(situation, allowanceIncomeKind, null, income, allowanceIncomeLimit(situation));
  const grace = gracePeriod(situation);
  findings.push(line);
  if (grace !== null) findings.push(grace.found);
  const withinProperty = propertyTests(situation, property, 'MINIMUM_LIVING_ALLOWANCE', findings);
  const isBridged = grace?.found.result === 'pass' || grace?.found.result === 'unknown';
  return { verdict: isBridged ? withinProperty : and(withinProperty, line.result), grace };
};
