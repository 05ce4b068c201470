import { median } from './median.ts';

/** Someone who is measured: decides every household once. */
export interface Contender {
  readonly name: string;
  readonly pass: () => number | Promise<number>;
}

/** A round of a quick contender goes over the households again until this much time has gone by. */
const atLeastNanoseconds = 200_000_000n;

/** Microseconds for each household, over as many passes as fill the time. */
const timed = async ({ pass }: Contender, households: number): Promise<number> => {
  globalThis.gc?.();
  let passes = 0;
  const begin = process.hrtime.bigint();
  let end = begin;
  while (passes === 0 || end - begin < atLeastNanoseconds) {
    const answer = pass();
    // A contender that answers at once is not made to wait for a turn of the event loop.
    if (typeof answer !== 'number') await answer;
    passes += 1;
    end = process.hrtime.bigint();
  }
  return Number(end - begin) / 1_000 / passes / households;
};

/**
 * Lets the contenders take turns for some rounds, after one that warms up, and answers each one's median time for a household in
 * microseconds. Taking turns spreads whatever else the machine does over all of them.
 */
export const inTurns = async (
  contenders: readonly Contender[],
  households: number,
  rounds: number,
): Promise<Readonly<Record<string, number>>> => {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await timed(contender, households);
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) times.get(contender.name)?.push(await timed(contender, households));
  }
  return Object.fromEntries([...times].map(([name, each]) => [name, median(each)]));
};
