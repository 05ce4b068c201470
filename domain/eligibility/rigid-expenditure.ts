import { shareRoundedDown, shareRoundedUp } from '../policy/shares.ts';
import type { TestInput, TestLine, TestThreshold } from './evaluation.ts';
import { type Income, incomeTest } from './income.ts';
import { propertyTests } from './property.ts';
import {
  causeOf,
  derivedInput,
  inputOf,
  numberOf,
  policyInput,
  reading,
  type Situation,
  setting,
  thresholdOf,
} from './situation.ts';

const yearly = 'fen-per-12-months';

const placeOf = (situation: Situation, code: string, citation: string) =>
  ({ code, tier: 'RIGID_EXPENDITURE', subject: situation.household.householdId, citation }) as const;

const unknownLine = (line: Pick<TestLine, 'code' | 'tier' | 'subject' | 'citation'>, cause: string): TestLine => ({
  ...line,
  comparison: '<',
  measured: null,
  unit: yearly,
  inputs: [],
  threshold: null,
  result: 'unknown',
  distance: null,
  wouldChange: null,
  cause,
});

/** Income per head against last year's disposable income per head of the place (DRE article 4(2)). */
const ceilingTest = (situation: Situation, income: Income): TestLine => {
  const comparison = setting(situation, 'rigid.income_comparison');
  const rural = setting(situation, 'rigid.rural_ceiling').value;
  const settlement = situation.household.settlement === 'rural' ? rural : 'urban';
  const key = `rigid.ceiling.${settlement}` as const;
  const ceiling = setting(situation, key);
  const place = placeOf(situation, 'rigid.income', `${comparison.citation}; ceiling: ${ceiling.citation}`);
  if (ceiling.value === null) return unknownLine(place, causeOf('not-set', key));
  return incomeTest(
    income,
    {
      base: ceiling.value,
      months: 12,
      share: 1,
      comparison: comparison.value,
      threshold: (value, unit) => thresholdOf(key, ceiling, value, unit),
      policyInputs: [],
    },
    place,
  );
};

/** Rigid spending of twelve months: what is known of it, and why there may be more. */
interface Spending {
  readonly known: number;
  readonly causes: readonly string[];
  readonly inputs: readonly TestInput[];
}

const spendingOf = (situation: Situation): Spending => {
  const causes: string[] = [];
  const inputs: TestInput[] = [];
  let known = 0;
  const silenceIsNone = setting(situation, 'facts.undeclared_spending').value === 'none';
  for (const kind of setting(situation, 'rigid.spending_counted').value) {
    const read = reading(situation, situation.household.householdId, kind);
    if (read.known) {
      known += numberOf(read);
      inputs.push(inputOf(read));
    } else if (read.problem !== 'not-declared' || !silenceIsNone) {
      causes.push(causeOf(read.problem, kind));
    }
  }
  return { known, causes, inputs };
};

/** The income against which spending is held; with exempt income where the pack says so. */
const denominatorOf = (situation: Situation, income: Income): Income => {
  if (!setting(situation, 'rigid.exempt_in_denominator').value) return income;
  const inputs: TestInput[] = [];
  const causes = [...income.causes];
  let { known } = income;
  for (const { personId } of situation.counted) {
    const read = reading(situation, personId, 'income.exempt');
    if (read.known) {
      known += numberOf(read);
      inputs.push(inputOf(read));
    } else if (read.problem !== 'not-declared') causes.push(causeOf(read.problem, 'income.exempt', personId));
  }
  return { ...income, known, causes, inputs: [...income.inputs, ...inputs] };
};

/** The least spending that meets the ratio. Some spending there must be, so a household without income and spending fails. */
const leastSpending = (income: number, ratio: number, comparison: '>' | '>='): number =>
  comparison === '>' ? shareRoundedDown(income, ratio) + 1 : Math.max(1, shareRoundedUp(income, ratio));

/** What is still open, or null when the verdict stands whatever the unknown facts turn out to be. */
const openCauses = (spending: Spending, income: Income, least: number | null): readonly string[] | null => {
  if (spending.known === 0 && spending.causes.length === 0) return null;
  if (least === null) return [causeOf('not-set', 'rigid.ratio'), ...spending.causes];
  // More spending can only help and more income can only harm, so each is open on one side only.
  const causes = spending.known >= least ? income.causes : spending.causes;
  return causes.length === 0 ? null : causes;
};

const inputsOf = (spending: Spending, income: Income): readonly TestInput[] => [
  ...spending.inputs,
  ...income.inputs,
  derivedInput('spending.total', spending.known, yearly),
  derivedInput('income.total', income.known, yearly),
];

/**
 * Rigid spending of twelve months against the household's income of twelve months, in whole fen, so that a household without
 * income but with spending is above any ratio (DRE article 4(4)). The ratio is the region's to set: unset, it is unknown.
 */
const ratioTest = (situation: Situation, allIncome: Income): TestLine => {
  const ratio = setting(situation, 'rigid.ratio');
  const comparison = setting(situation, 'rigid.ratio_comparison');
  const spending = spendingOf(situation);
  const income = denominatorOf(situation, allIncome);
  const least = ratio.value === null ? null : leastSpending(income.known, ratio.value, comparison.value);
  const causes = openCauses(spending, income, least);
  const line = {
    ...placeOf(situation, 'rigid.ratio', `${comparison.citation}; ratio: ${ratio.citation}`),
    comparison: comparison.value,
    unit: yearly,
  };
  const inputs = inputsOf(spending, income);
  if (ratio.value === null || least === null) {
    const open = { ...line, measured: null, inputs, threshold: null, distance: null, wouldChange: null } as const;
    return causes === null
      ? { ...open, measured: spending.known, result: 'fail', cause: null }
      : { ...open, result: 'unknown', cause: causes.join('; ') };
  }
  const value = comparison.value === '>' ? least - 1 : least;
  const threshold: TestThreshold = thresholdOf('rigid.ratio', ratio, value, yearly);
  const withRatio = [...inputs, policyInput('rigid.ratio', ratio.value, ratio.unit, ratio.validFrom)];
  const tested = { ...line, inputs: withRatio, threshold };
  if (causes !== null) {
    return {
      ...tested,
      measured: null,
      result: 'unknown',
      distance: null,
      wouldChange: null,
      cause: causes.join('; '),
    };
  }
  const passes = spending.known >= least;
  return {
    ...tested,
    measured: spending.known,
    result: passes ? 'pass' : 'fail',
    distance: value - spending.known,
    wouldChange: { name: 'rigid-spending', ...(passes ? { below: least } : { atLeast: least }) },
    cause: null,
  };
};

/** Rigid expenditure: not in a tier above, income below the ceiling, property within limits, spending above the ratio. */
export const rigidExpenditure = (situation: Situation, income: Income): readonly TestLine[] => [
  ceilingTest(situation, income),
  ...propertyTests(situation, 'RIGID_EXPENDITURE'),
  ratioTest(situation, income),
];
