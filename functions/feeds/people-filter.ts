import type { Now } from '../../domain/dates.ts';
import type { FeedPlan } from '../../domain/feeds/feed-run.ts';
import { indexKey } from '../../domain/feeds/object-keys.ts';
import {
  daysSince,
  isUsable,
  type PeopleFilter,
  type PeopleIndexes,
  type PeopleIndexStore,
  type Prefixes,
} from '../../domain/feeds/people-index.ts';
import type { ObjectStore } from '../../domain/store/object-store.ts';
import { plusUtcDays, utcDayOf } from '../../domain/utc-day.ts';

export interface FilterDependencies {
  readonly now: Now;
  readonly objects: Pick<ObjectStore, 'size' | 'read'>;
  readonly peopleIndex: Pick<PeopleIndexStore, 'standing' | 'enteredOn'>;
  readonly indexes: Pick<PeopleIndexes, 'filter'>;
}

/** Whether a file is so small that its rows are looked up one by one: less is read for them than for the index. */
export const isOfOnePiece = ({ pieces }: Pick<FeedPlan, 'pieces'>): boolean => pieces <= 1;

/** Who may be on the roster at the moment of asking; undefined where nobody knows, and everybody has to be looked up. */
export type FilterNow = () => Promise<PeopleFilter | undefined>;

const nobodyKnows: FilterNow = async () => undefined;

/**
 * What the rows of a file are filtered by: the standing index, and each time it is asked for whoever was entered since it was begun. Whoever
 * is found in the table when it is asked for is let through. Where there is no index, or none that can be trusted, nothing is filtered.
 */
export const peopleFilter = async (dependencies: FilterDependencies, plan: FeedPlan): Promise<FilterNow> => {
  const { peopleIndex, objects, indexes, now } = dependencies;
  if (isOfOnePiece(plan)) return nobodyKnows;
  const standing = await peopleIndex.standing();
  if (standing === undefined || !isUsable(standing, now())) return nobodyKnows;
  const key = indexKey(standing.indexId);
  const index = await indexes.filter(standing.indexId, async () => {
    const bytes = await objects.size(key);
    return bytes === undefined ? undefined : objects.read(key, { first: 0, last: bytes - 1 });
  });
  if (index === undefined) return nobodyKnows;
  const entered = enteredSince(dependencies, standing.begunAt);
  return async () => {
    const since = await entered();
    return { mayHold: (high, low) => index.mayHold(high, low) || since.has(high) };
  };
};

/** The first 32 bits of whoever was entered since an index was begun. Days that are over are read once. */
const enteredSince = ({ peopleIndex, now }: FilterDependencies, begunAt: Parameters<typeof daysSince>[0]) => {
  const over = new Set<number>();
  const read = new Set<string>();
  return async (): Promise<ReadonlySet<number>> => {
    const at = now();
    const found = new Set(over);
    for (const day of daysSince(begunAt, at)) {
      if (read.has(day)) continue;
      const prefixes = await peopleIndex.enteredOn(day);
      const isOver = day < plusUtcDays(utcDayOf(at), -1);
      for (const high of firstBits(prefixes)) {
        found.add(high);
        if (isOver) over.add(high);
      }
      if (isOver) read.add(day);
    }
    return found;
  };
};

const firstBits = (prefixes: Prefixes): number[] => {
  const view = new DataView(prefixes.buffer, prefixes.byteOffset, prefixes.byteLength);
  return Array.from({ length: prefixes.length / 8 }, (_, each) => view.getUint32(each * 8));
};
