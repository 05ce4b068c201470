import { atLeast, atMost, type Report, told } from '../../bench/report.ts';
import { mustBeMet } from './coverage.ts';
import { propertyNames } from './properties.ts';
import type { Tally } from './run.ts';

/** Several tallies as one. */
export const summed = (tallies: readonly Tally[]): Tally => {
  const counts: Record<string, number> = {};
  for (const tally of tallies) {
    for (const [what, count] of Object.entries(tally.counts)) counts[what] = (counts[what] ?? 0) + count;
  }
  const violations = propertyNames.map(
    (name) => [name, tallies.reduce((sum, tally) => sum + tally.violations[name], 0)] as const,
  );
  return {
    households: tallies.reduce((sum, { households }) => sum + households, 0),
    violations: Object.fromEntries(violations) as Tally['violations'],
    first: tallies.flatMap(({ first }) => first),
    counts,
  };
};

/** What was counted, as figures with their goals: no violation, and everything met that has to be. */
export const reportOf = (tally: Tally, wanted: number, seconds: number): Report => {
  const { counts } = tally;
  const others = Object.keys(counts).filter((what) => !mustBeMet.includes(what));
  return {
    name: 'properties',
    measures: [
      atLeast('households', tally.households, 'households', wanted),
      ...propertyNames.map((name) => atMost(`violations: ${name}`, tally.violations[name], 'violations', 0)),
      ...mustBeMet.map((what) => atLeast(what, counts[what] ?? 0, 'times', 1)),
      ...others.toSorted().map((what) => told(what, counts[what] ?? 0, 'times')),
      told('time', Math.round(seconds), 's'),
      told('households per second', Math.round(tally.households / seconds), '1/s'),
    ],
  };
};
