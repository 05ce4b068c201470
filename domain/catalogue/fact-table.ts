import type { LocalDate } from '../dates.ts';
import { factChoices } from '../facts/choices.ts';
import type { Fact } from '../facts/fact.ts';
import { type FactKind, factKinds } from '../facts/fact-kinds.ts';
import type { FactProblem } from '../facts/readings.ts';
import type { Household } from '../households/household.ts';
import { maximumFen } from '../money.ts';
import { disabilityCategories } from '../people/disability.ts';

/**
 * The facts that count on a date, laid out so that a condition finds one without making a key: a row for the household and one
 * for each member in their order, a column for each kind. It holds what `newestFacts` holds; that is slower and answers more.
 * `problems` beside it is filled as facts are asked for, so that no fact is looked at twice.
 */
export interface FactTable {
  readonly facts: readonly (Fact | undefined)[];
  readonly problems: Uint8Array;
}

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
  const size = (household.members.length + 1) * rowLength;
  const table: (Fact | undefined)[] = new Array<Fact | undefined>(size).fill(undefined);
  for (const fact of household.facts) {
    if (fact.asOf > date) continue;
    const row = rowOf(household, fact.subject);
    if (row < 0) continue;
    const place = placeOf(row, fact.kind);
    const other = table[place];
    if (other === undefined || isNewer(fact, other)) table[place] = fact;
  }
  return { facts: table, problems: new Uint8Array(size) };
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

/** What `problems` says of a place: 0 not looked at, 1 usable, from 2 on the problems in this order. */
const problemsInOrder = ['not-declared', 'wrong-unit', 'wrong-value', 'stale'] as const satisfies FactProblem[];

const lookAt = (fact: Fact | undefined, kind: FactKind, cutoff: LocalDate): number => {
  if (fact === undefined) return 2;
  if (fact.unit !== factKinds[kind].unit) return 3;
  if (!fits(kind, fact.value)) return 4;
  return fact.asOf < cutoff ? 5 : 1;
};

/** Why the fact in a place cannot be used, as `readFact` would say; null when it can. `cutoff` is the last day not too old. */
export const problemAt = (table: FactTable, place: number, kind: FactKind, cutoff: LocalDate): FactProblem | null => {
  let found = table.problems[place] ?? 0;
  if (found === 0) {
    found = lookAt(table.facts[place], kind, cutoff);
    table.problems[place] = found;
  }
  return found === 1 ? null : (problemsInOrder[found - 2] ?? null);
};
