import type { Counterfactual } from '../../domain/eligibility/counterfactual.ts';
import type { TestLine } from '../../domain/eligibility/evaluation.ts';
import { homeReading, reading, type Situation } from '../../domain/eligibility/situation.ts';
import { countedIncome } from '../../domain/facts/counted-income.ts';
import type { Fact } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../domain/facts/fact-kinds.ts';
import { slotOf } from '../../domain/facts/readings.ts';
import type { Household } from '../../domain/households/household.ts';

/** Facts of a household that are to have another value. */
type Values = Map<Fact, number>;

/** Scales the known incomes of all counted members so that per head they just meet a line; whole fen, so the first takes the rest. */
const lowerIncome = (
  { counted, plan }: Situation,
  { unit, comparison }: TestLine,
  below: number,
  values: Values,
): void => {
  const kinds: readonly FactKind[] = plan.settings['basic_pension.exempt'].value
    ? countedIncome
    : [...countedIncome, 'income.basic-pension'];
  const known = counted
    .flatMap((each) => kinds.map((kind) => reading(each, slotOf(kind))))
    .filter((read) => read.known);
  const total = known.reduce((sum, { fact }) => sum + Number(fact.value), 0);
  const parts = (unit === 'fen-per-month' ? 12 : 1) * counted.length;
  const most = comparison === '<=' ? (below - 1) * parts : below * parts - 1;
  let left = most;
  for (const { fact } of known) {
    const scaled = Math.floor((Number(fact.value) / total) * most);
    values.set(fact, scaled);
    left -= scaled;
  }
  const [first] = known;
  if (first !== undefined) values.set(first.fact, (values.get(first.fact) ?? 0) + left);
};

/** Spends more on the first kind that counts and that somebody knows, or of which nothing was said. */
const spendMore = (situation: Situation, atLeast: number, values: Values): Fact | null => {
  const { plan, household } = situation;
  const kinds = plan.settings['rigid.spending_counted'].value;
  const reads = kinds.map((kind) => homeReading(situation, slotOf(kind)));
  const spent = reads.reduce((sum, read) => sum + (read.known ? Number(read.fact.value) : 0), 0);
  const known = reads.find((read) => read.known);
  if (known !== undefined) {
    values.set(known.fact, Number(known.fact.value) + atLeast - spent);
    return null;
  }
  const kind = kinds[reads.findIndex((read) => !read.known && read.problem === 'not-declared')];
  if (kind === undefined) return null;
  return {
    kind,
    subject: household.householdId,
    value: atLeast as Fact['value'],
    unit: factKinds[kind].unit,
    dataset: 'declaration',
    asOf: plan.date,
    recordedAt: `${plan.date}T12:00:00.000Z` as Fact['recordedAt'],
  };
};

/** The household as it would be after the changes a counterfactual names, and no others. Throws when one names something else. */
export const changedHousehold = (situation: Situation, { changes }: Counterfactual): Household => {
  const { household } = situation;
  const values: Values = new Map();
  const more: Fact[] = [];
  for (const line of changes) {
    const { name = '', below, atLeast } = line.wouldChange ?? {};
    if (name === 'per-capita-income' && below !== undefined) lowerIncome(situation, line, below, values);
    else if (name === 'rigid-spending' && atLeast !== undefined) {
      const fact = spendMore(situation, atLeast, values);
      if (fact !== null) more.push(fact);
    } else if (name.startsWith('asset.') && below !== undefined) {
      const read = homeReading(situation, slotOf(name as FactKind));
      if (read.known) values.set(read.fact, below - 1);
    } else throw new Error(`nobody can change ${name}`);
  }
  const facts = household.facts.map((fact) => {
    const value = values.get(fact);
    return value === undefined ? fact : { ...fact, value: value as Fact['value'] };
  });
  return { ...household, facts: [...facts, ...more] };
};
