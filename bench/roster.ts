import { z } from 'zod';
import { LocalDate } from '../domain/dates.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { reportOf } from './child.ts';
import { deciderFor } from './decider.ts';
import { median, rounded } from './median.ts';
import { atMost, type Measure, type Report, told } from './report.ts';
import type { RosterFile } from './roster-file.ts';
import { openRosterFolder, type RosterFolder, type RosterFolderOptions } from './roster-folder.ts';
import { firstFrames, longestDecision } from './roster-frames.ts';
import { householdIn } from './roster-household.ts';
import { eachLine } from './roster-lines.ts';

const RunReport = z.strictObject({
  milliseconds: z.number().positive(),
  processorMilliseconds: z.number().positive(),
  peakMegabytes: z.number().positive(),
  households: z.int(),
  decisions: z.int(),
  bytes: z.int(),
  longest: z.int(),
});
type RunReport = z.infer<typeof RunReport>;

export interface RosterOptions extends RosterFolderOptions {
  readonly processes: number;
}
/** The whole roster of the province. */
export const wholeRoster = 902_600;
/** Below this many households starting up is what is measured, so ratios are told and not judged. */
const judgedFrom = 300_000;
const date = LocalDate.parse('2026-03-02');
const checkedHouseholds = 500;

/** The first decisions of the file, and how often each worker wrote one, against deciding the same lines here. */
const checkDecisions = (file: RosterFile, output: string, run: RunReport): void => {
  if (run.households !== file.households || run.decisions !== file.households) {
    throw new Error(`${run.decisions} decisions on ${run.households} households of ${file.households}`);
  }
  const { compactInto } = deciderFor(shanxiPack, date);
  const frames = firstFrames(`${output}.0`, checkedHouseholds);
  const buffer = new Uint8Array(65_536);
  let index = 0;
  eachLine(file.path, { from: 0, to: file.tenth.bytes }, (line, start, end) => {
    const frame = frames[index];
    index += 1;
    if (frame === undefined) return;
    const length = compactInto(householdIn(line, start, end), buffer, 0);
    if (Buffer.compare(buffer.subarray(0, length), frame) !== 0) {
      throw new Error(`line ${index} of ${file.path} was decided otherwise`);
    }
  });
};

interface Runs {
  readonly parsed: readonly RunReport[];
  readonly decided: readonly RunReport[];
  readonly tenth: readonly RunReport[];
}

const runAll = async (
  { file, output }: RosterFolder,
  processes: number,
  progress: (text: string) => void,
): Promise<Runs> => {
  const run = (bytes: number, to: string): Promise<RunReport> =>
    reportOf('./roster-process.ts', { path: file.path, bytes, date, output: to }, RunReport);
  const runs: { [Key in keyof Runs]: RunReport[] } = { parsed: [], decided: [], tenth: [] };
  for (let index = 1; index <= processes; index += 1) {
    progress(`round ${index} of ${processes}: parsing only`);
    runs.parsed.push(await run(file.bytes, ''));
    progress(`round ${index} of ${processes}: deciding`);
    const decided = await run(file.bytes, output);
    if (index === 1) checkDecisions(file, output, decided);
    runs.decided.push(decided);
    progress(`round ${index} of ${processes}: deciding a tenth`);
    runs.tenth.push(await run(file.tenth.bytes, output));
  }
  return runs;
};

const middle = (runs: readonly RunReport[], what: 'milliseconds' | 'processorMilliseconds' | 'peakMegabytes'): number =>
  median(runs.map((run) => run[what]));

const processor = (runs: readonly RunReport[]): number => middle(runs, 'processorMilliseconds');

const measuresOf = ({ parsed, decided, tenth }: Runs, file: RosterFile): Measure[] => {
  const isWhole = file.households >= judgedFrom;
  const judged = (name: string, value: number, limit: number): Measure =>
    isWhole ? atMost(name, rounded(value), 'times', limit) : told(name, rounded(value), 'times');
  const [parsing, deciding, part] = [parsed, decided, tenth].map((runs) => middle(runs, 'milliseconds'));
  if (parsing === undefined || deciding === undefined || part === undefined) throw new RangeError('there was no run');
  const ratios = decided.map((run, index) => run.milliseconds / (parsed[index]?.milliseconds ?? parsing));
  const peak = middle(decided, 'peakMegabytes');
  return [
    judged('deciding the roster by only parsing it', deciding / parsing, 2.5),
    told('the same, lowest', rounded(Math.min(...ratios)), 'times'),
    told('the same, highest', rounded(Math.max(...ratios)), 'times'),
    told('the same, processor time', rounded(processor(decided) / processor(parsed)), 'times'),
    judged('time of ten times the roster', (deciding / part) * ((file.tenth.households * 10) / file.households), 10.5),
    judged('memory of ten times the roster', peak / middle(tenth, 'peakMegabytes'), 1.2),
    atMost('longest decision', Math.max(...decided.map(({ longest }) => longest)), 'bytes', longestDecision),
    told('households', file.households, 'households'),
    told('roster file', Math.round(file.bytes / 1_000_000), 'MB'),
    told('only parsing it', rounded(parsing / 1_000), 's'),
    told('deciding it', rounded(deciding / 1_000), 's'),
    told('deciding a tenth of it', rounded(part / 1_000), 's'),
    told('households decided per second', Math.round(file.households / (deciding / 1_000)), '1/s'),
    told('most memory, deciding', Math.round(peak), 'MB'),
    told('most memory, deciding a tenth', Math.round(middle(tenth, 'peakMegabytes')), 'MB'),
    told('decision, mean', rounded((decided[0]?.bytes ?? 0) / file.households), 'bytes'),
  ];
};

/** A roster decided from file to file by two workers, beside only parsing the same file with the same two workers. */
export const roster = async (progress: (text: string) => void, options: RosterOptions): Promise<Report> => {
  const folder = openRosterFolder(options, date, progress);
  try {
    const runs = await runAll(folder, options.processes, progress);
    return { name: 'roster', measures: measuresOf(runs, folder.file) };
  } finally {
    folder.close();
  }
};
