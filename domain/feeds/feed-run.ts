import { z } from 'zod';
import { Instant } from '../dates.ts';
import type { FeedId } from '../ids.ts';
import { type FeedRun, RowCounts } from './feed.ts';
import { fileReasonCodes } from './reasons.ts';

const Count = z.int().min(0);

/** The encodings of departments' files; `gbk` is read as GB 18030, which holds it. */
export const encodings = ['utf-8', 'gbk'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * How the rows of a file are laid out, as its first row says: its encoding, how many cells a row has, and where each column of the
 * definition stands among them (-1: nowhere). It is plain data, so that whoever reads a part of the file is told it.
 */
export const FeedLayout = z.strictObject({
  encoding: z.enum(encodings),
  cells: Count,
  places: z.array(z.int().min(-1)).readonly(),
});
export type FeedLayout = z.infer<typeof FeedLayout>;

/** A run of whole rows of a file, by its bytes: from the first to before the last. */
export const FeedPiece = z.strictObject({
  from: Count,
  /** Null: to the end of the file. */
  to: Count.nullable(),
  /** Null at the beginning of the file, which says it. */
  layout: FeedLayout.nullable(),
  firstRow: Count,
  rows: Count,
  /** Numbers of its rows that have the key of a row before them, in this piece or another. */
  duplicates: z.array(Count).readonly(),
});
export type FeedPiece = z.infer<typeof FeedPiece>;

/** How a run goes through a file: settled once, by whoever begins it. The pieces lie beside the file. */
export const FeedPlan = z.strictObject({
  /** The object that is read: the file, or what it was before it was compressed. */
  key: z.string(),
  bytes: Count,
  /** Null where the file as a whole cannot be read. */
  layout: FeedLayout.nullable(),
  pieces: Count,
  beganAt: Instant,
  /** Why the file as a whole cannot be read; then it has no pieces. */
  fault: z.enum(fileReasonCodes).nullable(),
  /** The required headings of the dataset that the file lacks. */
  missing: z.array(z.string()).readonly().default([]),
});
export type FeedPlan = z.infer<typeof FeedPlan>;

/** Rows whose outcome is settled and noted, and whose changes are being applied. */
const Settled = z.strictObject({
  rows: Count,
  counts: RowCounts,
  /** Which of the rows are to be applied, by their place among them. */
  apply: z.array(Count),
});

/**
 * How far a run has got in one piece. `steps` counts the notes: each is written once, after the one before it, so that what a step that was cut
 * off had done is done again and counted once. Counts, and no id of a person.
 */
export const PieceProgress = z.strictObject({
  piece: Count,
  steps: Count,
  done: z.boolean(),
  at: Instant,
  /** What became of the rows so far: the next row is the one behind them. */
  counts: RowCounts,
  /** Objects with rejected rows that were written for this piece. */
  rejects: Count,
  settled: Settled.nullable(),
});
export type PieceProgress = z.infer<typeof PieceProgress>;

/** One run over one feed. */
export interface FeedRunId {
  readonly feedId: FeedId;
  readonly run: FeedRun;
}

/** What runs over feeds have noted. Notes are no aggregates: they are written by one run, and hold counts only. */
export interface FeedRunStore {
  /** Begins a run once, and answers the plan that stands. */
  begin(run: FeedRunId, plan: FeedPlan): Promise<FeedPlan>;
  /** The plan and how far the pieces have got; undefined when the run has not begun. */
  read(run: FeedRunId): Promise<{ readonly plan: FeedPlan; readonly progress: readonly PieceProgress[] } | undefined>;
  plan(run: FeedRunId): Promise<FeedPlan | undefined>;
  piece(run: FeedRunId, piece: number): Promise<PieceProgress | undefined>;
  /** Notes the step after `progress.steps - 1` others; false when another call has noted it before. */
  store(run: FeedRunId, progress: PieceProgress): Promise<boolean>;
}
