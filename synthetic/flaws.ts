import { daysBetween, type LocalDate, plusDays } from '../domain/dates.ts';
import type { RosterHousehold } from '../domain/households/roster-household.ts';
import { Fen } from '../domain/money.ts';
import { factOn } from './provenance.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/**
 * What is wrong with real rosters (domain reference, sections 3.2 and 4.2), with the share of households it is seeded in. All
 * of them are assumptions; the shares of the last three are this generator's own.
 */
export const flawShares = {
  /** Registered in one place and living in another. */
  'lives-elsewhere': 0.005,
  /** Means last looked at more than twelve months ago. */
  'stale-facts': 0.01,
  /** A member has died and the household is still paid as before: 0.3 % of persons, 1.46 of them a household. */
  'deceased-still-counted': 0.0044,
  /** A fact that a decision needs is not on file. */
  'missing-fact': 0.01,
  /** Better off since the decision: a department's data shows a car that nobody has acted on. */
  'improved-since': 0.007,
  /** A member without a resident ID on file. */
  'no-resident-id': 0.003,
} as const;
export type Flaw = keyof typeof flawShares;

/**
 * The flaws of one household, each drawn by its share; two that would hide each other are not drawn together. A household that has
 * never been decided on has nothing that could have changed since.
 */
export const flawsOf = (random: Random, isDecided: boolean): readonly Flaw[] => {
  const drawn: Flaw[] = [];
  const draw = (flaw: Flaw): boolean => {
    const hit = random.chance(flawShares[flaw]);
    if (hit) drawn.push(flaw);
    return hit;
  };
  draw('lives-elsewhere');
  draw('no-resident-id');
  const isSettled = draw('stale-facts') || draw('missing-fact') || !isDecided;
  if (!isSettled && !draw('improved-since')) draw('deceased-still-counted');
  return drawn;
};

const withoutOneFact = (random: Random, roster: RosterHousehold): RosterHousehold => {
  const { household } = roster;
  const applicant = household.members[0]?.personId;
  const ofIncome = random.chance(0.5);
  const facts = household.facts.filter(({ kind, subject }) =>
    ofIncome ? !(subject === applicant && kind.startsWith('income.')) : kind !== 'asset.financial',
  );
  return { ...roster, household: { ...household, facts } };
};

/** The oldest member dies between the decision and today. */
const withDeath = (random: Random, roster: RosterHousehold, since: LocalDate, date: LocalDate): RosterHousehold => {
  const { household } = roster;
  const [oldest] = household.members.toSorted((one, other) => (one.birthDate < other.birthDate ? -1 : 1));
  const deceasedOn = plusDays(date, -random.integer(1, Math.min(150, daysBetween(since, date) - 1)));
  const members = household.members.map((member) => (member === oldest ? { ...member, deceasedOn } : member));
  return { ...roster, household: { ...household, members } };
};

/** A car is registered between the decision and today. */
const withCar = (random: Random, roster: RosterHousehold, since: LocalDate, date: LocalDate): RosterHousehold => {
  const { household } = roster;
  const car = { kind: 'asset.vehicles', subject: household.householdId, value: Fen.parse(1) } as const;
  const asOf = plusDays(date, -random.integer(2, Math.min(60, daysBetween(since, date) - 1)));
  const fact = factOn(random, car, 'vehicles', { asOf, recordedOn: plusDays(asOf, 1) });
  return { ...roster, household: { ...household, facts: [...household.facts, fact] } };
};

/** Puts into a decided household's record what has gone wrong with it by `date`. */
export const flawed = (
  random: Random,
  roster: RosterHousehold,
  flaws: readonly Flaw[],
  { decidedOn }: Timeline,
  date: LocalDate,
): RosterHousehold => {
  if (flaws.includes('missing-fact')) return withoutOneFact(random, roster);
  if (flaws.includes('improved-since')) return withCar(random, roster, decidedOn, date);
  return flaws.includes('deceased-still-counted') ? withDeath(random, roster, decidedOn, date) : roster;
};
