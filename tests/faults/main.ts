/** Proves that nothing is lost and nothing done twice when calls, processes, streams and timers fail: see docs/fault-runs.md. */
import { existsSync } from 'node:fs';
import { atLeast, atMost, type Measure, print, told } from '../../bench/report.ts';
import { runBrokenBuilds } from './copies.ts';
import { faultKinds } from './fault-kinds.ts';
import { runKills } from './kills.ts';
import { type Options, type Part, readOptions, usage } from './options.ts';
import { streamFaults } from './outbox-stream.ts';
import { runReplays } from './replays.ts';
import { runTrials } from './trials.ts';
import { startWorld } from './world.ts';

/** The tables of a run are thrown away with it: in memory, where there is a folder for that, no disk is waited for. */
const memory = '/dev/shm';
if (process.env['TMPDIR'] === undefined && existsSync(memory)) process.env['TMPDIR'] = memory;

const say = (text: string): void => console.error(text);

const trials = async (options: Options): Promise<readonly Measure[]> => {
  const { workflows, sites, pairs, runs, violations } = await runTrials(options, say);
  return [
    told('workflows', workflows, 'workflows'),
    told('sites', sites, 'call sites'),
    told('faults', faultKinds.length + streamFaults.length + 3, 'kinds'),
    told('pairs of site and fault', pairs, 'pairs'),
    options.full ? atLeast('runs', runs, 'runs', pairs) : atLeast('runs', runs, 'runs', 1),
    atMost('violations', violations.length, 'violations', 0),
  ];
};

const builds = async (): Promise<readonly Measure[]> =>
  (await runBrokenBuilds(say)).map(({ name, violations }) =>
    atLeast(`broken build: ${name}`, violations, 'violations', 1),
  );

const replays = async ({ full, keys }: Options): Promise<readonly Measure[]> => {
  const world = await startWorld();
  try {
    const counts = await runReplays(world, { keys: keys ?? (full ? 500 : 25), repetitions: 20 }, say);
    for (const violation of counts.violations) say(`VIOLATION ${violation}`);
    return [
      told('replayed keys, each crash point counted', counts.keys, 'keys'),
      told('replays', counts.replays, 'requests'),
      atMost('replays with another effect', counts.violations.length, 'violations', 0),
    ];
  } finally {
    await world.stop();
  }
};

const kills = async ({ full, rounds, seed }: Options): Promise<readonly Measure[]> => {
  const counts = await runKills(rounds ?? (full ? 200 : 4), seed, say);
  for (const lost of counts.lost) say(`LOST ${lost}`);
  return [
    told('kill rounds', counts.rounds, 'rounds'),
    atLeast('acknowledged before a kill', counts.acknowledged, 'applications', 1),
    atMost('lost', counts.lost.length, 'applications', 0),
  ];
};

const parts: Readonly<Record<Part, (options: Options) => Promise<readonly Measure[]>>> = {
  trials,
  builds,
  replays,
  kills,
};

const main = async (): Promise<boolean> => {
  const options = readOptions(process.argv.slice(2));
  const measures: Measure[] = [];
  for (const part of options.parts) measures.push(...(await parts[part](options)));
  return print({ name: 'faults', measures }, options.json);
};

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  say(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${usage}`);
  process.exitCode = 1;
}
// Invocations that were abandoned on purpose still wait for answers that never come.
process.exit();
