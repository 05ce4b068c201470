import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { exportFiles } from '../../cli/export/export-form.ts';
import {
  dataFileName,
  itemLine,
  openDataFile,
  openTableWriter,
  type WrittenFile,
  writeManifests,
} from '../../cli/export/write-export.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { type Marker, markerKey } from '../county-marker.ts';
import { type CountySummary, summaryOfAll } from '../county-summary.ts';
import { takenOverRow } from '../roster-rows.ts';
import { provinceFiles, provinceMoment, rosterKeyOf, stampOf } from './files.ts';
import { itemJson } from './item-json.ts';
import { keysOf } from './keys.ts';
import { CountyDone, type CountyTask, WorkerMessage } from './messages.ts';
import { jobsOf, ProvinceOptions } from './options.ts';
import type { PlantedKind } from './truth.ts';

/** What came of it. */
export interface ProvinceWritten {
  readonly summary: CountySummary;
  readonly items: number;
  readonly bytes: number;
  readonly planted: Readonly<Partial<Record<PlantedKind, number>>>;
  /** Households that an earlier run had written, which this one left as they were. */
  readonly found: number;
}

/** Why a folder is not written to: it holds something else, or a province that other options were given for. */
export class FolderNotFree extends Error {
  override readonly name = 'FolderNotFree';
  readonly holds: 'something-else' | 'another-province';

  constructor(holds: FolderNotFree['holds'], folder: string) {
    super(`${folder} holds ${holds}`);
    this.holds = holds;
  }
}

const sameOptions = (folder: string, options: ProvinceOptions): boolean => {
  const kept: unknown = JSON.parse(readFileSync(join(folder, provinceFiles.options), 'utf8'));
  return JSON.stringify(ProvinceOptions.parse(kept)) === JSON.stringify(options);
};

/** Makes the folder, or finds one that was begun with the same options. Throws FolderNotFree for any other. */
const prepare = (folder: string, options: ProvinceOptions): void => {
  const isBegun = existsSync(join(folder, provinceFiles.options));
  if (!isBegun && existsSync(folder) && readdirSync(folder).length > 0)
    throw new FolderNotFree('something-else', folder);
  if (isBegun && !sameOptions(folder, options)) throw new FolderNotFree('another-province', folder);
  for (const name of [provinceFiles.progress, provinceFiles.truth, join('roster', exportFiles.data)])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'roster', exportFiles.started), '');
  writeFileSync(join(folder, provinceFiles.options), `${JSON.stringify(options)}\n`);
  writeFileSync(join(folder, provinceFiles.keys), `${JSON.stringify(keysOf(options.seed), null, 2)}\n`, {
    mode: 0o600,
  });
};

const recordOf = (folder: string, county: string): string => join(folder, provinceFiles.progress, `${county}.json`);
const doneIn = (folder: string, county: string): CountyDone =>
  CountyDone.parse(JSON.parse(readFileSync(recordOf(folder, county), 'utf8')));

/** Gives the counties to workers, the next to whoever is free. */
const writeCounties = async (
  tasks: readonly CountyTask[],
  workers: number,
  told: (households: number) => void,
  stopped: AbortSignal,
): Promise<void> => {
  const waiting = [...tasks];
  const run = (): Promise<void> =>
    new Promise((finish, fail) => {
      const worker = new Worker(new URL('./county-worker.ts', import.meta.url));
      const end = (): void => void worker.terminate().then(() => finish(), fail);
      const next = (): void => {
        const task = stopped.aborted ? undefined : waiting.shift();
        if (task === undefined) end();
        else worker.postMessage(task);
      };
      worker.on('error', fail);
      stopped.addEventListener('abort', end, { once: true });
      worker.on('message', (message: unknown) => {
        const said = WorkerMessage.parse(message);
        if ('households' in said) told(said.households);
        else next();
      });
      next();
    });
  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, run));
  stopped.throwIfAborted();
};

const province = DivisionCode.parse('14');

/** By this item `npm start` knows that the table has been filled, and with what. */
const markerFile = async (folder: string, options: ProvinceOptions, summary: CountySummary, name: string) => {
  const file = openDataFile(join(folder, 'roster'), rosterKeyOf(options), { name });
  const { seed, households: count, date } = options;
  const marker: Marker = { county: { seed, count, county: province, date }, summary };
  await file.write(itemLine(itemJson({ ...markerKey, ...marker })));
  await file.write(itemLine(itemJson(takenOverRow(date))));
  return file.end();
};

const emptyAudit = async (folder: string, options: ProvinceOptions): Promise<void> => {
  rmSync(join(folder, 'audit'), { recursive: true, force: true });
  await openTableWriter(join(folder, 'audit'), stampOf(options, 'audit')).end(provinceMoment(options));
};

/** The records of the counties put together, in the order of their codes. */
const putTogether = async (folder: string, options: ProvinceOptions, found: number): Promise<ProvinceWritten> => {
  const files: WrittenFile[] = [];
  const summaries: CountySummary[] = [];
  const counted: Partial<Record<PlantedKind, number>> = {};
  const truth = join(folder, provinceFiles.truth, provinceFiles.planted);
  writeFileSync(truth, '');
  for (const county of options.counties) {
    const { file, summary, planted } = doneIn(folder, county);
    files.push(file);
    summaries.push(summary);
    for (const each of planted) counted[each.planted] = (counted[each.planted] ?? 0) + 1;
    writeFileSync(truth, planted.map((each) => `${JSON.stringify(each)}\n`).join(''), { flag: 'a' });
  }
  const summary = { ...summaryOfAll(summaries), entries: 2 * (counted['twin-payment'] ?? 0) };
  files.push(await markerFile(folder, options, summary, dataFileName(options.counties.length)));
  await emptyAudit(folder, options);
  const { itemCount } = writeManifests(
    join(folder, 'roster'),
    stampOf(options, 'roster'),
    files,
    provinceMoment(options),
  );
  const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
  return { summary, items: itemCount, bytes, planted: counted, found };
};

/**
 * Writes a made-up province into a folder, in the form of DynamoDB's export: each county a data file, several of them at a time. A folder
 * that was begun with the same options is gone on with, county by county. Throws FolderNotFree for a folder with anything else in it,
 * and the reason of `stopped` when it was.
 */
export const writeProvince = async (
  folder: string,
  options: ProvinceOptions,
  { workers, told, stopped }: { workers: number; told: (households: number) => void; stopped: AbortSignal },
): Promise<ProvinceWritten> => {
  prepare(folder, options);
  const isDone = (county: string): boolean => existsSync(recordOf(folder, county));
  const found = options.counties
    .filter(isDone)
    .reduce((sum, county) => sum + doneIn(folder, county).summary.households, 0);
  told(found);
  const tasks = jobsOf(options)
    .filter(({ county }) => !isDone(county))
    .map((job) => ({ job, folder, name: dataFileName(options.counties.indexOf(job.county)) }));
  await writeCounties(tasks, workers, told, stopped);
  return putTogether(folder, options, found);
};
