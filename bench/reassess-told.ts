import { z } from 'zod';

/** What a worker tells of its share of a night. */
export const NightTold = z.strictObject({
  milliseconds: z.number(),
  /** Of the worker, without its start. */
  processorMilliseconds: z.number(),
  peakMegabytes: z.number(),
  /** The most memory after a tenth of its segments. */
  earlyMegabytes: z.number(),
  households: z.int(),
  unreadable: z.int(),
  redecided: z.int(),
  /** Tasks that the night opened, and lines that it found: those with a task, old or new, and those that something else covers. */
  opened: z.int(),
  /** Those of them that are periodic reviews: some fall due on any night. */
  reviews: z.int(),
  found: z.int(),
});
export type NightTold = z.infer<typeof NightTold>;

/** What the comparison of everybody with everybody else tells, after all segments of a night. */
export const CompareTold = z.strictObject({ milliseconds: z.number(), peakMegabytes: z.number() });
export type CompareTold = z.infer<typeof CompareTold>;

export const FillTold = z.strictObject({ households: z.int() });
