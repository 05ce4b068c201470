import { differences, type Shape, shapeOf, violationsAtRest } from './checks.ts';
import type { FaultKind } from './fault-kinds.ts';
import { atSite } from './injector.ts';
import { neverStruck } from './never-struck.ts';
import type { StreamFault } from './outbox-stream.ts';
import { brokenPolicyPromises, determinedHouseholds, runPolicy } from './policy-run.ts';
import { brokenPromises, runReview, type Timing } from './review-run.ts';
import { policyScenario, reviewScenarios } from './scenarios.ts';
import type { Records, World } from './world.ts';

/** One run of one workflow with one thing that goes wrong. */
export interface Trial {
  readonly scenario: string;
  readonly site?: string;
  readonly fault?: FaultKind;
  readonly stream?: StreamFault;
  readonly timing?: Timing;
}

export interface Outcome {
  readonly violations: readonly string[];
  /** The calls that were made, by name. */
  readonly sites: readonly string[];
  readonly shape: Shape;
}

/** How a run is named, and asked for again with `--only`. */
export const nameOf = ({ scenario, site, fault, stream, timing }: Trial): string =>
  [
    scenario,
    site ?? '-',
    fault ?? (stream === undefined ? undefined : `stream-${stream}`) ?? timing ?? 'undisturbed',
  ].join(' | ');

/** Names and IDs handed in by the people of a run: none may be readable in a table. */
const secretsOf = (request: unknown): readonly string[] => [
  ...new Set(JSON.stringify(request).match(/1499\d{13}[\dX]|[张王]测试/gu) ?? []),
];

/** Runs trials in a world, each compared with the undisturbed run of its workflow. */
export const runner = (world: World) => {
  const undisturbed = new Map<string, Outcome>();
  let households: Records | undefined;
  let runs = 0;

  const lead = async ({ scenario, timing = 'as-it-should', fault }: Trial) => {
    const hours: Timing = fault === 'killed-after-and-overtaken' ? 'people-overtake' : timing;
    if (scenario === policyScenario) {
      const promises = await runPolicy(world, hours);
      return { broken: () => brokenPolicyPromises(world, promises), secrets: [] };
    }
    const found = reviewScenarios.find(({ name }) => name === scenario);
    if (found === undefined) throw new Error(`there is no workflow ${scenario}`);
    const { promises, broken } = await runReview(world, found, hours);
    const end = (await world.records()).roster.find(({ pk }) => String(pk).startsWith('APPLICATION#'));
    const ended =
      end?.['state'] === found.ends ? [] : [`it ended in ${String(end?.['state'])} instead of ${found.ends}`];
    return {
      broken: async () => [...ended, ...broken, ...(await brokenPromises(world, promises))],
      secrets: secretsOf(promises),
    };
  };

  const perform = async (trial: Trial, wanted: Shape | undefined): Promise<Outcome> => {
    const { site, fault, stream, scenario } = trial;
    if (scenario === policyScenario) households ??= await determinedHouseholds(world);
    runs += 1;
    await world.reset(`run ${runs} of ${nameOf(trial)}`, {
      ...(site === undefined || fault === undefined ? {} : { plan: atSite(site, fault) }),
      ...(stream === undefined ? {} : { stream }),
      ...(scenario === policyScenario && households !== undefined ? { records: households } : {}),
    });
    const violations: string[] = [];
    let secrets: readonly string[] = [];
    let sites: readonly string[] = [];
    try {
      const led = await lead(trial);
      ({ secrets } = led);
      sites = [...world.injector.sites()];
      violations.push(...(await led.broken()));
      await world.settle();
    } catch (error) {
      violations.push(error instanceof Error ? error.message : String(error));
    }
    // Segments go side by side and share what a process remembers: which of them asks for it is chance, and a miss proves nothing.
    const mayMiss = site === undefined || site.includes(' of segment ');
    if (!mayMiss && world.injector.struck() === 0) violations.push(neverStruck);
    const records = await world.records();
    const shape = shapeOf(records, world);
    violations.push(...violationsAtRest(world, records, secrets));
    if (wanted !== undefined) violations.push(...differences(wanted, shape));
    if (stream !== 'poisoned' && world.stream.deadLetters() > 0)
      violations.push(`${world.stream.deadLetters()} records went to the dead letters`);
    return { violations, sites, shape };
  };

  /** The workflow as it goes when nothing goes wrong: its calls, and what it leaves behind. */
  const record = async (scenario: string): Promise<Outcome> => {
    const known = undisturbed.get(scenario);
    if (known !== undefined) return known;
    const outcome = await perform({ scenario }, undefined);
    undisturbed.set(scenario, outcome);
    return outcome;
  };

  return {
    record,
    run: async (trial: Trial): Promise<Outcome> => perform(trial, (await record(trial.scenario)).shape),
  };
};
