import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { halfOfOthers, isAskedFor, otherTrials, sampled, sitesOf, siteTrials } from './campaign.ts';
import type { Options } from './options.ts';
import { nameOf, type Trial } from './run.ts';
import { scenarioNames } from './scenarios.ts';
import { inThreads, startTrialThread, type TrialThread } from './trial-threads.ts';

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

const choose = async (threads: readonly TrialThread[], { only, full, runs, seed }: Options) => {
  const violations: string[] = [];
  const wanted = scenarioNames.filter((name) => {
    const scenario = only?.split('|')[0]?.trim() ?? '*';
    return scenario === '*' || name === scenario || (scenario.startsWith('~') && name.includes(scenario.slice(1)));
  });
  const sitesBy = new Map<string, readonly string[]>();
  await inThreads(
    threads,
    wanted.map((scenario): Trial => ({ scenario })),
    (trial, undisturbed) => {
      violations.push(...undisturbed.violations.map((violation) => `${nameOf(trial)}: ${violation}`));
      sitesBy.set(trial.scenario, sitesOf(undisturbed.sites));
    },
  );
  // In their own order, whichever came first: the sample of a seed is always the same.
  const bySite = wanted.flatMap((scenario) => siteTrials(scenario, sitesBy.get(scenario) ?? []));
  const sites = [...sitesBy.values()].reduce((sum, found) => sum + found.length, 0);
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

/** Runs the trials, some worlds side by side, and names every violation with how to run exactly that one again. */
export const runTrials = async (options: Options, say: (text: string) => void): Promise<TrialCounts> => {
  const threads = Array.from({ length: options.worlds }, startTrialThread);
  const violations: string[] = [];
  try {
    const { sites, bySite, chosen, violations: undisturbed } = await choose(threads, options);
    violations.push(...undisturbed);
    for (const violation of undisturbed) say(`VIOLATION ${violation}`);
    say(`${sites} sites, ${bySite.length} pairs of site and fault, ${chosen.length} runs`);
    const done = doneBefore(options.progress);
    const waiting = chosen.filter((trial) => !done.has(nameOf(trial)));
    let runs = chosen.length - waiting.length;
    await inThreads(threads, waiting, (trial, { violations: found, troubles }) => {
      const name = nameOf(trial);
      runs += 1;
      if (found.length === 0 && options.progress !== undefined) appendFileSync(options.progress, `${name}\n`);
      if (runs % 100 === 0) say(`${runs}/${chosen.length} runs, ${violations.length} violations`);
      if (found.length === 0) return;
      violations.push(...found.map((violation) => `${name}: ${violation}`));
      say(`VIOLATION ${name} (seed ${options.seed})\n  ${found.join('\n  ')}`);
      say(`  again: npm run faults -- --seed ${options.seed} --only "${name}"`);
      for (const trouble of troubles.slice(0, 5)) say(`  log: ${trouble.replaceAll(/\s+/gu, ' ')}`);
    });
    return { workflows: scenarioNames.length, sites, pairs: bySite.length, runs, violations };
  } finally {
    await Promise.all(threads.map(({ end }) => end()));
  }
};
