import { ageOn, type LocalDate } from '../dates.ts';
import { type Known, type Reading, type ReadingDay, type Readings, readingIn, readingsOf } from '../facts/readings.ts';
import type { Household, HouseholdMember } from '../households/household.ts';
import type { Place, Plan } from './plan.ts';

/** A member who counts as a head, with what is on file about him or her. */
export interface Counted {
  readonly member: HouseholdMember;
  /** Place among the members of the household. */
  readonly index: number;
  /** Completed years on the day of the decision. */
  readonly age: number;
  readonly readings: Readings;
}

/** Everything the tests of one household on one day look at. */
export interface Situation {
  readonly plan: Plan;
  readonly household: Household;
  readonly place: Place;
  /** Members who count as heads: born, alive, and not left out by D57 article 7. */
  readonly counted: readonly Counted[];
  /** What is on file about the household as a whole. */
  readonly home: Readings;
}

/** Whether a member counts as a head on a day: born, alive, and not left out by D57 article 7. */
export const isCounted = ({ notCounted, birthDate, deceasedOn }: HouseholdMember, date: LocalDate): boolean =>
  notCounted === null && birthDate <= date && (deceasedOn === null || deceasedOn > date);

/** What is on file about a household on a day: about itself first, then about each of its members in their order. */
export const householdReadings = ({ householdId, members, facts }: Household, on: ReadingDay): readonly Readings[] => {
  const subjects: string[] = [householdId];
  for (const { personId } of members) subjects.push(personId);
  return readingsOf(facts, subjects, on);
};

/** Gathers a household's situation; null when the pack has no standard for its division on that date. */
export const situationOf = (household: Household, plan: Plan): Situation | null => {
  const byRegistration = plan.settings['standard.place'].value === 'registered';
  const division = byRegistration ? household.registeredDivision : household.residenceDivision;
  const place = plan.placeOf(division, household.settlement);
  if (place === null) return null;
  const readings = householdReadings(household, plan);
  const { members } = household;
  const counted: Counted[] = [];
  for (let index = 0; index < members.length; index += 1) {
    const member = members[index];
    if (member === undefined || !isCounted(member, plan.date)) continue;
    counted.push({ member, index, age: ageOn(member.birthDate, plan.date), readings: readings[index + 1] ?? [] });
  }
  return { plan, household, place, counted, home: readings[0] ?? [] };
};

/** What is on file about a member, in the slot of a kind of fact. */
export const reading = ({ readings }: Counted, slot: number): Reading => readingIn(readings, slot);

/** What is on file about the household, in the slot of a kind of fact. */
export const homeReading = ({ home }: Situation, slot: number): Reading => readingIn(home, slot);

/** The number a known fact holds; 0 for any other shape, which `readingsOf` has already refused. */
export const numberOf = ({ fact }: Known): number => (typeof fact.value === 'number' ? fact.value : 0);

/** Says which fact is the trouble: `<problem> <name> [of <person>]`, the form in which every `cause` is written. */
export const causeOf = (problem: string, name: string, person?: string): string =>
  person === undefined ? `${problem} ${name}` : `${problem} ${name} of ${person}`;
