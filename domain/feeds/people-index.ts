import { z } from 'zod';
import { Instant } from '../dates.ts';
import { plusUtcDays, type UtcDay, utcDayOf } from '../utc-day.ts';

const Count = z.int().min(0);

/**
 * Tells who is surely not on the roster, by the first 64 bits of the keyed fingerprint of a resident ID. It may take somebody for known who is
 * not, and never the other way round: whoever may be held is looked up in the table.
 */
export interface PeopleFilter {
  mayHold(high: number, low: number): boolean;
}

/** The index that comparisons go by: an object with eight bytes a person. */
export const StandingIndex = z.strictObject({
  indexId: z.string(),
  /** Whoever was on the roster then is in it; who was entered later is told by `enteredOn`. */
  begunAt: Instant,
  people: Count,
});
export type StandingIndex = z.infer<typeof StandingIndex>;

/** How far the reading of one segment of the table has got; a position of null with `done` false is its beginning. */
const Segment = z.strictObject({ position: z.string().nullable(), done: z.boolean() });

/** An index being made: its notes are written one behind the other, so that what a step that is cut off had read is read again. */
export const IndexBuild = z.strictObject({
  indexId: z.string(),
  steps: Count,
  begunAt: Instant,
  segments: z.array(Segment).readonly(),
  /** Names of the objects that hold what was read so far. */
  parts: z.array(z.string()).readonly(),
  people: Count,
  /** It stands: the next one is begun anew. */
  done: z.boolean(),
});
export type IndexBuild = z.infer<typeof IndexBuild>;

/** What is to be read of one segment of so many. */
export interface SegmentStretch {
  readonly segment: number;
  readonly of: number;
  readonly position: string | null;
}

/** First bits of fingerprints, eight bytes each, in any order. */
export type Prefixes = Uint8Array;

/** The roster's people as their index sees them. */
export interface PeopleIndexStore {
  standing(): Promise<StandingIndex | undefined>;
  /** Has an index stand, unless one that was begun later does. */
  stand(index: StandingIndex): Promise<void>;
  building(): Promise<IndexBuild | undefined>;
  /** Notes a step behind the one before it; false when another call was faster. */
  note(build: IndexBuild, before: IndexBuild | undefined): Promise<boolean>;
  /** Roughly how many rows of all kinds the table has. */
  estimatedRows(): Promise<number>;
  /** Some of the people in a segment of the table, as it is now, and where it goes on; null at its end. */
  people(stretch: SegmentStretch): Promise<{ readonly prefixes: Prefixes; readonly next: string | null }>;
  /** Everybody who was entered on a day (UTC), and perhaps some who were to be. Told before they can be found in the table. */
  enteredOn(day: string): Promise<Prefixes>;
}

/** Makes indexes and reads them. */
export interface PeopleIndexes {
  /** The bytes of an index of all these people. */
  make(parts: readonly Prefixes[]): Uint8Array;
  /** The filter of an index; what was read last is kept. Undefined where the bytes are not there or not those that were written. */
  filter(indexId: string, read: () => Promise<Uint8Array | undefined>): Promise<PeopleFilter | undefined>;
}

const millisecondsPerDay = 86_400_000;
/** Days after which a comparison has the index made anew. */
const freshDays = 7;
/** Days for which comparisons go by it, should they take that long; who was entered is told for longer (adapters/dynamodb/entered-people.ts). */
const usableDays = 14;

const ageInDays = (begunAt: Instant, now: Instant): number =>
  (Date.parse(now) - Date.parse(begunAt)) / millisecondsPerDay;
export const isFresh = ({ begunAt }: Pick<StandingIndex, 'begunAt'>, now: Instant): boolean =>
  ageInDays(begunAt, now) < freshDays;
export const isUsable = ({ begunAt }: Pick<StandingIndex, 'begunAt'>, now: Instant): boolean =>
  ageInDays(begunAt, now) < usableDays;

/** The days on which somebody may have been entered whom an index does not hold: a day more on both sides, for clocks that differ. */
export const daysSince = (begunAt: Instant, now: Instant): readonly UtcDay[] => {
  const days: UtcDay[] = [];
  const last = plusUtcDays(utcDayOf(now), 1);
  for (let day = plusUtcDays(utcDayOf(begunAt), -1); day <= last; day = plusUtcDays(day, 1)) days.push(day);
  return days;
};
