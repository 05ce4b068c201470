import { dividedDown, dividedUp, shareRoundedDown, shareRoundedUp } from '../policy/shares.ts';
import type { TestInput } from './evaluation.ts';
import { type Finding, measured, type TestKind, unmeasured } from './finding.ts';
import { type Income, incomeCauses } from './income.ts';
import { derivedInput } from './lines.ts';
import type { Counted, Situation } from './situation.ts';

/** A line that income per head must stay below: `base` fen in `months` months, times `share`. */
export interface IncomeLimit {
  readonly base: number;
  readonly months: 1 | 12;
  readonly share: number;
  readonly comparison: '<' | '<=';
}

/** Whether the known income of all heads is within the line of all heads, in whole fen of twelve months, nothing rounded. */
const isWithin = (income: Income, { base, months, share, comparison }: IncomeLimit): boolean => {
  const total = base * (12 / months) * income.heads;
  return comparison === '<'
    ? income.known < shareRoundedUp(total, share)
    : income.known <= shareRoundedDown(total, share);
};

/** What is shown per head is rounded down, and up where that would contradict the result. */
const shownPerHead = (income: Income, { months }: IncomeLimit, within: boolean, turning: number): number => {
  const parts = (12 / months) * income.heads;
  const floor = dividedDown(income.known, parts);
  return !within && floor < turning ? dividedUp(income.known, parts) : floor;
};

/** An income limit in fen per head and period of the limit. */
export const lineOfLimit = ({ base, share, comparison }: IncomeLimit): number =>
  comparison === '<' ? shareRoundedUp(base, share) : shareRoundedDown(base, share);

/**
 * Tests income per head against a limit. Unknown income can only add, so a known part that already reaches the line decides;
 * below it the result is unknown.
 */
export const incomeTest = (
  situation: Situation,
  test: TestKind,
  about: Counted | null,
  income: Income,
  limit: IncomeLimit,
): Finding => {
  const within = isWithin(income, limit);
  const value = lineOfLimit(limit);
  if (within && income.isOpen) {
    return unmeasured(test, about, 'unknown', {
      limit: value,
      facts: income.facts,
      causes: incomeCauses(situation, income),
      income,
    });
  }
  const turning = limit.comparison === '<' ? value : value + 1;
  const perHead = shownPerHead(income, limit, within, turning);
  return measured(test, about, within, { value: perHead, limit: value, turning, facts: income.facts, income });
};

/** The sums behind an income test, for its reader. */
export const incomeInputs = ({ income }: Finding): readonly TestInput[] =>
  income === null
    ? []
    : [
        derivedInput('income.total', income.known, 'fen-per-12-months'),
        derivedInput('members.counted', income.heads, 'persons'),
      ];
