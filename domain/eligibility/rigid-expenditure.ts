import { type Known, slotOf } from '../facts/readings.ts';
import { shareRoundedDown, shareRoundedUp } from '../policy/shares.ts';
import { type Finding, measured, type TestKind, unmeasured } from './finding.ts';
import { type Income, incomeCauses } from './income.ts';
import { incomeInputs, incomeTest } from './income-test.ts';
import { derivedInput, policyInput, thresholdOf } from './lines.ts';
import { type Property, propertyTests } from './property.ts';
import { causeOf, homeReading, numberOf, reading, type Situation } from './situation.ts';
import { and, type Verdict } from './three-valued.ts';
import { uncountedInputs } from './uncounted.ts';

const exemptSlot = slotOf('income.exempt');
const yearly = 'fen-per-12-months';

/** The disposable income that is the ceiling of a household: of its own settlement, or the urban one for all. */
const ceilingOf = ({ plan: { settings }, household }: Situation) => {
  const isRural = household.settlement === 'rural' && settings['rigid.rural_ceiling'].value === 'rural';
  const key = isRural ? 'rigid.ceiling.rural' : 'rigid.ceiling.urban';
  return { key, dated: settings[key] };
};

export const ceilingKind: TestKind = {
  code: 'rigid.income',
  tier: 'RIGID_EXPENDITURE',
  unit: yearly,
  turns: { name: 'per-capita-income', passes: 'below' },
  describe: (situation, finding) => {
    const comparison = situation.plan.settings['rigid.income_comparison'];
    const { key, dated } = ceilingOf(situation);
    return {
      comparison: comparison.value,
      citation: `${comparison.citation}; ceiling: ${dated.citation}`,
      threshold: finding.limit === null ? null : thresholdOf(key, dated, finding.limit, yearly),
      also: [...incomeInputs(finding), ...uncountedInputs(situation)],
    };
  },
};

/** Income per head against last year's disposable income per head of the place (DRE article 4(2)). */
const ceilingTest = (situation: Situation, income: Income): Finding => {
  const { key, dated } = ceilingOf(situation);
  if (dated.value === null) return unmeasured(ceilingKind, null, 'unknown', { causes: [causeOf('not-set', key)] });
  const comparison = situation.plan.settings['rigid.income_comparison'].value;
  return incomeTest(situation, ceilingKind, null, income, { base: dated.value, months: 12, share: 1, comparison });
};

/** Rigid spending of twelve months: what is known of it, and why there may be more. */
interface Spending {
  readonly known: number;
  readonly causes: readonly string[];
  readonly facts: readonly Known[];
}

const spendingOf = (situation: Situation): Spending => {
  const { settings } = situation.plan;
  const causes: string[] = [];
  const facts: Known[] = [];
  let known = 0;
  const silenceIsNone = settings['facts.undeclared_spending'].value === 'none';
  for (const kind of settings['rigid.spending_counted'].value) {
    const read = homeReading(situation, slotOf(kind));
    if (read.known) {
      known += numberOf(read);
      facts.push(read);
    } else if (read.problem !== 'not-declared' || !silenceIsNone) causes.push(causeOf(read.problem, kind));
  }
  return { known, causes, facts };
};

/** The income against which spending is held: what is known of it, and its facts. */
interface Denominator {
  readonly known: number;
  readonly facts: readonly Known[];
}

/** With exempt income where the pack says so. */
const denominatorOf = (situation: Situation, income: Income): Denominator => {
  if (!situation.plan.settings['rigid.exempt_in_denominator'].value) return income;
  const exempt = situation.counted.map((counted) => reading(counted, exemptSlot)).filter((read) => read.known);
  return {
    known: exempt.reduce((total, fact) => total + numberOf(fact), income.known),
    facts: [...income.facts, ...exempt],
  };
};

/** Why there may be more income than its denominator knows of. */
const denominatorCauses = (situation: Situation, income: Income): readonly string[] => {
  const causes = income.isOpen ? incomeCauses(situation, income) : [];
  if (!situation.plan.settings['rigid.exempt_in_denominator'].value) return causes;
  const more = situation.counted.flatMap((counted) => {
    const read = reading(counted, exemptSlot);
    return read.known || read.problem === 'not-declared'
      ? []
      : [causeOf(read.problem, 'income.exempt', counted.member.personId)];
  });
  return [...causes, ...more];
};

