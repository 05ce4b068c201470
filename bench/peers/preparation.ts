import type { LocalDate } from '../../domain/dates.ts';
import { countedIncome } from '../../domain/eligibility/income.ts';
import type { Fact } from '../../domain/facts/fact.ts';
import type { FactKind } from '../../domain/facts/fact-kinds.ts';
import type { Household, HouseholdMember } from '../../domain/households/household.ts';
import type { PropertyTier } from '../../domain/policy/policy-pack.ts';
import { dividedDown, shareRoundedDown, shareRoundedUp } from '../../domain/policy/shares.ts';
import type { PropertyTerm, Terms } from './terms.ts';
import { limitNameOf, nameOf } from './tests.ts';

/** A fact as a line of the trace tells it: what, how much, from where, as of when. */
export interface UsedFact {
  readonly name: FactKind;
  readonly value: number | string | boolean;
  readonly source: Fact['dataset'];
  readonly asOf: LocalDate;
}

/** What an engine is given: flat facts. */
export type FlatFacts = Readonly<Record<string, number | string | boolean>>;

/** What a line of the trace says beside the result. */
export interface Telling {
  readonly measured: number | string | null;
  readonly threshold: number | null;
  readonly facts: readonly UsedFact[];
  /** What is shown per head when the exact amount is not below the line but its rounding would be. */
  readonly roundedUp?: number;
}

export interface PreparedMember {
  readonly member: HouseholdMember;
  readonly flat: FlatFacts;
  /** In the order of the tests of a member. */
  readonly tellings: readonly Telling[];
  readonly selfCare: { readonly failed: number; readonly facts: readonly UsedFact[] } | null;
}

/** A household as flat facts, with what its trace will say. */
export interface Prepared {
  readonly household: Household;
  readonly flat: FlatFacts;
  /** In the order of the tests of the household. */
  readonly tellings: readonly Telling[];
  readonly members: readonly PreparedMember[];
  readonly income: number;
  readonly standard: number;
}

type FactsOfSubject = Partial<Record<FactKind, Fact>>;

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
    const isOlder =
      other !== undefined &&
      (fact.asOf < other.asOf || (fact.asOf === other.asOf && fact.recordedAt < other.recordedAt));
    if (!isOlder) own[fact.kind] = fact;
  }
  return subjects;
};

const used = ({ kind, value, dataset, asOf }: Fact): UsedFact => ({
  name: kind,
  value: typeof value === 'object' ? `${value.category} ${value.level}` : value,
  source: dataset,
  asOf,
});

const numberIn = (fact: Fact): number => (typeof fact.value === 'number' ? fact.value : 0);
const nothing: FactsOfSubject = {};
const noFacts: readonly UsedFact[] = [];
/** Milder than every level of a certificate, and more years than any limit: what an absent fact is compared as. */
const notThere = { category: 'none', level: 9, years: 1_000 } as const;

const ageBy = (birthDate: string, date: string): number =>
  Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (date.slice(5) < birthDate.slice(5) ? 1 : 0);

/** What is read from the pack once and not for every household. */
interface Settled {
  readonly date: LocalDate;
  readonly standardsOf: Terms['standards'];
  readonly property: Readonly<Record<PropertyTier, readonly (PropertyTerm & Names)[]>>;
  readonly ageFrom: number;
  readonly supportersAtMost: number;
  readonly multiple: number;
  readonly ceiling: Readonly<Record<Household['settlement'], number>>;
  readonly ratio: number;
  readonly spendingCounted: readonly FactKind[];
  readonly exitYears: number;
}

interface Names {
  readonly name: string;
  readonly limitName: string;
}

const needed = (value: number | null, what: string): number => {
  if (value === null) throw new RangeError(`the peers need ${what}, and the pack leaves it open`);
  return value;
};

