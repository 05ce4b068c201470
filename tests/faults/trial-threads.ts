import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { untilStruck } from './never-struck.ts';
import type { Trial } from './run.ts';
import type { Answered, Asked } from './trial-worker.ts';

/** A run takes a second or two; one that takes this long waits for something that does not come. */
const longestRunMs = 60_000;

/** What a worker says next, or undefined when nothing comes in time. */
const nextOf = async (worker: Worker, event: 'message' | 'exit'): Promise<unknown> => {
  try {
    const [value] = await once(worker, event, { signal: AbortSignal.timeout(longestRunMs) });
    return value;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return undefined;
    throw error;
  }
};

/** Somewhere trials are run, one after the other. */
export interface TrialThread {
  readonly run: (trial: Trial) => Promise<Answered>;
  readonly end: () => Promise<void>;
}

const neverAtRest: Answered = {
  violations: [`it had not come to rest after ${longestRunMs / 1_000} s`],
  sites: [],
  troubles: [],
};

/** Starts a world in a thread. What hangs there goes on hanging: the next trial is run in a world of its own. */
export const startTrialThread = (): TrialThread => {
  const start = (): Worker => new Worker(new URL('./trial-worker.ts', import.meta.url));
  const endOf = async (worker: Worker): Promise<void> => {
    const gone = nextOf(worker, 'exit');
    worker.postMessage('end' satisfies Asked);
    await gone;
    await worker.terminate();
  };
  let worker = start();

  const runOnce = async (trial: Trial): Promise<Answered> => {
    const asked = worker;
    const answer = nextOf(asked, 'message');
    asked.postMessage({ trial } satisfies Asked);
    const answered = (await answer) as Answered | undefined;
    if (answered !== undefined) return answered;
    worker = start();
    void endOf(asked);
    return neverAtRest;
  };

  return { run: (trial) => untilStruck(() => runOnce(trial)), end: () => endOf(worker) };
};

/** Does some work for each trial, in so many threads side by side. */
export const inThreads = async (
  threads: readonly TrialThread[],
  trials: readonly Trial[],
  work: (trial: Trial, answered: Answered) => void,
): Promise<void> => {
  const waiting = [...trials];
  await Promise.all(
    threads.map(async ({ run }) => {
      for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) work(trial, await run(trial));
    }),
  );
};
