import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { halfOfOthers, isAskedFor, otherTrials, sampled, sitesOf, siteTrials } from './campaign.ts';
import type { Options } from './options.ts';
import { nameOf, runner, type Trial } from './run.ts';
import { scenarioNames } from './scenarios.ts';
import { startWorld, type World } from './world.ts';

export interface TrialCounts {
  readonly workflows: number;
  readonly sites: number;
  /** Pairs of a site and a fault there are, and those of them that were run. */
  readonly pairs: number;
  readonly runs: number;
  readonly violations: readonly string[];
}

/** What an earlier run with the same file has done: each line the name of a trial that held. */
const doneBefore = (progress: string | undefined): ReadonlySet<string> =>
  new Set(progress !== undefined && existsSync(progress) ? readFileSync(progress, 'utf8').split('\n') : []);

const choose = async (world: World, { only, full, runs, seed }: Options) => {
  const { record } = runner(world);
  const violations: string[] = [];
  const wanted = scenarioNames.filter((name) => {
    const scenario = only?.split('|')[0]?.trim() ?? '*';
    return scenario === '*' || name === scenario || (scenario.startsWith('~') && name.includes(scenario.slice(1)));
  });
  const bySite: Trial[] = [];
  const sites = new Set<string>();
  for (const scenario of wanted) {
    const undisturbed = await record(scenario);
    violations.push(...undisturbed.violations.map((violation) => `${nameOf({ scenario })}: ${violation}`));
    const found = sitesOf(undisturbed);
    for (const site of found) sites.add(`${scenario} | ${site}`);
    bySite.push(...siteTrials(scenario, found));
  }
  const everything = [...otherTrials(), ...bySite];
  if (only !== undefined)
    return { sites, bySite, violations, chosen: everything.filter((trial) => isAskedFor(only, trial)) };
  return {
    sites,
    bySite,
    violations,
    chosen: full ? everything : [...halfOfOthers(seed), ...sampled(bySite, runs, seed)],
  };
};

/** A run takes a second or two; one that takes this long waits for something that does not come. */
const longestRunMs = 60_000;

/** What a run comes to; undefined when it does not come to anything in time. */
const inTime = async <Value>(run: Promise<Value>): Promise<Value | undefined> => {
  const over = new AbortController();
  try {
    return await Promise.race([run, setTimeout(longestRunMs, undefined, { signal: over.signal })]);
  } finally {
    over.abort();
  }
};

/** Runs the trials, a world beside the other, and names every violation with how to run exactly that one again. */
export const runTrials = async (options: Options, say: (text: string) => void): Promise<TrialCounts> => {
  const worlds = await Promise.all(Array.from({ length: options.worlds }, () => startWorld()));
  const violations: string[] = [];
  let runs = 0;
  try {
    const [first] = worlds;
    if (first === undefined) throw new Error('there is no world to run in');
    const { sites, bySite, chosen, violations: undisturbed } = await choose(first, options);
    violations.push(...undisturbed);
    for (const violation of undisturbed) say(`VIOLATION ${violation}`);
    say(`${sites.size} sites, ${bySite.length} pairs of site and fault, ${chosen.length} runs`);
    const done = doneBefore(options.progress);
    const waiting = chosen.filter((trial) => !done.has(nameOf(trial)));
    runs = chosen.length - waiting.length;
    const work = async (begun: World): Promise<void> => {
      let world = begun;
      let { run } = runner(world);
      for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
        const name = nameOf(trial);
        const outcome = await inTime(run(trial));
        const found = outcome?.violations ?? [`it had not come to rest after ${longestRunMs / 1_000} s`];
        runs += 1;
        if (found.length === 0 && options.progress !== undefined) appendFileSync(options.progress, `${name}\n`);
        if (runs % 100 === 0) say(`${runs}/${chosen.length} runs, ${violations.length} violations`);
        if (found.length === 0) continue;
        violations.push(...found.map((violation) => `${name}: ${violation}`));
        say(`VIOLATION ${name} (seed ${options.seed})\n  ${found.join('\n  ')}`);
        say(`  again: npm run faults -- --seed ${options.seed} --only "${name}"`);
        for (const trouble of world.troubles().slice(0, 5)) say(`  log: ${trouble.replaceAll(/\s+/gu, ' ')}`);
        if (outcome !== undefined) continue;
        // What hangs there goes on hanging; the others are run in a world of their own.
        world = await startWorld();
        worlds.push(world);
        ({ run } = runner(world));
      }
    };
    await Promise.all(worlds.map(work));
    return { workflows: scenarioNames.length, sites: sites.size, pairs: bySite.length, runs, violations };
  } finally {
    for (const world of worlds) await inTime(world.stop());
  }
};
