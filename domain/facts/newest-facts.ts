import { daysBetween, type LocalDate } from '../dates.ts';
import { type Fact, valueSchemas } from './fact.ts';
import { type FactKind, factKinds } from './fact-kinds.ts';

/** Why a fact cannot be used, in words that `explain` can say in either language. */
export type FactProblem = 'not-declared' | 'stale' | 'wrong-unit' | 'wrong-value';

/** A fact as a test may use it: known with its age, or not, and why. */
export type Reading =
  | { known: true; fact: Fact; ageDays: number }
  | { known: false; problem: FactProblem; fact: Fact | null };

/** For each subject and kind the fact that counts on a date. */
export type FactIndex = ReadonlyMap<string, Fact>;

const keyOf = (subject: string, kind: FactKind): string => `${subject}|${kind}`;

const isNewer = (fact: Fact, other: Fact): boolean =>
  fact.asOf > other.asOf || (fact.asOf === other.asOf && fact.recordedAt >= other.recordedAt);

/**
 * The facts that count on a date: of each kind about each subject the one with the newest as-of day, and of those the one
 * recorded last. Facts about days after `date` are not looked at.
 */
export const newestFacts = (facts: readonly Fact[], date: LocalDate): FactIndex => {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact.asOf > date) continue;
    const key = keyOf(fact.subject, fact.kind);
    const other = newest.get(key);
    if (other === undefined || isNewer(fact, other)) newest.set(key, fact);
  }
  return newest;
};

/** The fact of a kind about a subject, however old; null when there is none. */
export const factOf = (index: FactIndex, subject: string, kind: FactKind): Fact | null =>
  index.get(keyOf(subject, kind)) ?? null;

/**
 * Reads a fact for a test. It is not known when it is absent, older than `staleAfterDays` (null: never too old), kept in
 * another unit than its kind's, or holds a value of another shape: such a fact is no evidence, for or against.
 */
export const readFact = (
  index: FactIndex,
  subject: string,
  kind: FactKind,
  date: LocalDate,
  staleAfterDays: number | null,
): Reading => {
  const fact = factOf(index, subject, kind);
  if (fact === null) return { known: false, problem: 'not-declared', fact };
  if (fact.unit !== factKinds[kind].unit) return { known: false, problem: 'wrong-unit', fact };
  if (!valueSchemas[factKinds[kind].value].safeParse(fact.value).success) {
    return { known: false, problem: 'wrong-value', fact };
  }
  const ageDays = daysBetween(fact.asOf, date);
  if (staleAfterDays !== null && ageDays > staleAfterDays) return { known: false, problem: 'stale', fact };
  return { known: true, fact, ageDays };
};
