import { dayNumber } from '../../domain/dates.ts';
import type { TraceFact } from '../../domain/determinations/trace.ts';
import type { Fact } from '../../domain/facts/fact.ts';
import type { FactKind } from '../../domain/facts/fact-kinds.ts';
import type { HouseholdMember } from '../../domain/households/household.ts';

/** What an engine is given: flat facts. */
export type FlatFacts = Readonly<Record<string, number | string | boolean>>;

/** A fact as the trace tells it. What is undefined is left out of the text, and objects of one shape are written more quickly. */
export interface ToldFact extends Omit<TraceFact, 'member'> {
  readonly member: number | undefined;
}

/** A fact as the trace tells it, and its place among the facts used so far; below zero while no test has used it. */
export interface UsedFact {
  readonly told: ToldFact;
  place: number;
}

/** What a line of the trace says beside the result. */
export interface Telling {
  readonly measured: number | string | null;
  readonly limit: number | null;
  readonly distance: number | null;
  readonly turning: number | null;
  readonly facts: readonly UsedFact[];
  /** What is shown per head when the exact amount is not below the line but its rounding would be. */
  readonly roundedUp?: number;
}

/** The newest facts about one subject. */
export type FactsOfSubject = Partial<Record<FactKind, Fact>>;

/** A member who counts, with what is on file about him or her. */
export interface Own {
  readonly member: HouseholdMember;
  /** Place in the household. */
  readonly place: number;
  readonly facts: FactsOfSubject;
  readonly income: number;
  readonly incomeFacts: readonly UsedFact[];
}

/** Makes what a trace tells of a fact; once for each fact, however many tests use it. */
export const used = ({ kind, value, dataset, asOf }: Fact, member: number | undefined, day: number): UsedFact => ({
  told: {
    member,
    kind,
    value: typeof value === 'object' ? `${value.category} ${value.level}` : value,
    dataset,
    asOf,
    ageDays: day - dayNumber(asOf),
  },
  place: -1,
});

export const numberIn = (fact: Fact): number => (typeof fact.value === 'number' ? fact.value : 0);
export const noFacts: readonly UsedFact[] = [];

/** Completed years from one day to another. */
export const yearsBetween = (from: string, to: string): number =>
  Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
