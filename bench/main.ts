import { parseArgs } from 'node:util';
import { feed, usualFeed } from './feed.ts';
import { intake } from './intake.ts';
import { protections, usualProtectionRounds } from './protections.ts';
import { reassess } from './reassess.ts';
import { reconcile, reconciledHouseholds } from './reconcile.ts';
import { reevaluate, timedChanges } from './reevaluate.ts';
import { referral, timedDecisions } from './referral.ts';
import { print, type Report } from './report.ts';
import { type RosterOptions, roster, wholeRoster } from './roster.ts';
import { rules, usualRules } from './rules.ts';
import { simulatedRoster, simulation } from './simulation.ts';
import { units } from './units.ts';

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    households: { type: 'string' },
    processes: { type: 'string' },
    rounds: { type: 'string' },
    rows: { type: 'string' },
    folder: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

/** A whole number above nothing, or the usual one when the option is not given. */
const count = (option: 'households' | 'processes' | 'rounds' | 'rows', usual: number): number => {
  const given = values[option];
  if (given === undefined) return usual;
  if (/^[1-9]\d{0,8}$/u.test(given)) return Number(given);
  console.error(`--${option} is to be a whole number from 1 on, not "${given}"`);
  return process.exit(2);
};

const rosterOptions = (usual: number): RosterOptions => ({
  households: count('households', usual),
  processes: count('processes', 3),
  folder: values.folder ?? null,
  keep: values.keep,
});

/** `npm run bench -- <name> [--json]` */
const benches: Readonly<Record<string, (progress: (text: string) => void) => Promise<Report>>> = {
  intake,
  units,
  referral: (progress) => referral(progress, count('households', timedDecisions)),
  reevaluate: (progress) => reevaluate(progress, count('households', timedChanges)),
  protections: (progress) => protections(progress, count('rounds', usualProtectionRounds)),
  rules: (progress) =>
    rules(progress, {
      households: count('households', usualRules.households),
      processes: count('processes', usualRules.processes),
      rounds: count('rounds', usualRules.rounds),
    }),
  roster: (progress) => roster(progress, rosterOptions(wholeRoster)),
  simulation: (progress) => simulation(progress, rosterOptions(simulatedRoster)),
  feed: (progress) =>
    feed(progress, {
      rows: count('rows', usualFeed.rows),
      people: usualFeed.people,
      processes: count('processes', usualFeed.processes),
    }),
  reassess: (progress) => reassess(progress, count('households', wholeRoster)),
  reconcile: (progress) => reconcile(progress, { households: count('households', reconciledHouseholds) }),
};
const usage = `Usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]
rules: [--households N] [--processes N] [--rounds N]
protections: [--rounds N]
feed: [--rows N] [--processes N]
roster, simulation: [--households N] [--processes N] [--folder FOLDER] [--keep]
referral, reassess, reconcile, reevaluate: [--households N]`;

const bench = benches[positionals[0] ?? ''];
if (bench === undefined || positionals.length !== 1) {
  console.error(usage);
  process.exit(2);
}
const report = await bench((text) => console.error(`${positionals[0]}: ${text}`));
process.exitCode = print(report, values.json) ? 0 : 1;
