import { dayNumber, type LocalDate } from '../dates.ts';
import type { Fact } from './fact.ts';
import { occurrenceDays } from './fact-kinds.ts';

/** What is so is more than what is not. */
const sizeOf = ({ value }: Fact): number =>
  typeof value === 'number' || typeof value === 'boolean' ? Number(value) : 0;

/**
 * Whether a fact of an amount counts before another where the largest does: of equal amounts the newer day, and of one day the one recorded last. So one of
 * several stands in whatever order they are looked at.
 */
export const isLarger = (fact: Fact, other: Fact): boolean => {
  if (sizeOf(fact) !== sizeOf(other)) return sizeOf(fact) > sizeOf(other);
  return fact.asOf === other.asOf ? fact.recordedAt >= other.recordedAt : fact.asOf > other.asOf;
};

/** Of the occurrences of one kind about one subject those of the last `occurrenceDays` before the newest, of each day the largest. */
export const nearNewest = (occurrences: readonly Fact[]): readonly Fact[] => {
  const newest = Math.max(...occurrences.map(({ asOf }) => dayNumber(asOf)));
  const days = new Map<LocalDate, Fact>();
  for (const fact of occurrences) {
    const isNear = newest - dayNumber(fact.asOf) <= occurrenceDays;
    const other = days.get(fact.asOf);
    if (isNear && (other === undefined || isLarger(fact, other))) days.set(fact.asOf, fact);
  }
  return [...days.values()];
};

/** The largest of the occurrences of one kind about one subject, of the last `occurrenceDays` before the newest; undefined of none. */
export const largestOf = (occurrences: readonly Fact[]): Fact | undefined =>
  nearNewest(occurrences).reduce<Fact | undefined>(
    (largest, fact) => (largest === undefined || isLarger(fact, largest) ? fact : largest),
    undefined,
  );
