import { dayNumber, type LocalDate } from '../dates.ts';
import { type Fact, fitsSort } from './fact.ts';
import { countsByLargest, type FactKind, factKindNames, factKinds, highestCountOf } from './fact-kinds.ts';
import { largestOf, nearNewest } from './largest-of.ts';

/** Why a fact cannot be used, in words that `explain` can say in either language. */
export type FactProblem = 'not-declared' | 'stale' | 'wrong-unit' | 'wrong-value';

/** A fact that a test may use, with its age on the day of the decision. */
export interface Known {
  readonly known: true;
  readonly slot: number;
  readonly fact: Fact;
  readonly ageDays: number;
}
/** A fact that is no evidence, for or against, and why. */
export interface Unusable {
  readonly known: false;
  readonly problem: FactProblem;
  readonly fact: Fact | null;
}
export type Reading = Known | Unusable;

/** What is on file about one subject: of each kind the reading that counts, in the order of `factKindNames`. */
export type Readings = readonly Reading[];

const slots: ReadonlyMap<string, number> = new Map(factKindNames.map((kind, index) => [kind, index]));
/** Unit, sort of value and highest count by slot: whole-roster runs ask for them for every fact. */
const kinds = factKindNames.map((kind) => ({
  unit: factKinds[kind].unit,
  sort: factKinds[kind].value,
  atMost: highestCountOf(kind),
}));
const absent: Unusable = { known: false, problem: 'not-declared', fact: null };
const nothing: Readings = factKindNames.map(() => absent);

/** The kinds of which the largest occurrence counts, with their slots. */
const largestKinds = factKindNames.flatMap((kind, slot) => (countsByLargest(kind) ? [{ kind, slot }] : []));

/** The place of a kind among the readings of a subject. */
export const slotOf = (kind: FactKind): number => slots.get(kind) ?? -1;

/** The reading in a slot. A rule looks its slots up once, when it is loaded. */
export const readingIn = (readings: Readings, slot: number): Reading => readings[slot] ?? absent;

const isNewer = (fact: Fact, other: Fact): boolean =>
  fact.asOf > other.asOf || (fact.asOf === other.asOf && fact.recordedAt >= other.recordedAt);

/** A day, and after how many days a fact of each kind is too old on it (by slot; infinite where it never is). */
export interface ReadingDay {
  readonly date: LocalDate;
  readonly day: number;
  readonly staleAfter: readonly number[];
}

const read = (fact: Fact, slot: number, ageDays: number, { staleAfter }: ReadingDay): Reading => {
  const kind = kinds[slot];
  if (kind === undefined || fact.unit !== kind.unit) return { known: false, problem: 'wrong-unit', fact };
  if (!fitsSort(kind.sort, fact.value, kind.atMost)) return { known: false, problem: 'wrong-value', fact };
  if (ageDays > (staleAfter[slot] ?? 0)) return { known: false, problem: 'stale', fact };
  return { known: true, slot, fact, ageDays };
};

/** Few subjects, so a look at each; ids differ early, so a look is short. */
const placeOf = (subjects: readonly string[], subject: string): number => {
  for (let place = 0; place < subjects.length; place += 1) if (subjects[place] === subject) return place;
  return -1;
};

/** What can be used of what is on file of one kind about one subject on a day. */
const usableOf = (
  facts: readonly Fact[],
  subject: string | undefined,
  kind: FactKind,
  on: ReadingDay,
): readonly Known[] => {
  const told = facts.filter((fact) => fact.kind === kind && fact.subject === subject && fact.asOf <= on.date);
  return told
    .map((fact) => read(fact, slotOf(kind), on.day - dayNumber(fact.asOf), on))
    .filter((reading) => reading.known);
};

/** The readings of all the occurrences among which the largest counts, one a day. */
export const occurrencesOf = (...asked: Parameters<typeof usableOf>): readonly Known[] => {
  const usable = usableOf(...asked);
  const near = new Set(nearNewest(usable.map(({ fact }) => fact)));
  return usable.filter(({ fact }) => near.has(fact));
};

/** Puts the largest usable one in the place of the newest, where the kind counts by it: so a small bill hides no large one, nor does one that cannot be read. */
const readLargest = (own: Reading[], subject: string | undefined, facts: readonly Fact[], on: ReadingDay): void => {
  for (const { kind, slot } of largestKinds) {
    // Nearly nobody has any.
    if (own[slot]?.fact === null) continue;
    const usable = usableOf(facts, subject, kind, on);
    const largest = largestOf(usable.map(({ fact }) => fact));
    own[slot] = usable.find(({ fact }) => fact === largest) ?? own[slot] ?? absent;
  }
};

/**
 * What is on file about each subject on a day, in the order of `subjects`. Of several facts of one kind the newest as-of day
 * counts, and of those the one recorded last; of stays in hospital the largest of the last `occurrenceDays` does. Facts
 * about days to come are not looked at. A fact is not known when it is absent, older than its kind may be, kept in another unit than its kind's,
 * or holds a value of another shape.
 */
export const readingsOf = (
  facts: readonly Fact[],
  subjects: readonly string[],
  on: ReadingDay,
): readonly Readings[] => {
  const readings: Reading[][] = subjects.map(() => nothing.slice());
  // Facts of one household mostly come in groups of one day and about one subject.
  let asOf: Fact['asOf'] | null = null;
  let ageDays = 0;
  let subject: Fact['subject'] | null = null;
  let own: Reading[] | undefined;
  for (const fact of facts) {
    if (fact.asOf !== asOf) {
      asOf = fact.asOf;
      ageDays = on.day - dayNumber(asOf);
    }
    if (ageDays < 0) continue;
    if (fact.subject !== subject) {
      subject = fact.subject;
      own = readings[placeOf(subjects, subject)];
    }
    const slot = slots.get(fact.kind);
    if (slot === undefined || own === undefined) continue;
    const other = own[slot]?.fact;
    if (other === null || other === undefined || isNewer(fact, other)) own[slot] = read(fact, slot, ageDays, on);
  }
  for (const [place, each] of readings.entries()) readLargest(each, subjects[place], facts, on);
  return readings;
};
