import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { LocalDate } from '../domain/dates.ts';
import { reportOf } from './child.ts';
import { median, rounded } from './median.ts';
import { type Report, told } from './report.ts';
import type { RosterOptions } from './roster.ts';
import { openRosterFolder } from './roster-folder.ts';

const ChangeCounts = z.strictObject({
  enters: z.int(),
  leaves: z.int(),
  tier: z.int(),
  amount: z.int(),
  undecided: z.int(),
  reduced: z.int(),
});
const RunReport = z.strictObject({
  milliseconds: z.number().positive(),
  peakMegabytes: z.number().positive(),
  households: z.int(),
  counted: z.tuple([z.int(), z.int()]),
  changes: ChangeCounts,
  moreCost: z.int(),
});
type RunReport = z.infer<typeof RunReport>;

/** A ninth of the province: enough that starting up does not count, in one thread. */
export const simulatedRoster = 100_000;
const date = LocalDate.parse('2026-03-02');

const linesIn = (path: string): number => readFileSync(path, 'utf8').split('\n').length - 1;

/** Every household is counted once before and once after, the named list holds every change, and a raise raises. */
const check = (run: RunReport, households: number, list: string): void => {
  const { enters, leaves, tier, amount, undecided } = run.changes;
  const named = linesIn(list);
  const faults = [
    ...(run.households === households ? [] : [`${run.households} of ${households} households`]),
    ...(run.counted.every((sum) => sum === households) ? [] : [`${run.counted.join(' and ')} counted`]),
    ...(named === enters + leaves + tier + amount + undecided ? [] : [`${named} lines in the named list`]),
    ...(enters + tier + amount > 0 && run.moreCost > 0 ? [] : ['a higher standard changed nothing']),
    ...(leaves === 0 ? [] : [`${leaves} households leave under a higher standard`]),
  ];
  if (faults.length > 0) throw new Error(`the simulation does not add up: ${faults.join('; ')}`);
};

/** A draft simulated on a roster file in one process, with counts, cost and the named list, beside deciding the same file once. */
export const simulation = async (progress: (text: string) => void, options: RosterOptions): Promise<Report> => {
  const { file, output, close } = openRosterFolder(options, date, progress);
  const list = `${output}.0`;
  const run = (to: string): Promise<RunReport> =>
    reportOf('./simulation-process.ts', { path: file.path, bytes: file.bytes, date, output: to }, RunReport);
  const [once, simulated]: [RunReport[], RunReport[]] = [[], []];
  try {
    for (let index = 1; index <= options.processes; index += 1) {
      progress(`round ${index} of ${options.processes}: deciding once`);
      once.push(await run(''));
      progress(`round ${index} of ${options.processes}: simulating a draft`);
      const found = await run(list);
      check(found, file.households, list);
      simulated.push(found);
    }
  } finally {
    close();
  }
  const [deciding, simulating] = [once, simulated].map((runs) => median(runs.map(({ milliseconds }) => milliseconds)));
  const [one] = simulated;
  if (deciding === undefined || simulating === undefined || one === undefined) throw new RangeError('there was no run');
  const { enters, tier, amount, undecided } = one.changes;
  return {
    name: 'simulation',
    measures: [
      told('households simulated per second', Math.round(file.households / (simulating / 1_000)), '1/s'),
      told('households decided once per second', Math.round(file.households / (deciding / 1_000)), '1/s'),
      told('simulating by deciding once', rounded(simulating / deciding), 'times'),
      told('most memory, simulating', Math.round(median(simulated.map((each) => each.peakMegabytes))), 'MB'),
      told('most memory, deciding once', Math.round(median(once.map((each) => each.peakMegabytes))), 'MB'),
      told('households', file.households, 'households'),
      told('who enter', enters, 'households'),
      told('who change tier', tier, 'households'),
      told('who change amount', amount, 'households'),
      told('who cannot be decided', undecided, 'households'),
      told('more cost', rounded(one.moreCost / 100_000_000), '1,000,000 yuan a year'),
    ],
  };
};
