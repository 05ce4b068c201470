import { z } from 'zod';
import { Instant, LocalDate } from '../domain/dates.ts';
import { asked, report } from './child.ts';

/** One of the workers of `bench -- reassess`: fills its share of a roster, or scans its share of the segments, as the night does; one of them compares people. */
const options = asked(
  z.strictObject({
    does: z.enum(['fill', 'scan', 'scan-again', 'compare']),
    environment: z.string(),
    households: z.int(),
    worker: z.int(),
    workers: z.int(),
    date: LocalDate,
    at: Instant,
    raised: z.int(),
  }),
);
// Before anything is imported that reads it.
Object.assign(process.env, z.record(z.string(), z.string()).parse(JSON.parse(options.environment)));
const { compare, fill, scan } = await import('./reassess-work.ts');
const does = {
  'fill': () => fill(options),
  'scan': () => scan(options, false),
  'scan-again': () => scan(options, true),
  'compare': () => compare(options),
} as const;
report(await does[options.does]());