/** The least spending that meets the ratio. Some spending there must be, so a household without income and spending fails. */
const leastSpending = (income: number, ratio: number, comparison: '>' | '>='): number =>
  comparison === '>' ? shareRoundedDown(income, ratio) + 1 : Math.max(1, shareRoundedUp(income, ratio));

/** What is still open, or null when the verdict stands whatever the unknown facts turn out to be. */
const openCauses = (
  situation: Situation,
  spending: Spending,
  income: Income,
  least: number | null,
): readonly string[] | null => {
  if (spending.known === 0 && spending.causes.length === 0) return null;
  if (least === null) return [causeOf('not-set', 'rigid.ratio'), ...spending.causes];
  // More spending can only help and more income can only harm, so each is open on one side only.
  const causes = spending.known >= least ? denominatorCauses(situation, income) : spending.causes;
  return causes.length === 0 ? null : causes;
};

export const ratioKind: TestKind = {
  code: 'rigid.ratio',
  tier: 'RIGID_EXPENDITURE',
  unit: yearly,
  turns: { name: 'rigid-spending', passes: 'above' },
  describe: (situation, { limit, income }) => {
    const ratio = situation.plan.settings['rigid.ratio'];
    const comparison = situation.plan.settings['rigid.ratio_comparison'];
    const sums = [
      derivedInput('spending.total', spendingOf(situation).known, yearly),
      derivedInput('income.total', income === null ? 0 : denominatorOf(situation, income).known, yearly),
    ];
    const { value } = ratio;
    return {
      comparison: comparison.value,
      citation: `${comparison.citation}; ratio: ${ratio.citation}`,
      threshold: limit === null ? null : thresholdOf('rigid.ratio', ratio, limit, yearly),
      also: value === null ? sums : [...sums, policyInput('rigid.ratio', { ...ratio, value })],
    };
  },
};

/**
 * Rigid spending of twelve months against the household's income of twelve months, in whole fen, so that a household without
 * income but with spending is above any ratio (DRE article 4(4)). The ratio is the region's to set: unset, it is unknown.
 */
const ratioTest = (situation: Situation, allIncome: Income): Finding => {
  const ratio = situation.plan.settings['rigid.ratio'].value;
  const comparison = situation.plan.settings['rigid.ratio_comparison'].value;
  const spending = spendingOf(situation);
  const income = denominatorOf(situation, allIncome);
  const least = ratio === null ? null : leastSpending(income.known, ratio, comparison);
  const causes = openCauses(situation, spending, allIncome, least);
  const facts = spending.facts.length === 0 ? income.facts : [...spending.facts, ...income.facts];
  if (least === null) {
    return causes === null
      ? { ...unmeasured(ratioKind, null, 'fail', { facts, income: allIncome }), measured: spending.known }
      : unmeasured(ratioKind, null, 'unknown', { facts, income: allIncome, causes });
  }
  const limit = comparison === '>' ? least - 1 : least;
  if (causes !== null) return unmeasured(ratioKind, null, 'unknown', { limit, facts, income: allIncome, causes });
  return measured(ratioKind, null, spending.known >= least, {
    value: spending.known,
    limit,
    turning: least,
    facts,
    income: allIncome,
  });
};

/**
 * Rigid expenditure: not in a tier above, income below the ceiling, property within limits, spending above the ratio. Adds what was
 * found, and answers whether all holds.
 */
export const rigidExpenditure = (
  situation: Situation,
  income: Income,
  property: Property,
  findings: Finding[],
): Verdict => {
  const ceiling = ceilingTest(situation, income);
  findings.push(ceiling);
  const withinProperty = propertyTests(situation, property, 'RIGID_EXPENDITURE', findings);
  const ratio = ratioTest(situation, income);
  findings.push(ratio);
  return and(and(withinProperty, ceiling.result), ratio.result);
};
