import { fork } from 'node:child_process';
import type { z } from 'zod';

/** One that hangs is not waited for; who has more to do than this says so. */
const usualMilliseconds = 1_800_000;

/**
 * V8 doubles the room for young objects now and then in a long run, which would look like memory that grows with the roster; so it
 * has all of it from the beginning. In MB, of each thread.
 */
export const fixedYoungHeap = ['--min-semi-space-size=16', '--max-semi-space-size=16'];

/**
 * Runs one of the benchmarks' programs in a process of its own and answers what it reports. `heap` says how V8 is to keep its own. Throws when the process ends without
 * a report, with one of another shape, or not in time.
 */
export const reportOf = <Shape extends z.ZodType>(
  program: string,
  options: Readonly<Record<string, string | number>>,
  shape: Shape,
  heap: readonly string[] = fixedYoungHeap,
  withinMilliseconds: number = usualMilliseconds,
): Promise<z.infer<Shape>> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL(program, import.meta.url), [JSON.stringify(options)], {
      execArgv: ['--expose-gc', ...heap],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      timeout: withinMilliseconds,
    });
    let reported: unknown;
    child.once('message', (message) => {
      reported = message;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      const parsed = shape.safeParse(reported);
      if (code === 0 && parsed.success) resolve(parsed.data);
      else reject(new Error(`${program} ended with ${String(code)} and without a report`));
    });
  });

/** What such a program was asked for. */
export const asked = <Shape extends z.ZodType>(shape: Shape): z.infer<Shape> =>
  shape.parse(JSON.parse(process.argv[2] ?? '{}'));

/** Hands the report over and ends. */
export const report = (message: object): void => {
  process.send?.(message, undefined, undefined, () => process.disconnect());
};
