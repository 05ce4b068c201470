import { z } from 'zod';
import { Instant } from '../dates.ts';
import { Dataset } from '../facts/fact.ts';
import { FeedId } from '../ids.ts';
import { feedStates } from '../lifecycles/feed.ts';
import { DivisionCode } from '../people/divisions.ts';
import { fileReasonCodes, type RowReason, rowReasonCodes } from './reasons.ts';

const Count = z.int().min(0);

export const feedFormats = ['csv', 'ndjson'] as const;
export type FeedFormat = (typeof feedFormats)[number];
export const feedCompressions = ['none', 'gzip'] as const;

/**
 * The largest file that is taken, in bytes as it is sent and unpacked: ten million rows are a fifth of it. It is looked at as a whole by one call of
 * `begin-comparison`, whose time and scratch room are made for this size (infra/stacks; tests/infra does the sum).
 */
export const largestFeed = 4 * 1024 * 1024 * 1024;
/** Size of a part but the last, in bytes; so the largest file has 256, and a part that is cut off is sent again in seconds. */
export const uploadPartBytes = 16 * 1024 * 1024;

/** What a run does with the rows of a file: counts what each would change, or changes it. */
export const feedRuns = ['dry-run', 'commit'] as const;
export const FeedRun = z.enum(feedRuns);
export type FeedRun = z.infer<typeof FeedRun>;

/** Reasons for which rows were rejected, each with how many. */
export const RejectCount = z.strictObject({ reason: z.enum(rowReasonCodes), rows: Count });
export type RejectCount = z.infer<typeof RejectCount>;

/**
 * What became of the rows of a file, or of a part of it: each row is in exactly one of the four. In a dry run `applied` is what would be
 * changed. `unmatched` are rows about nobody who is on the roster where the file may reach. `prospects` are counted beside the four, so that the
 * number is known before the file is committed: rows of any of them but the rejected whose person somebody is to go to.
 */
export const RowCounts = z.strictObject({
  rows: Count,
  applied: Count,
  unchanged: Count,
  unmatched: Count,
  /** Files that were compared before they were counted have none. */
  prospects: Count.default(0),
  rejected: Count,
  /** Of the rejected, in the order of the reasons. */
  reasons: z.array(RejectCount),
});
export type RowCounts = z.infer<typeof RowCounts>;
export const noRows: RowCounts = {
  ...{ rows: 0, applied: 0, unchanged: 0, unmatched: 0, prospects: 0, rejected: 0 },
  reasons: [],
};

/** Counts of several parts together. */
export const addRowCounts = (one: RowCounts, other: RowCounts): RowCounts => {
  const reasons = new Map<RowReason, number>();
  for (const { reason, rows } of [...one.reasons, ...other.reasons])
    reasons.set(reason, (reasons.get(reason) ?? 0) + rows);
  return {
    rows: one.rows + other.rows,
    applied: one.applied + other.applied,
    unchanged: one.unchanged + other.unchanged,
    unmatched: one.unmatched + other.unmatched,
    prospects: one.prospects + other.prospects,
    rejected: one.rejected + other.rejected,
    reasons: [...reasons]
      .map(([reason, rows]) => ({ reason, rows }))
      .toSorted((left, right) => (left.reason < right.reason ? -1 : 1)),
  };
};

/** A file that a department handed in, or the province for it. It says nothing of a person: the rows lie in the object store, and are removed. */
export const Feed = z.strictObject({
  feedId: FeedId,
  version: z.int().min(1),
  state: z.enum(feedStates),
  dataset: Dataset,
  /** The department that owns the dataset, by whose agency the feed is seen. */
  agency: z.string(),
  /** Of the caller who announced it. Rows about households elsewhere are about nobody. */
  division: DivisionCode,
  format: z.enum(feedFormats),
  compression: z.enum(feedCompressions),
  /** Size as it is sent. */
  bytes: z.int().min(0).max(largestFeed),
  /** Of the upload in parts. */
  uploadId: z.string(),
  announcedBy: z.string(),
  announcedAt: Instant,
  uploadedAt: Instant.nullable(),
  checkedAt: Instant.nullable(),
  committedBy: z.string().nullable(),
  committedAt: Instant.nullable(),
  appliedAt: Instant.nullable(),
  /** What the dry run counted, and what was then applied. */
  wouldBe: RowCounts.nullable(),
  became: RowCounts.nullable(),
  /** Why the file as a whole could not be read. */
  fault: z.enum(fileReasonCodes).nullable(),
  /** The required headings of the dataset that it lacks. Not what it has in their place: that may be about somebody. */
  missing: z.array(z.string()).readonly().default([]),
});
export type Feed = z.infer<typeof Feed>;

/** How many bytes each part has, in the order of the parts; an empty file has one empty part. */
export const partSizes = (bytes: number): readonly number[] =>
  Array.from({ length: Math.max(1, Math.ceil(bytes / uploadPartBytes)) }, (_, index) =>
    Math.min(uploadPartBytes, bytes - index * uploadPartBytes),
  );
