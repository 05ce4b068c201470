import { median } from './median.ts';

/** Someone who is measured: decides every household once. */
export interface Contender {
  readonly name: string;
  readonly pass: () => number | Promise<number>;
}

/** A round of a quick contender goes over the households again until this much time has gone by. */
const roundNanoseconds = 200_000_000n;
/** Everybody warms up for as long as a compiler takes to have seen all of the code: after less, the first rounds measure it. */
const warmUpNanoseconds = 2_000_000_000n;

/** What a household costs, in microseconds: by the clock, and in processor time of the whole process. */
export interface Cost {
  readonly clock: number;
  readonly processor: number;
}

/** The cost over as many passes as fill the time. */
const costOf = async ({ pass }: Contender, households: number, atLeast: bigint): Promise<Cost> => {
  globalThis.gc?.();
  let passes = 0;
  const before = process.cpuUsage();
  const begin = process.hrtime.bigint();
  let end = begin;
  while (passes === 0 || end - begin < atLeast) {
    const answer = pass();
    // A contender that answers at once is not made to wait for a turn of the event loop.
    if (typeof answer !== 'number') await answer;
    passes += 1;
    end = process.hrtime.bigint();
  }
  const { user, system } = process.cpuUsage(before);
  const decided = passes * households;
  return { clock: Number(end - begin) / 1_000 / decided, processor: (user + system) / decided };
};

/**
 * Lets the contenders take turns for some rounds, after one that warms up, and answers each one's median cost. Taking turns spreads
 * whatever else the machine does over all of them.
 */
export const inTurns = async (
  contenders: readonly Contender[],
  households: number,
  rounds: number,
): Promise<Readonly<Record<string, Cost>>> => {
  const costs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await costOf(contender, households, warmUpNanoseconds);
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders)
      costs.get(contender.name)?.push(await costOf(contender, households, roundNanoseconds));
  }
  return Object.fromEntries(
    [...costs].map(([name, each]) => [
      name,
      { clock: median(each.map(({ clock }) => clock)), processor: median(each.map(({ processor }) => processor)) },
    ]),
  );
};
