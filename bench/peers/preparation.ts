import { dayNumber, type LocalDate } from '../../domain/dates.ts';
import { countedIncome } from '../../domain/facts/counted-income.ts';
import type { Fact } from '../../domain/facts/fact.ts';
import type { Household, HouseholdMember } from '../../domain/households/household.ts';
import { type HomeLines, homePreparation } from './home-preparation.ts';
import { type FactsOfSubject, noFacts, numberIn, type Own, type UsedFact, used } from './known.ts';
import { type MemberLines, memberPreparation } from './member-preparation.ts';
import type { Terms } from './terms.ts';

/** A household as flat facts, with what its trace will say. */
export interface Prepared extends HomeLines {
  readonly household: Household;
  readonly members: readonly MemberLines[];
  readonly income: number;
  readonly standard: number;
}

const isOlder = (fact: Fact, other: Fact): boolean =>
  fact.asOf < other.asOf || (fact.asOf === other.asOf && fact.recordedAt < other.recordedAt);

const newestBySubject = (facts: readonly Fact[], date: LocalDate): ReadonlyMap<string, FactsOfSubject> => {
  const subjects = new Map<string, FactsOfSubject>();
  for (const fact of facts) {
    if (fact.asOf > date) continue;
    let own = subjects.get(fact.subject);
    if (own === undefined) {
      own = {};
      subjects.set(fact.subject, own);
    }
    const other = own[fact.kind];
    if (other === undefined || !isOlder(fact, other)) own[fact.kind] = fact;
  }
  return subjects;
};

const nothing: FactsOfSubject = {};

const ownOf = (member: HouseholdMember, place: number, facts: FactsOfSubject, day: number): Own => {
  let income = 0;
  const incomeFacts: UsedFact[] = [];
  for (const kind of countedIncome) {
    const fact = facts[kind];
    if (fact === undefined) continue;
    income += numberIn(fact);
    incomeFacts.push(used(fact, place, day));
  }
  return { member, place, facts, income, incomeFacts };
};

const isCounted = ({ notCounted, birthDate, deceasedOn }: HouseholdMember, date: LocalDate): boolean =>
  notCounted === null && birthDate <= date && (deceasedOn === null || deceasedOn > date);

/**
 * Prepares households for an engine: the newest facts, sums, heads, ages and limits as flat facts, and what the trace will say.
 * Every peer pays for it alike. Throws a RangeError for a household whose facts are not complete.
 */
export const preparationOf = (terms: Terms): ((household: Household) => Prepared) => {
  const { date, standards: standardsOf } = terms;
  const day = dayNumber(date);
  const ofMember = memberPreparation(terms);
  const ofHome = homePreparation(terms);
  return (household) => {
    const subjects = newestBySubject(household.facts, date);
    const counted: Own[] = [];
    let income = 0;
    for (let place = 0; place < household.members.length; place += 1) {
      const member = household.members[place];
      if (member === undefined || !isCounted(member, date)) continue;
      const own = ownOf(member, place, subjects.get(member.personId) ?? nothing, day);
      income += own.income;
      counted.push(own);
    }
    const standards = standardsOf(household);
    const home = ofHome({
      facts: subjects.get(household.householdId) ?? nothing,
      heads: counted.length,
      settlement: household.settlement,
      standards,
      income,
      incomeFacts:
        counted.length === 1 ? (counted[0]?.incomeFacts ?? noFacts) : counted.flatMap((own) => own.incomeFacts),
    });
    const members = counted.map((own) => ofMember(own, standards.own));
    return { household, flat: home.flat, tellings: home.tellings, members, income, standard: standards.own };
  };
};
