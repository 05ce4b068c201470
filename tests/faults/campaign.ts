import { type FaultKind, faultKinds, isMeant } from './fault-kinds.ts';
import { streamFaults } from './outbox-stream.ts';
import { randomFrom, shuffled } from './random.ts';
import type { Trial } from './run.ts';
import { scenarioNames } from './scenarios.ts';

/** Shards of the outbox are read side by side in the same way: the first stands for all. */
const standsForOthers = (site: string): boolean => !/Query OUTBOX #[2-9]$/u.test(site);

/** Every call site that an undisturbed run of a workflow has recorded. */
export const sitesOf = (sites: readonly string[]): readonly string[] => [...new Set(sites)].filter(standsForOthers);

const opensPanel = /^open-task#\d+ TransactWriteItems REVIEW\+TASK\+/u;
const publishes = /^evaluate-tiers#\d+ TransactWriteItems REVIEW\+NOTICE/u;
/**
 * A panel that answers before the step that asked it is repeated is asked once more, and a household that withdraws before anything waits
 * for its notice leaves no token: nobody is harmed, and the run differs.
 */
const isKnownToDiffer = (scenario: string, site: string, fault: FaultKind): boolean =>
  fault === 'killed-after-and-overtaken' &&
  ((scenario === 'panel' && opensPanel.test(site)) || (scenario === 'withdrawal-in-public' && publishes.test(site)));

/** Every site of the workflow times every fault that is meant at it. */
export const siteTrials = (scenario: string, sites: readonly string[]): readonly Trial[] =>
  sites.flatMap((site) =>
    faultKinds
      .filter((fault) => isMeant(fault, site) && !isKnownToDiffer(scenario, site, fault))
      .map((fault): Trial => ({ scenario, site, fault })),
  );

/** What goes wrong beside the calls: with the stream, and with the hours. */
export const otherTrials = (): readonly Trial[] =>
  scenarioNames.flatMap((scenario): Trial[] => [
    ...streamFaults.map((stream) => ({ scenario, stream })),
    { scenario, timing: 'sweeps-fire-twice' },
    { scenario, timing: 'sweeps-miss-a-day' },
    { scenario, timing: 'people-overtake' },
  ]);

/** Every other of them, by the seed: each workflow meets half of the kinds, and each kind half of the workflows. */
export const halfOfOthers = (seed: number): readonly Trial[] => {
  const others = otherTrials();
  const kinds = others.length / scenarioNames.length;
  return others.filter((_, index) => (index + Math.floor(index / kinds) + seed) % 2 === 0);
};

/**
 * A sample that follows from the seed: each workflow meets each kind of fault that it can meet, wherever chance puts it, and what is
 * left of `size` is drawn from all.
 */
export const sampled = (trials: readonly Trial[], size: number, seed: number): readonly Trial[] => {
  const order = shuffled(trials, randomFrom(seed));
  const met = new Set<string>();
  const first = order.filter(({ scenario, fault }) => {
    const pair = `${scenario} ${fault}`;
    if (met.has(pair)) return false;
    met.add(pair);
    return true;
  });
  const rest = order.filter((trial) => !first.includes(trial));
  return [...first, ...rest.slice(0, Math.max(0, size - first.length))];
};

/** Which trials `--only` means: three parts as a run is named, each a text to be found in it, `*` for any. */
export const isAskedFor = (only: string | undefined, { scenario, site, fault, stream, timing }: Trial): boolean => {
  if (only === undefined) return true;
  const [wantedScenario = '*', wantedSite = '*', wantedFault = '*'] = only.split('|').map((part) => part.trim());
  const matches = (wanted: string, found: string): boolean =>
    wanted === '*' || wanted === found || (wanted.startsWith('~') && found.includes(wanted.slice(1)));
  return (
    matches(wantedScenario, scenario) &&
    matches(wantedSite, site ?? '-') &&
    matches(wantedFault, fault ?? (stream === undefined ? (timing ?? 'undisturbed') : `stream-${stream}`))
  );
};
