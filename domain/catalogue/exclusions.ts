import type { Exclusion } from './catalogue.ts';

/** What stands over each item: the items that it would have to yield to. */
const standingOver = (exclusions: readonly Exclusion[]): ReadonlyMap<string, readonly string[]> => {
  const over = new Map<string, string[]>();
  for (const { stands, yields } of exclusions) {
    const known = over.get(yields);
    if (known === undefined) over.set(yields, [stands]);
    else known.push(stands);
  }
  return over;
};

/** A ring of items each of which would stand over the next, so that none could be given; null when there is none. */
export const cycleAmong = (exclusions: readonly Exclusion[]): readonly string[] | null => {
  const over = standingOver(exclusions);
  const settled = new Set<string>();
  const walk = (code: string, trail: readonly string[]): readonly string[] | null => {
    const seen = trail.indexOf(code);
    if (seen >= 0) return trail.slice(seen);
    if (settled.has(code)) return null;
    for (const stands of over.get(code) ?? []) {
      const ring = walk(stands, [...trail, code]);
      if (ring !== null) return ring;
    }
    settled.add(code);
    return null;
  };
  for (const code of over.keys()) {
    const ring = walk(code, []);
    if (ring !== null) return ring;
  }
  return null;
};

/**
 * Exclusions in an order in which they can be applied one after the other: before an item keeps another out, everything that may
 * keep out the first has been looked at. Expects no cycle.
 */
export const inOrderOfStanding = (exclusions: readonly Exclusion[]): readonly Exclusion[] => {
  const over = standingOver(exclusions);
  const depths = new Map<string, number>();
  const depthOf = (code: string): number => {
    const known = depths.get(code);
    if (known !== undefined) return known;
    depths.set(code, 0);
    const depth = Math.max(0, ...(over.get(code) ?? []).map((stands) => depthOf(stands) + 1));
    depths.set(code, depth);
    return depth;
  };
  return exclusions.toSorted((one, other) => depthOf(one.stands) - depthOf(other.stands));
};
