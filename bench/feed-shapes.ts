import { z } from 'zod';
import { FeedDefinition } from '../domain/feeds/feed-definition.ts';

/** The key of this benchmark's fingerprints; it protects nobody. */
export const benchKey = Buffer.alloc(32, 7);

/** What is asked of a process that reads a feed. */
export const FeedAsked = z.strictObject({
  path: z.string(),
  format: z.enum(['csv', 'ndjson']),
  index: z.string(),
  ids: z.string(),
  scratch: z.string(),
  /** The dataset's definition, as JSON. */
  feed: z.string(),
});

/** The definition that is asked with. Throws where it is none. */
export const feedAsked = (text: string): FeedDefinition => FeedDefinition.parse(JSON.parse(text));

/** What it comes to, in how long, with how much memory at its highest. */
export const FeedTold = z.strictObject({
  rows: z.int(),
  matched: z.int(),
  rejected: z.record(z.string(), z.int()),
  milliseconds: z.number(),
  megabytes: z.number(),
});
export type FeedTold = z.infer<typeof FeedTold>;

/** What is asked of a process that holds what functions hold: a file of so many bytes. */
export const MemoryAsked = z.strictObject({ bytes: z.int(), index: z.string(), ids: z.string(), feed: z.string() });

/** Its rows and pieces, and the highest memory after a look at all of it and after one piece was gone through, in MB. */
export const MemoryTold = z.strictObject({
  rows: z.int(),
  pieces: z.int(),
  made: z.int(),
  surveyed: z.number(),
  compared: z.number(),
});

/** The highest memory of this process so far. */
export const highestMegabytes = (): number => process.resourceUsage().maxRSS / 1_024;