const settle = (terms: Terms): Settled => {
  const { value } = terms;
  const property = (tier: PropertyTier) =>
    terms.property(tier).map((term) => ({ ...term, name: nameOf(term.asset), limitName: limitNameOf(tier, term) }));
  return {
    date: terms.date,
    standardsOf: terms.standards,
    property: {
      EXTREME_HARDSHIP: property('EXTREME_HARDSHIP'),
      MINIMUM_LIVING_ALLOWANCE: property('MINIMUM_LIVING_ALLOWANCE'),
      MARGINAL: property('MARGINAL'),
      RIGID_EXPENDITURE: property('RIGID_EXPENDITURE'),
    },
    ageFrom: value('extreme-hardship.age_from'),
    supportersAtMost: value('extreme-hardship.supporters_at_most'),
    multiple: value('marginal.multiple'),
    ceiling: {
      urban: needed(value('rigid.ceiling.urban'), 'an urban ceiling'),
      rural: needed(value('rigid.ceiling.rural'), 'a rural ceiling'),
    },
    ratio: needed(value('rigid.ratio'), 'a ratio'),
    spendingCounted: value('rigid.spending_counted'),
    exitYears: value('watchlist.exit_years'),
  };
};

interface Own {
  readonly member: HouseholdMember;
  readonly facts: FactsOfSubject;
  readonly income: number;
  readonly incomeFacts: readonly UsedFact[];
}

const ownOf = (member: HouseholdMember, facts: FactsOfSubject): Own => {
  let income = 0;
  const incomeFacts: UsedFact[] = [];
  for (const kind of countedIncome) {
    const fact = facts[kind];
    if (fact === undefined) continue;
    income += numberIn(fact);
    incomeFacts.push(used(fact));
  }
  return { member, facts, income, incomeFacts };
};

/** Income per head is shown rounded down, or up where rounding down would contradict the result. */
const perHead = (income: number, parts: number, threshold: number, facts: readonly UsedFact[]): Telling => {
  const measured = dividedDown(income, parts);
  return { measured, threshold, facts, roundedUp: measured * parts === income ? measured : measured + 1 };
};

const memberOf = (settled: Settled, { member, facts, income, incomeFacts }: Own, standard: number): PreparedMember => {
  const { disability, 'illness.major': illness, 'supporters.capable': supporters, 'self-care.failed': failed } = facts;
  const age = ageBy(member.birthDate, settled.date);
  const held = typeof disability?.value === 'object' ? disability.value : notThere;
  const certificate = disability === undefined ? noFacts : [used(disability)];
  const condition = `${held.category} ${held.level}`;
  return {
    member,
    flat: {
      age,
      tier: member.tier,
      category: held.category,
      level: held.level,
      ill: illness?.value === true,
      income,
      income_limit: standard * 12,
      supporters: supporters === undefined ? Number.MAX_SAFE_INTEGER : numberIn(supporters),
    },
    tellings: [
      { measured: `aged ${age}, ${condition}`, threshold: settled.ageFrom, facts: certificate },
      perHead(income, 12, standard, incomeFacts),
      {
        measured: supporters === undefined ? null : numberIn(supporters),
        threshold: settled.supportersAtMost,
        facts: supporters === undefined ? noFacts : [used(supporters)],
      },
      {
        measured: condition,
        threshold: null,
        facts: illness === undefined ? certificate : [...certificate, used(illness)],
      },
    ],
    selfCare: failed === undefined ? null : { failed: numberIn(failed), facts: [used(failed)] },
  };
};

/** What all tests of the household are made from. */
interface Whole {
  readonly settled: Settled;
  readonly facts: FactsOfSubject;
  readonly heads: number;
  readonly standards: ReturnType<Terms['standards']>;
  readonly income: number;
  readonly incomeFacts: readonly UsedFact[];
  readonly usedAssets: Map<FactKind, readonly UsedFact[]>;
}

type Flat = Record<string, number>;

const propertyLine = (whole: Whole, term: PropertyTerm & Names, flat: Flat): Telling => {
  const { facts, heads, standards, usedAssets } = whole;
  const fact = facts[term.asset];
  if (fact === undefined) throw new RangeError(`the peers decide only on complete facts, and ${term.asset} is missing`);
  const measured = numberIn(fact);
  let told = usedAssets.get(term.asset);
  if (told === undefined) {
    told = [used(fact)];
    usedAssets.set(term.asset, told);
    flat[term.name] = measured;
  }
  if (term.standard === 'none') return { measured, threshold: term.limit, facts: told };
  const threshold = term.limit * standards[term.standard] * heads;
  flat[term.limitName] = threshold;
  return { measured, threshold, facts: told };
};

