import { z } from 'zod';
import { LocalDate } from '../../domain/dates.ts';

/** What the state machine `daily-scan` gives its task functions, and what it gets back: a day and steps, never a person. */
const Segment = z.strictObject({ day: LocalDate, segment: z.int().min(0) });

export const ScanSegmentInput = Segment;
/** Not done: the step is called again and goes on where it stopped. */
export const ScanSegmentOutput = Segment.extend({ done: z.boolean() });

/** The comparison of all people of a day's scan. Not done: it is called again. */
export const ComparePeopleInput = z.strictObject({ day: LocalDate });
export const ComparePeopleOutput = ComparePeopleInput.extend({ done: z.boolean() });

/** What an execution is started with. */
export const DailyScanInput = z.strictObject({ day: LocalDate, segments: z.array(Segment).min(1) });
export type DailyScanInput = z.infer<typeof DailyScanInput>;

/** Of the function that begins it: which day's scan is under way. */
export const BeginDailyScanOutput = z.strictObject({ day: LocalDate });
