import type { Fact } from '../facts/fact.ts';
import { countsByLargest } from '../facts/fact-kinds.ts';
import { largestOf } from '../facts/largest-of.ts';

const isNewer = (one: Fact, other: Fact): boolean =>
  one.asOf > other.asOf || (one.asOf === other.asOf && one.recordedAt >= other.recordedAt);

/** Of each kind about each subject the fact that counts: the newest as-of, and of those the one recorded last; of stays in hospital the largest. */
export const newestFacts = (facts: readonly Fact[]): readonly Fact[] => {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    const key = `${fact.kind} ${fact.subject}`;
    const known = newest.get(key);
    if (known === undefined || isNewer(fact, known)) newest.set(key, fact);
  }
  return [...newest.values()].map((fact) => {
    if (!countsByLargest(fact.kind)) return fact;
    return largestOf(facts.filter(({ kind, subject }) => kind === fact.kind && subject === fact.subject)) ?? fact;
  });
};
