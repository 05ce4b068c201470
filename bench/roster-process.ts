import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { LocalDate } from '../domain/dates.ts';
import { asked, report } from './child.ts';
import { parted } from './roster-lines.ts';

/** One run over a roster file: two workers, each with a part of the file and, when it is to decide, a file of its own to write to. */
const { path, bytes, date, output } = asked(
  z.strictObject({ path: z.string(), bytes: z.int(), date: LocalDate, output: z.string() }),
);
const workers = 2;
/** In MB: what V8 may leave uncollected of each worker's old objects, of which there are few. */
const resourceLimits = { maxOldGenerationSizeMb: 96 };
const WorkerReport = z.strictObject({
  households: z.int(),
  decisions: z.int(),
  bytes: z.int(),
  longest: z.int(),
});

const run = async (from: number, to: number, index: number): Promise<z.infer<typeof WorkerReport>> => {
  const worker = new Worker(new URL('./roster-worker.ts', import.meta.url), {
    workerData: { path, from, to, date, output: output === '' ? null : `${output}.${index}` },
    resourceLimits,
  });
  return z.tuple([WorkerReport]).parse(await once(worker, 'message'))[0];
};

const begin = process.hrtime.bigint();
const reports = await Promise.all(parted(path, bytes, workers).map(({ from, to }, index) => run(from, to, index)));
const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
const sum = (what: 'households' | 'decisions' | 'bytes'): number =>
  reports.reduce((total, each) => total + each[what], 0);
report({
  milliseconds,
  /** Of all threads together, the two workers' above all. */
  processorMilliseconds: (process.cpuUsage().user + process.cpuUsage().system) / 1_000,
  /** The largest the whole process has been, both workers in it. */
  peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  households: sum('households'),
  decisions: sum('decisions'),
  bytes: sum('bytes'),
  longest: Math.max(...reports.map(({ longest }) => longest)),
});
