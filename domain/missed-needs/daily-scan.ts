import { z } from 'zod';
import { Month } from '../assistance/period.ts';
import { Instant, LocalDate } from '../dates.ts';
import { PaymentRunId } from '../ids.ts';
import { missedNeedTaskKinds } from '../lifecycles/task.ts';
import { DivisionCode } from '../people/divisions.ts';
import type { MissedNeed, Seen } from './missed-need.ts';

const Count = z.int().min(0);

/** The scan of a day in China: when it began, and into how many segments the roster was cut. */
export const DailyScan = z.strictObject({
  day: LocalDate,
  segments: z.int().min(1),
  beganAt: Instant,
  /** The month whose deliveries are looked at; null where it lies before the first that is on record. */
  deliveriesOf: Month.nullable(),
});
export type DailyScan = z.infer<typeof DailyScan>;

/** What became of the lines of a kind: each was opened a task for, or is covered; together they are what was found. */
export const KindCount = z.strictObject({
  kind: z.enum(missedNeedTaskKinds),
  /** A task was opened by this scan. */
  opened: Count,
  /** A task of an earlier day covers it, done or not. */
  byTask: Count,
  /** An application of the household is being reviewed. */
  byReview: Count,
  /** A payment run has it on its list, held with a reason or still to be released. */
  byRun: z.array(z.strictObject({ paymentRunId: PaymentRunId, lines: Count })),
});
export type KindCount = z.infer<typeof KindCount>;

/** What a scan has counted in a county. `unreadable`: households whose decision nobody can read any more. */
export const CountyCount = z.strictObject({
  county: DivisionCode,
  households: Count,
  unreadable: Count,
  /** Decided anew by this scan, because of the time that has passed. */
  redecided: Count,
  /** People who were not held against others, because too many have their name, birth date and sex. */
  tooAlike: Count.default(0),
  kinds: z.array(KindCount),
});
export type CountyCount = z.infer<typeof CountyCount>;

/** People of a part of a segment, as an object by this name, of so many bytes (`likeness.ts`). */
const LaidDown = z.strictObject({ name: z.string(), bytes: z.int().min(1) });

/**
 * How far a scan has got in one segment: `position` is where it goes on, `at` when it got there. The comparison of all people, which comes
 * after the segments, is noted as if it were one more of them.
 */
export const ScanProgress = z.strictObject({
  segment: Count,
  parts: Count,
  position: z.string().nullable(),
  done: z.boolean(),
  at: Instant,
  counties: z.array(CountyCount),
  people: z.array(LaidDown).default([]),
});
export type ScanProgress = z.infer<typeof ScanProgress>;

/** How many lines were found: those with a task of this scan and those that are covered. */
export const foundIn = ({ opened, byTask, byReview, byRun }: KindCount): number =>
  opened + byTask + byReview + byRun.reduce((sum, { lines }) => sum + lines, 0);

const addRuns = (one: KindCount['byRun'], other: KindCount['byRun']): KindCount['byRun'] => {
  const sums = new Map<PaymentRunId, number>();
  for (const { paymentRunId, lines } of [...one, ...other])
    sums.set(paymentRunId, (sums.get(paymentRunId) ?? 0) + lines);
  return [...sums].map(([paymentRunId, lines]) => ({ paymentRunId, lines }));
};

const addKinds = (counts: readonly KindCount[]): KindCount[] =>
  missedNeedTaskKinds.flatMap((kind) => {
    const own = counts.filter((count) => count.kind === kind);
    if (own.length === 0) return [];
    return own.reduce((sum, count) => ({
      kind,
      opened: sum.opened + count.opened,
      byTask: sum.byTask + count.byTask,
      byReview: sum.byReview + count.byReview,
      byRun: addRuns(sum.byRun, count.byRun),
    }));
  });

/** Counts of several counties together, in the order of their codes, each county once. */
export const addCounties = (counts: readonly CountyCount[]): CountyCount[] =>
  [...Map.groupBy(counts, ({ county }) => county)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([county, own]) => ({
      county,
      households: own.reduce((sum, { households }) => sum + households, 0),
      unreadable: own.reduce((sum, { unreadable }) => sum + unreadable, 0),
      redecided: own.reduce((sum, { redecided }) => sum + redecided, 0),
      tooAlike: own.reduce((sum, { tooAlike }) => sum + tooAlike, 0),
      kinds: addKinds(own.flatMap(({ kinds }) => kinds)),
    }));

/** What became of a household that was read. */
export type HouseholdSeen = 'as-before' | 'redecided' | 'unreadable';

/** A county in which a household was read. */
export const householdRead = (county: DivisionCode, seen: HouseholdSeen): CountyCount => ({
  county,
  households: 1,
  unreadable: seen === 'unreadable' ? 1 : 0,
  redecided: seen === 'redecided' ? 1 : 0,
  tooAlike: 0,
  kinds: [],
});

/** A county with people who are too many of one name, birth date and sex. */
export const tooAlikeIn = (county: DivisionCode, people: number): CountyCount => ({
  county,
  households: 0,
  unreadable: 0,
  redecided: 0,
  tooAlike: people,
  kinds: [],
});

/** A county in which a line was found, with what became of it. */
export const lineFound = (county: DivisionCode, { kind }: Pick<MissedNeed, 'kind'>, seen: Seen): CountyCount => ({
  county,
  households: 0,
  unreadable: 0,
  redecided: 0,
  tooAlike: 0,
  kinds: [
    {
      kind,
      opened: seen.by === 'opened' ? 1 : 0,
      byTask: seen.by === 'task' ? 1 : 0,
      byReview: seen.by === 'review' ? 1 : 0,
      byRun: seen.by === 'payment-run' ? [{ paymentRunId: seen.paymentRunId, lines: 1 }] : [],
    },
  ],
});