const incomeAndProperty = (
  whole: Whole,
  tier: Exclude<PropertyTier, 'EXTREME_HARDSHIP'>,
  line: Telling,
  flat: Flat,
): readonly Telling[] => [line, ...whole.settled.property[tier].map((term) => propertyLine(whole, term, flat))];

const ratioLine = (whole: Whole, flat: Flat): Telling => {
  const { settled, facts, income, incomeFacts } = whole;
  const spent: UsedFact[] = [];
  let spending = 0;
  for (const kind of settled.spendingCounted) {
    const fact = facts[kind];
    if (fact === undefined) continue;
    spending += numberIn(fact);
    spent.push(used(fact));
  }
  const limit = shareRoundedDown(income, settled.ratio);
  flat['spending'] = spending;
  flat['limit_rigid_ratio'] = limit;
  return { measured: spending, threshold: limit, facts: spent.length === 0 ? incomeFacts : [...spent, ...incomeFacts] };
};

const exitLine = ({ settled, facts }: Whole, flat: Flat): Telling => {
  const { 'exit.on': exit } = facts;
  const years = typeof exit?.value === 'string' ? ageBy(exit.value, settled.date) : null;
  flat['exit_years'] = years ?? notThere.years;
  return { measured: years, threshold: settled.exitYears, facts: exit === undefined ? noFacts : [used(exit)] };
};

const householdTellings = (whole: Whole, settlement: Household['settlement'], flat: Flat): readonly Telling[] => {
  const { settled, heads, standards, income, incomeFacts } = whole;
  const { multiple, ceiling, property } = settled;
  const yearly = standards.own * 12 * heads;
  flat['income'] = income;
  flat['limit_mla_income'] = yearly;
  flat['limit_marginal_income'] = shareRoundedUp(yearly, multiple);
  flat['limit_rigid_income'] = ceiling[settlement] * heads;
  const perMonth = (threshold: number): Telling => perHead(income, 12 * heads, threshold, incomeFacts);
  return [
    ...property.EXTREME_HARDSHIP.map((term) => propertyLine(whole, term, flat)),
    ...incomeAndProperty(whole, 'MINIMUM_LIVING_ALLOWANCE', perMonth(standards.own), flat),
    ...incomeAndProperty(whole, 'MARGINAL', perMonth(shareRoundedUp(standards.own, multiple)), flat),
    ...incomeAndProperty(whole, 'RIGID_EXPENDITURE', perHead(income, heads, ceiling[settlement], incomeFacts), flat),
    ratioLine(whole, flat),
    exitLine(whole, flat),
  ];
};

/**
 * Prepares households for an engine: the newest facts, sums, heads, ages and limits as flat facts, and what the trace will say.
 * Every peer pays for it alike. Throws a RangeError for a household whose facts are not complete.
 */
export const preparationOf = (terms: Terms): ((household: Household) => Prepared) => {
  const settled = settle(terms);
  const { date } = settled;
  return (household) => {
    const subjects = newestBySubject(household.facts, date);
    const counted = household.members.filter(
      ({ notCounted, birthDate, deceasedOn }) =>
        notCounted === null && birthDate <= date && (deceasedOn === null || deceasedOn > date),
    );
    const own = counted.map((member) => ownOf(member, subjects.get(member.personId) ?? nothing));
    const standards = settled.standardsOf(household);
    const whole: Whole = {
      settled,
      facts: subjects.get(household.householdId) ?? nothing,
      heads: counted.length,
      standards,
      income: own.reduce((sum, each) => sum + each.income, 0),
      incomeFacts: own.length === 1 ? (own[0]?.incomeFacts ?? noFacts) : own.flatMap((each) => each.incomeFacts),
      usedAssets: new Map(),
    };
    const flat: Flat = {};
    const tellings = householdTellings(whole, household.settlement, flat);
    const members = own.map((each) => memberOf(settled, each, standards.own));
    return { household, flat, tellings, members, income: whole.income, standard: standards.own };
  };
};
