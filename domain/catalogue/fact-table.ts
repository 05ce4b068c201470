import type { LocalDate } from '../dates.ts';
import { factChoices } from '../facts/choices.ts';
import type { Fact } from '../facts/fact.ts';
import { type FactKind, factKinds } from '../facts/fact-kinds.ts';
import type { FactProblem } from '../facts/newest-facts.ts';
import type { Household } from '../households/household.ts';
import { maximumFen } from '../money.ts';
import { disabilityCategories } from '../people/disability.ts';

/**
 * The facts that count on a date, laid out so that a condition finds one without making a key: a row for the household and one
 * for each member in their order, a column for each kind. It holds what `newestFacts` holds; that is slower and answers more.
 */
export type FactTable = readonly (Fact | undefined)[];

const kinds = Object.keys(factKinds);
/** How many columns a row has. */
export const rowLength = kinds.length;
const columns: ReadonlyMap<string, number> = new Map(kinds.map((kind, column) => [kind, column]));

/** Where the fact of a kind about a subject stands; row 0 is the household, row n its n-th member. */
export const placeOf = (row: number, kind: FactKind): number => row * rowLength + (columns.get(kind) ?? 0);

const isNewer = (fact: Fact, other: Fact): boolean =>
  fact.asOf > other.asOf || (fact.asOf === other.asOf && fact.recordedAt >= other.recordedAt);

const rowOf = ({ householdId, members }: Household, subject: string): number => {
  if (subject === householdId) return 0;
  for (let row = 1; row <= members.length; row += 1) if (members[row - 1]?.personId === subject) return row;
  return -1;
};

/** Lays out a household's facts. Of two about one subject the newest as-of wins, and of those the one recorded last. */
export const factTable = (household: Household, date: LocalDate): FactTable => {
  const table: (Fact | undefined)[] = [];
  for (let place = (household.members.length + 1) * rowLength; place > 0; place -= 1) table.push(undefined);
  for (const fact of household.facts) {
    if (fact.asOf > date) continue;
    const row = rowOf(household, fact.subject);
    if (row < 0) continue;
    const place = placeOf(row, fact.kind);
    const other = table[place];
    if (other === undefined || isNewer(fact, other)) table[place] = fact;
  }
  return table;
};

const isWhole = (value: unknown, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

const levels: readonly unknown[] = [1, 2, 3, 4];
const isDisability = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'category' in value &&
  'level' in value &&
  disabilityCategories.some((category) => category === value.category) &&
  levels.includes(value.level);

/** Whether a value has the shape of its kind, as its schema would say; the schema itself takes too long here. */
const fits = (kind: FactKind, value: unknown): boolean => {
  const sort = factKinds[kind].value;
  switch (sort) {
    case 'amount':
      return isWhole(value, maximumFen);
    case 'count':
      return isWhole(value, 1_000);
    case 'flag':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string';
    case 'disability':
      return isDisability(value);
    default:
      return factChoices[sort].some((choice: string) => choice === value);
  }
};

/** Why a fact cannot be used, as `readFact` would say; null when it can. `cutoff` is the last as-of day that is not too old. */
export const problemOf = (fact: Fact | undefined, kind: FactKind, cutoff: LocalDate): FactProblem | null => {
  if (fact === undefined) return 'not-declared';
  if (fact.unit !== factKinds[kind].unit) return 'wrong-unit';
  if (!fits(kind, fact.value)) return 'wrong-value';
  return fact.asOf < cutoff ? 'stale' : null;
};
