import { type Evaluation, linesOfTier, type TestLine } from './evaluation.ts';
import { gracePeriodKind } from './grace-period.ts';
import { allowanceIncomeKind, extremeHardshipIncomeKind } from './income-lines.ts';
import { selfCareKind } from './self-care.ts';
import { type HouseholdTier, householdTiers } from './tiers.ts';

/** The tests a household has to pass for a tier: in a grace period the allowance does not ask for income (D22 1(3)). */
export const testsFor = (evaluation: Evaluation, tier: HouseholdTier): readonly TestLine[] => {
  const isBridged = evaluation.tests.some(
    ({ code, result }) => code === gracePeriodKind.code && (result === 'pass' || result === 'unknown'),
  );
  return linesOfTier(evaluation, tier).filter(
    ({ code }) => code !== selfCareKind.code && !(isBridged && code === allowanceIncomeKind.code),
  );
};

/** What a test comes to after a change; `either` where that depends on how the change is made, and nothing more need be known. */
type After = 'pass' | 'fail' | 'unknown' | 'either';

/** Amounts are compared over one period. */
const inYear = ({ unit }: TestLine, amount: number): number => (unit === 'fen-per-month' ? amount * 12 : amount);

/** Whether one line, once met, meets another of the same thing. */
const meets = (asked: TestLine, line: TestLine): boolean => {
  const [change, needed] = [asked.wouldChange, line.wouldChange];
  if (change === null || needed === null || change.name !== needed.name) return false;
  if (change.atLeast !== undefined && needed.atLeast !== undefined) return change.atLeast >= needed.atLeast;
  if (change.below === undefined || needed.below === undefined) return false;
  const limit = (each: TestLine, below: number): number => inYear(each, each.comparison === '<=' ? below - 1 : below);
  const gap = limit(line, needed.below) - limit(asked, change.below);
  return gap > 0 || (gap === 0 && (asked.comparison === '<' || line.comparison === '<='));
};

const asksIncome = ({ wouldChange }: TestLine): boolean => wouldChange?.name === 'per-capita-income';

const after = (line: TestLine, changes: readonly TestLine[], { memberTiers }: Evaluation): After => {
  if (line.result === 'unknown') return 'unknown';
  if (line.result !== 'fail') return 'pass';
  // Whose income falls decides whether one member's own does; with one member there is nothing to choose.
  if (line.code === extremeHardshipIncomeKind.code && memberTiers.length > 1) {
    return changes.some(asksIncome) ? 'either' : 'fail';
  }
  return changes.some((asked) => meets(asked, line)) ? 'pass' : 'fail';
};

/** All together: what fails decides, then what nobody knows, then what is left to choose. */
const together = (results: readonly After[]): After => {
  const order = ['fail', 'unknown', 'either'] as const;
  return order.find((each) => results.includes(each)) ?? 'pass';
};

/** Extreme hardship of each counted member after the changes. */
const membersAfter = (evaluation: Evaluation, changes: readonly TestLine[]): readonly After[] => {
  const lines = testsFor(evaluation, 'EXTREME_HARDSHIP');
  const ofHousehold = lines.filter(({ subject }) => subject === evaluation.householdId);
  const persons = new Set(lines.map(({ subject }) => subject).filter((subject) => subject !== evaluation.householdId));
  return [...persons].map((person) => {
    const own = lines.filter(({ subject }) => subject === person);
    return together([...own, ...ofHousehold].map((line) => after(line, changes, evaluation)));
  });
};

/**
 * The tier a decided household would have if the values its failed tests ask for were reached, and nothing else changed; null where
 * that cannot be said: something would be asked that nobody has asked yet, some income is unknown, or it depends on whose income
 * falls. Amounts may still be open in that tier.
 */
export const tierAfter = (evaluation: Evaluation, changes: readonly TestLine[]): HouseholdTier | null => {
  // A known part of the income was enough to fail; below the line the unknown part would matter.
  if (evaluation.perCapitaMonthlyIncome === null && changes.some(asksIncome)) return null;
  const members = membersAfter(evaluation, changes);
  // A member's own tier is part of the decision, whatever the household's.
  if (members.includes('unknown')) return null;
  for (const tier of householdTiers) {
    const lines = testsFor(evaluation, tier).map((line) => after(line, changes, evaluation));
    const result = tier === 'EXTREME_HARDSHIP' ? together(members) : together(lines);
    if (result === 'pass') return tier;
    if (result !== 'fail') return null;
  }
  return 'NONE';
};
