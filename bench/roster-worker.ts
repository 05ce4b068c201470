import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { LocalDate } from '../domain/dates.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { deciderFor } from './decider.ts';
import { framesTo } from './roster-frames.ts';
import { householdIn } from './roster-household.ts';
import { eachLine } from './roster-lines.ts';

/** One of the two workers: reads its part of the roster and decides it, or only parses it when there is nowhere to write to. */
const { path, from, to, date, output } = z
  .strictObject({
    path: z.string(),
    from: z.int(),
    to: z.int(),
    date: LocalDate,
    output: z.string().nullable(),
  })
  .parse(workerData);

const decider = deciderFor(shanxiPack, date);
const frames = output === null ? null : framesTo(output);
let households = 0;
eachLine(path, { from, to }, (buffer, start, end) => {
  const household = householdIn(buffer, start, end);
  households += 1;
  frames?.add((target, offset) => decider.compactInto(household, target, offset));
});
const written = frames === null ? { decisions: 0, bytes: 0, longest: 0 } : frames.close();
parentPort?.postMessage({ households, ...written });
