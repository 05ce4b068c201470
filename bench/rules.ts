import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { reportOf } from './child.ts';
import { median, rounded } from './median.ts';
import { atLeast, atMost, type Measure, type Report, told } from './report.ts';
import { testCounts } from './rules-counts.ts';
import type { Cost } from './rules-rounds.ts';

const ProcessReport = z.strictObject({
  costs: z.record(z.string(), z.strictObject({ clock: z.number().positive(), processor: z.number().positive() })),
  compared: z.int().positive(),
  testsEach: z.number(),
  largestCompact: z.int(),
  bytes: z.int(),
});
type ProcessReport = z.infer<typeof ProcessReport>;

/** How much is run. A quick run says less about the ratios; it is for trying the program out. */
export interface RulesOptions {
  readonly households: number;
  readonly processes: number;
  readonly rounds: number;
}
export const usualRules: RulesOptions = { households: 500, processes: 3, rounds: 15 };

const versionOf = (name: string): string => {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
};

const costOf = ({ costs }: ProcessReport, name: string): Cost => {
  const cost = costs[name];
  if (cost === undefined) throw new RangeError(`nobody measured ${name}`);
  return cost;
};

/** A ratio in each process, its median, and how far the processes are apart. */
const ratioOf = (reports: readonly ProcessReport[], above: string, below: string, by: keyof Cost = 'clock') => {
  const each = reports.map((report) => costOf(report, above)[by] / costOf(report, below)[by]);
  return { median: rounded(median(each)), least: rounded(Math.min(...each)), most: rounded(Math.max(...each)) };
};

const timesFaster = (reports: readonly ProcessReport[], peer: string, ours: string, goal: number): Measure[] => {
  const { median: middle, least, most } = ratioOf(reports, peer, ours);
  const name = `${ours} against ${peer}`;
  return [
    atLeast(name, middle, 'times', goal),
    told(`${name}, lowest`, least, 'times'),
    told(`${name}, highest`, most, 'times'),
    told(`${name}, processor time`, ratioOf(reports, peer, ours, 'processor').median, 'times'),
  ];
};

const measuresOf = (reports: readonly ProcessReport[]): Measure[] => {
  const names = Object.keys(reports[0]?.costs ?? {});
  const untraced = ratioOf(reports, 'zen-engine without its own trace', 'hearth');
  const bare = ratioOf(reports, 'json-rules-engine, results alone', 'hearth, compact');
  const growth = ratioOf(reports, `${testCounts.many} tests`, `${testCounts.few} tests`);
  return [
    ...timesFaster(reports, 'json-rules-engine', 'hearth', 25),
    ...timesFaster(reports, 'zen-engine', 'hearth', 8),
    told('hearth against zen-engine without its own trace', untraced.median, 'times'),
    ...timesFaster(reports, 'json-logic-engine', 'hearth', 1),
    ...timesFaster(reports, 'json-rules-engine', 'hearth, compact', 75),
    told('hearth, compact against json-rules-engine, results alone', bare.median, 'times'),
    atMost('largest compact decision', Math.max(...reports.map((each) => each.largestCompact)), 'bytes', 512),
    atMost(`cost of ${testCounts.many} tests by that of ${testCounts.few}`, growth.median, 'times', 1.6),
    told('the same, highest', growth.most, 'times'),
    ...names.map((name) =>
      told(`time, ${name}`, rounded(median(reports.map((each) => costOf(each, name).clock))), 'us/household'),
    ),
  ];
};

/** Hearth's rules beside three engines: the same households, thresholds and output, checked to be equal and then timed. */
export const rules = async (progress: (text: string) => void, options: RulesOptions = usualRules): Promise<Report> => {
  const { households, processes, rounds } = options;
  const peers = ['json-rules-engine', '@gorules/zen-engine', 'json-logic-engine'];
  progress(`${households} households; ${peers.map((name) => `${name} ${versionOf(name)}`).join(', ')}`);
  const reports: ProcessReport[] = [];
  for (let index = 0; index < processes; index += 1) {
    progress(`process ${index + 1} of ${processes}: checking that all decide alike, then ${rounds} rounds`);
    reports.push(await reportOf('./rules-process.ts', { households, rounds }, ProcessReport));
  }
  const [one] = reports;
  if (one === undefined) throw new RangeError('at least one process is needed');
  return {
    name: 'rules',
    measures: [
      ...measuresOf(reports),
      told('households', households, 'households'),
      told('tests of a household, mean', rounded(one.testsEach), 'tests'),
      told(`households compared at ${testCounts.few} and ${testCounts.many} tests`, one.compared, 'households'),
      told('full trace of the first household', one.bytes, 'bytes'),
    ],
  };
};
