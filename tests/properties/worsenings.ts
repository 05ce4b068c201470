import type { Plan } from '../../domain/eligibility/plan.ts';
import { type Counted, homeReading, reading, type Situation } from '../../domain/eligibility/situation.ts';
import type { HouseholdTier } from '../../domain/eligibility/tiers.ts';
import { countedIncome } from '../../domain/facts/counted-income.ts';
import type { Fact } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../domain/facts/fact-kinds.ts';
import { type Known, type Reading, slotOf } from '../../domain/facts/readings.ts';
import type { Household, HouseholdMember } from '../../domain/households/household.ts';
import { assetKinds } from '../../domain/policy/policy-pack.ts';
import type { Random } from '../../synthetic/random.ts';
import { dateOf } from './days.ts';

/**
 * One way in which a household can be in more hardship, all else equal. `worse` answers null where it does not apply: there is
 * nothing to lose, or nobody knows.
 */
export interface Worsening {
  readonly name: string;
  readonly worse: (situation: Situation, random: Random) => Household | null;
  /** Whether the tier may not fall either; where it may, only the money is held. */
  readonly keepsTier: (before: HouseholdTier) => boolean;
}

const replaced = (household: Household, fact: Fact, value: unknown): Household => ({
  ...household,
  facts: household.facts.map((each) => (each === fact ? { ...fact, value: value as Fact['value'] } : each)),
});

const added = (household: Household, { date }: Plan, kind: FactKind, subject: string, value: unknown): Household => ({
  ...household,
  facts: [
    ...household.facts,
    {
      kind,
      subject: subject as Fact['subject'],
      value: value as Fact['value'],
      unit: factKinds[kind].unit,
      dataset: 'field-assessment',
      asOf: date,
      recordedAt: `${date}T12:00:00.000Z` as Fact['recordedAt'],
    },
  ],
});

const slotsOf = (kinds: readonly FactKind[]): readonly number[] => kinds.map(slotOf);
const incomeSlots = slotsOf([
  ...countedIncome,
  'income.basic-pension',
  'income.support-of-disabled-adult',
  'income.exempt',
]);
const assetSlots = slotsOf(assetKinds);

/** What is known and more than nothing, and so can be less. */
const lessening = (reads: readonly Reading[]): readonly Known[] =>
  reads.filter((read): read is Known => read.known && typeof read.fact.value === 'number' && read.fact.value > 0);

const less = (value: Fact['value'], random: Random): number => {
  const amount = Number(value);
  return random.pick([0, amount - 1, Math.floor(amount * random.share())]);
};

const lessOfOne = ({ household }: Situation, random: Random, reads: readonly Reading[]): Household | null => {
  const known = lessening(reads);
  if (known.length === 0) return null;
  const { fact } = random.pick(known);
  return replaced(household, fact, less(fact.value, random));
};

const incomesOf = ({ counted }: Situation): readonly Reading[] =>
  counted.flatMap((each) => incomeSlots.map((slot) => reading(each, slot)));

const noIncome = (situation: Situation): Household | null => {
  const known = new Set(lessening(incomesOf(situation)).map(({ fact }) => fact));
  if (known.size === 0) return null;
  const { household } = situation;
  const facts = household.facts.map((fact) => (known.has(fact) ? { ...fact, value: 0 as Fact['value'] } : fact));
  return { ...household, facts };
};

const moreSpending = (situation: Situation, random: Random): Household | null => {
  const kind = random.pick(situation.plan.settings['rigid.spending_counted'].value);
  const read = homeReading(situation, slotOf(kind));
  const more = random.integer(1, 6_000_000);
  if (read.known) return replaced(situation.household, read.fact, Number(read.fact.value) + more);
  if (read.problem !== 'not-declared') return null;
  return added(situation.household, situation.plan, kind, situation.household.householdId, more);
};

const ofSomeone = (
  { household, counted, plan }: Situation,
  random: Random,
  kind: FactKind,
  worseThan: (value: Fact['value'] | null, about: Counted) => unknown,
): Household | null => {
  const about = random.pick(counted);
  const read = reading(about, slotOf(kind));
  if (!read.known && read.problem !== 'not-declared') return null;
  const value = worseThan(read.known ? read.fact.value : null, about);
  if (value === null) return null;
  return read.known
    ? replaced(household, read.fact, value)
    : added(household, plan, kind, about.member.personId, value);
};

const moreFailed = (value: Fact['value'] | null, random: Random): number | null =>
  typeof value === 'number' && value < 6 ? random.integer(value + 1, 6) : null;

const child = (day: number): HouseholdMember => ({
  personId: `per_${'f'.repeat(32)}` as HouseholdMember['personId'],
  relation: 'other',
  birthDate: dateOf(day - 3_000),
  sex: 'female',
  fullTimeStudent: false,
  notCounted: null,
  tier: 'NONE',
  deceasedOn: null,
});

/** A child of eight without income joins; somebody outside supports it, or nobody does. */
const childJoins = ({ household, plan }: Situation, supporters: number): Household | null => {
  if (household.members.length >= 30) return null;
  const joined = child(plan.day);
  const known = added(household, plan, 'supporters.capable', joined.personId, supporters);
  const rated = added(known, plan, 'self-care.failed', joined.personId, 0);
  return { ...rated, members: [...household.members, joined] };
};

const always = (): boolean => true;

/** Every way there is to be worse off. */
export const worsenings: readonly Worsening[] = [
  {
    name: 'less income',
    worse: (situation, random) => lessOfOne(situation, random, incomesOf(situation)),
    keepsTier: always,
  },
  { name: 'no income', worse: noIncome, keepsTier: always },
  {
    name: 'fewer assets',
    worse: (situation, random) =>
      lessOfOne(
        situation,
        random,
        assetSlots.map((slot) => homeReading(situation, slot)),
      ),
    keepsTier: always,
  },
  { name: 'more spending', worse: moreSpending, keepsTier: always },
  {
    name: 'a severe disability',
    worse: (situation, random) =>
      ofSomeone(situation, random, 'disability', () => ({
        category: random.pick(['intellectual', 'psychiatric'] as const),
        level: 1,
      })),
    keepsTier: always,
  },
  {
    name: 'a more severe disability',
    worse: (situation, random) =>
      ofSomeone(situation, random, 'disability', (value) =>
        typeof value === 'object' && value !== null && value.level > 1 ? { ...value, level: value.level - 1 } : null,
      ),
    keepsTier: always,
  },
  {
    name: 'a major illness',
    worse: (situation, random) =>
      ofSomeone(situation, random, 'illness.major', (value) => (value === true ? null : true)),
    keepsTier: always,
  },
  {
    name: 'fewer supporters',
    worse: (situation, random) =>
      ofSomeone(situation, random, 'supporters.capable', (value) =>
        typeof value === 'number' && value > 0 ? less(value, random) : null,
      ),
    keepsTier: always,
  },
  {
    name: 'less self-care',
    worse: (situation, random) =>
      ofSomeone(situation, random, 'self-care.failed', (value) => moreFailed(value, random)),
    keepsTier: always,
  },
  { name: 'an orphan joins', worse: (situation) => childJoins(situation, 0), keepsTier: always },
  {
    name: 'a child without income joins',
    worse: (situation) => childJoins(situation, 1),
    // Extreme hardship is a person's (D43): a household has it only while every member has it, and this child is supported.
    keepsTier: (before) => before !== 'EXTREME_HARDSHIP',
  },
];
