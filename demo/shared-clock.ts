import type { World } from './world.ts';

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

/**
 * Runs stories side by side on one clock, as families do who apply on the same morning. One story acts at a time; a story that
 * asks for a later moment sleeps until all others have reached it too, and only then does time pass. The order is always the
 * same. When one of them throws, the others are still run.
 */
export const runTogether = async <Result>(
  world: World,
  runs: readonly ((world: World) => Promise<Result>)[],
  onTimePassed: (now: string) => void = () => undefined,
): Promise<readonly Result[]> => {
  const sleepers: Sleeper[] = [];
  let turn = Promise.withResolvers<void>();
  const sleepUntil = (wakeAt: number): Promise<void> =>
    new Promise((wake) => {
      sleepers.push({ wakeAt, wake });
      turn.resolve();
    });
  const shared: World = { ...world, advanceTo: (instant) => sleepUntil(Date.parse(instant)) };
  const ended = runs.map(async (run) => {
    await sleepUntil(0);
    try {
      return await run(shared);
    } finally {
      turn.resolve();
    }
  });
  const results = Promise.all(ended);
  // Its failure is thrown below, when time has been told for the others too.
  results.catch(() => undefined);
  for (let next = earliest(sleepers); next !== undefined; next = earliest(sleepers)) {
    if (next.wakeAt > Date.parse(await world.now())) {
      await world.advanceTo(new Date(next.wakeAt).toISOString());
      onTimePassed(await world.now());
    }
    turn = Promise.withResolvers();
    next.wake();
    await turn.promise;
  }
  return results;
};

/** Takes out who wakes first; of several at the same moment, who went to sleep first. */
const earliest = (sleepers: Sleeper[]): Sleeper | undefined => {
  const first = sleepers.toSorted((one, other) => one.wakeAt - other.wakeAt)[0];
  if (first !== undefined) sleepers.splice(sleepers.indexOf(first), 1);
  return first;
};
