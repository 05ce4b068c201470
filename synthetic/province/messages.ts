import { z } from 'zod';
import { ManifestFile } from '../../cli/export/export-form.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { CountySummary } from '../county-summary.ts';
import { CountyJob } from './options.ts';
import { Planted } from './truth.ts';

/** A county to be written: into which folder, as which data file. */
export const CountyTask = z.strictObject({ job: CountyJob, folder: z.string(), name: z.string() });
export type CountyTask = z.infer<typeof CountyTask>;

/** A county that is written, as its record in the progress folder says it. */
export const CountyDone = z.strictObject({
  county: DivisionCode,
  file: ManifestFile.extend({ bytes: z.int().min(0) }),
  summary: CountySummary,
  planted: z.array(Planted),
});
export type CountyDone = z.infer<typeof CountyDone>;

/** What a worker says: how many households more it has written, or that a county is done. */
export const WorkerMessage = z.union([
  z.strictObject({ households: z.int().min(0) }),
  z.strictObject({ done: DivisionCode }),
]);
