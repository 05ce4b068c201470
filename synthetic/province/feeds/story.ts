import { ageOn, type LocalDate } from '../../../domain/dates.ts';
import { newestFacts } from '../../../domain/disclosure/newest-facts.ts';
import type { HouseholdTier } from '../../../domain/eligibility/tiers.ts';
import type { Dataset } from '../../../domain/facts/fact.ts';
import type { HouseholdMember } from '../../../domain/households/household.ts';
import type { SyntheticHousehold } from '../../households.ts';
import type { Random } from '../../random.ts';
import type { Expectation } from './names.ts';

/** What a department writes in one row, by the codes of its columns. */
export type Cells = Readonly<Record<string, string>>;
export interface DepartmentRow {
  readonly dataset: Dataset;
  readonly cells: Cells;
}

/** A household as a story sees it: one person, with what is on file. */
export interface Subject {
  readonly made: SyntheticHousehold;
  readonly member: HouseholdMember;
  readonly tier: HouseholdTier;
  readonly isWatched: boolean;
  /** Income of twelve months that counts, in fen, and the largest of the wages in it. */
  readonly income: number;
  readonly wages: number | null;
  readonly isAbleToWork: boolean;
  readonly on: LocalDate;
}

/** The datasets of what a rule is told by, with the cells for whether it is to fire. Null: not by this household. */
export interface Story {
  readonly rule: string;
  /** How much likelier it is told than another where both could be: the few households a rule is about are not used up by the others. */
  readonly weight: number;
  readonly tell: (subject: Subject, expect: Expectation, random: Random) => DepartmentRow | null;
}

const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** A household of one person with whom nothing else is the matter, as stories need it; null for any other. */
export const subjectIn = (made: SyntheticHousehold, on: LocalDate): Subject | null => {
  const { household } = made.roster;
  const [member, ...others] = household.members;
  if (member === undefined || others.length > 0 || made.flaws.length > 0) return null;
  const newest = newestFacts(household.facts);
  const incomes = newest.filter(({ kind }) => kind.startsWith('income.') && kind !== 'income.exempt');
  const wages = incomes.find(({ kind }) => kind === 'income.wages');
  const age = ageOn(member.birthDate, on);
  return {
    ...{ made, member, on },
    tier: household.tier,
    isWatched: newest.some(({ kind }) => kind === 'monitoring.poverty-return'),
    income: incomes.reduce((sum, { value }) => sum + numberIn(value), 0),
    wages: wages === undefined ? null : numberIn(wages.value),
    isAbleToWork: age >= 18 && age < 60 && !newest.some(({ kind }) => kind === 'disability'),
  };
};

/** Fen as departments write them: yuan with two places. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2);
