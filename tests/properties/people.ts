import { memberTiers } from '../../domain/eligibility/tiers.ts';
import { type HouseholdMember, notCountedReasons, relations } from '../../domain/households/household.ts';
import type { Random } from '../../synthetic/random.ts';
import { dateOf } from './days.ts';
import type { Profile } from './profiles.ts';

interface Making {
  readonly random: Random;
  readonly day: number;
  readonly idOf: (place: number) => string;
}

const sizes: readonly (readonly [number, number])[] = [
  [1, 25],
  [2, 25],
  [3, 20],
  [4, 12],
  [5, 8],
  [6, 5],
  [7, 3],
  [8, 2],
];

const sizeOf = (profile: Profile, random: Random): number => {
  if (random.chance(0.002)) return random.integer(9, 30);
  return profile === 'hardship' ? random.pick([1, 1, 1, 2, 2, 3]) : random.weighted(sizes);
};

/** Ages at which a rule begins or ends. */
const edges = [16, 18, 60] as const;
const anyAge = (random: Random): number => (random.chance(0.3) ? random.pick(edges) : random.integer(0, 95));
const ageOf = (profile: Profile, random: Random): number => {
  if (profile === 'hardship') return random.chance(0.8) ? random.integer(60, 95) : random.integer(0, 15);
  return anyAge(random);
};

/** About so many years before a day; some within a day of the birthday itself, a few not born yet. */
const birthDay = (day: number, age: number, random: Random): number => {
  if (random.chance(0.004)) return day + random.integer(1, 200);
  const birthday = day - Math.round(age * 365.2425);
  return random.chance(0.4) ? birthday + random.integer(-1, 2) : birthday - random.integer(0, 364);
};

const memberAt = (place: number, profile: Profile, { random, day, idOf }: Making): HouseholdMember => ({
  personId: idOf(place) as HouseholdMember['personId'],
  relation: place === 0 ? 'applicant' : random.pick(relations),
  birthDate: dateOf(birthDay(day, ageOf(profile, random), random)),
  sex: random.chance(0.5) ? 'female' : 'male',
  fullTimeStudent: random.chance(0.08),
  notCounted: random.chance(0.03) ? random.pick(notCountedReasons) : null,
  tier: random.chance(0.15) ? random.pick(memberTiers) : 'NONE',
  deceasedOn: random.chance(0.02) ? dateOf(day + random.integer(-40, 1)) : null,
});

/** The members of one household. */
export const membersOf = (profile: Profile, making: Making): HouseholdMember[] => {
  const members: HouseholdMember[] = [];
  for (let size = sizeOf(profile, making.random); members.length < size; ) {
    members.push(memberAt(members.length, profile, making));
  }
  return members;
};
