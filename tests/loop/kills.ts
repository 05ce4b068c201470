import type { Invocation, Plan } from '../faults/injector.ts';

/** So many calls lie between two kills, at the least and beyond that at most. */
const leastCalls = 150;
const moreCalls = 250;

/**
 * Kills the platform so many times: at some call everything that is under way dies, and with it what its processes remember. Only what
 * is begun afterwards gets through, as after a restart.
 */
export const killingPlan = (wanted: number, random: () => number, fault: 'killed-before' | 'killed-after') => {
  const begun = new Set<Invocation>();
  let doomed: ReadonlySet<Invocation> = new Set();
  let left = leastCalls + Math.floor(random() * moreCalls);
  let kills = 0;
  const plan: Plan = {
    fault,
    strikes: (_site, invocation) => {
      begun.add(invocation);
      left -= 1;
      if (left <= 0 && kills < wanted) {
        kills += 1;
        left = leastCalls + Math.floor(random() * moreCalls);
        doomed = new Set([...begun].filter(({ dead }) => !dead));
        begun.clear();
      }
      return doomed.has(invocation);
    },
  };
  return { plan, kills: () => kills };
};
