import type { FactKind } from '../domain/facts/fact-kinds.ts';
import type { Household } from '../domain/households/household.ts';
import type { Sketch } from './people.ts';
import type { Random } from './random.ts';

type IncomeKind = Extract<FactKind, `income.${string}`>;
/** One kind of income of one member, in fen of twelve months. */
export interface Earned {
  readonly member: number;
  readonly kind: IncomeKind;
  readonly amount: number;
}

/** Amounts are told in tens of yuan. */
const told = 1_000;
const roundedDown = (amount: number): number => amount - (amount % told);
/** The basic pension is centrally set and does not count (D43 article 6); about 143 yuan a month in the country [assumption]. */
const basicPension = 143 * 100 * 12;
const pensionAge = 60;

const kindsBySettlement: Readonly<Record<Household['settlement'], readonly (readonly [IncomeKind, number])[]>> = {
  rural: [
    ['income.business', 45],
    ['income.wages', 40],
    ['income.property', 10],
    ['income.other', 5],
  ],
  urban: [
    ['income.wages', 75],
    ['income.other', 12],
    ['income.transfer', 8],
    ['income.property', 5],
  ],
};
/** Old people live on what their children give, on a plot or its lease. */
const kindsOfTheOld: readonly (readonly [IncomeKind, number])[] = [
  ['income.transfer', 65],
  ['income.business', 15],
  ['income.property', 20],
];
const kindsOfTheDisabled: readonly (readonly [IncomeKind, number])[] = [
  ['income.transfer', 70],
  ['income.other', 30],
];

const kindFor = (random: Random, person: Sketch, settlement: Household['settlement']): IncomeKind => {
  if (person.age >= pensionAge) return random.weighted(kindsOfTheOld);
  return random.weighted(person.disability === null ? kindsBySettlement[settlement] : kindsOfTheDisabled);
};

const isEarner = ({ age, student }: Sketch): boolean => age >= 18 && !student;

/** Someone able to work earns more of the household's income than someone who is old or disabled. */
const shareOf = (random: Random, { age, disability }: Sketch): number =>
  age < pensionAge && disability === null ? random.integer(6, 10) : random.integer(1, 4);

/**
 * Divides a household's counted income of twelve months among its adults, so that the parts add up to the total but for a few
 * yuan; a zero is said as a zero. Pensions that do not count come on top.
 */
export const incomesOf = (
  random: Random,
  people: readonly Sketch[],
  settlement: Household['settlement'],
  total: number,
): readonly Earned[] => {
  const earners = people.flatMap((person, member) => (isEarner(person) ? [{ person, member }] : []));
  const weights = earners.map(({ person }) => shareOf(random, person));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return earners.flatMap(({ person, member }, index): Earned[] => {
    const amount = roundedDown(Math.floor((total * (weights[index] ?? 0)) / sum));
    const kind = kindFor(random, person, settlement);
    const second = amount > 0 && random.chance(0.25) ? kindFor(random, person, settlement) : kind;
    const aside = second === kind ? 0 : roundedDown(Math.floor(amount / random.integer(3, 6)));
    return [
      { member, kind, amount: amount - aside },
      ...(second === kind ? [] : [{ member, kind: second, amount: aside }]),
      ...(person.age >= pensionAge ? [{ member, kind: 'income.exempt' as const, amount: basicPension }] : []),
    ];
  });
};
