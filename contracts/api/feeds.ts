import { z } from 'zod';
import { Instant } from '../../domain/dates.ts';
import { Dataset } from '../../domain/facts/fact.ts';
import { feedCompressions, feedFormats, largestFeed, RejectCount } from '../../domain/feeds/feed.ts';
import { fileReasonCodes } from '../../domain/feeds/reasons.ts';
import { FeedId } from '../../domain/ids.ts';
import { feedStates } from '../../domain/lifecycles/feed.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { fault } from '../field-faults.ts';

const Count = z.int().min(0);
const Words = { zh: z.string(), en: z.string() };

export const FeedBody = z.strictObject({
  dataset: Dataset.meta({ description: 'A dataset of the policy in force that the caller’s department owns.' }),
  format: z.enum(feedFormats),
  compression: z.enum(feedCompressions),
  bytes: z
    .int(fault('feed.bytes'))
    .min(0, fault('feed.bytes'))
    .max(largestFeed, fault('feed.bytes'))
    .meta({ description: 'Size of the file in bytes, as it is sent.' }),
});
export type FeedBody = z.infer<typeof FeedBody>;

/** What became of the rows; in the dry run, what would. Each row is in exactly one of the four. */
const Counts = z.strictObject({
  rows: Count,
  applied: Count,
  unchanged: Count,
  unmatched: Count,
  prospects: Count.meta({
    description:
      'Rows whose person somebody is to go to, since nobody looks after them: unmatched, applied or unchanged ones. Several rows of one person, and one to whom somebody is going already, are one visit.',
  }),
  rejected: Count,
  reasons: z.array(z.strictObject({ ...RejectCount.shape, ...Words })),
});

/** Addresses are signed for minutes; reading the feed again gives new ones. */
const SignedAddress = z.url().meta({ description: 'Signed address, served without a token for some minutes.' });

export const FeedView = z.strictObject({
  feedId: FeedId,
  /** To be named when the dry run is committed (If-Match). */
  version: z.int().min(1),
  state: z.enum(feedStates),
  dataset: Dataset,
  agency: z.string(),
  division: DivisionCode,
  format: z.enum(feedFormats),
  compression: z.enum(feedCompressions),
  bytes: Count,
  announcedAt: Instant,
  uploadedAt: Instant.nullable(),
  checkedAt: Instant.nullable(),
  committedAt: Instant.nullable(),
  appliedAt: Instant.nullable(),
  /** While it is being uploaded: what is there, and where the next missing parts are sent with PUT. */
  upload: z
    .strictObject({
      parts: Count,
      partBytes: Count,
      arrived: Count,
      missing: z.array(z.strictObject({ part: Count, bytes: Count, address: SignedAddress })),
    })
    .nullable(),
  /** While it is being checked or applied: pieces of the file that are done, and rows that were looked at. */
  progress: z
    .strictObject({
      pieces: Count,
      done: Count,
      rows: Count,
      index: z.strictObject({ segments: Count, done: Count }).nullable().meta({
        description:
          'While the first large file for a week waits for the roster to be read for who is on it: segments of the roster, and how many are read.',
      }),
    })
    .nullable(),
  /** What the dry run found that would become of the rows. */
  dryRun: Counts.nullable(),
  /** What became of them. */
  result: Counts.nullable(),
  /** The rows that were rejected, in the format of the file, with a reason each. */
  rejects: z.strictObject({ rows: Count, address: SignedAddress }).nullable(),
  /** Why the file as a whole could not be read. */
  fault: z.strictObject({ code: z.enum(fileReasonCodes), ...Words }).nullable(),
});
export type FeedView = z.infer<typeof FeedView>;
