import { z } from 'zod';

/** What one run of tests showed. */
export const Seen = z.strictObject({
  /** Names of the tests that failed. */
  failed: z.array(z.string()),
  /** What files said that could not even be loaded: it proves nothing about a guard. */
  broken: z.array(z.string()),
  /** Names of the tests that ran, those that failed among them. */
  ran: z.array(z.string()),
});
export type Seen = z.infer<typeof Seen>;

/** Which tests are to be run. */
export const Asked = z.strictObject({
  files: z.array(z.string()),
  /** A pattern of the names of the only tests that are to be run. */
  only: z.string().optional(),
  /** Whether the first test that fails ends the run. */
  bail: z.boolean(),
});
export type Asked = z.infer<typeof Asked>;

/** What comes back: what was seen, or why nothing can be said. */
export const Answer = z.union([z.strictObject({ seen: Seen }), z.strictObject({ failure: z.string() })]);
export type Answer = z.infer<typeof Answer>;
