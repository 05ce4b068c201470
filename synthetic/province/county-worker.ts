/** A worker of `npx hearth seed`: writes the counties it is given, one after the other, each into a data file of its own. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { itemLine, openDataFile } from '../../cli/export/write-export.ts';
import { startTally } from '../county-summary.ts';
import { householdsOf } from './county.ts';
import { type CountyFeeds, startCountyFeeds } from './feeds/county-feeds.ts';
import { provinceFiles, rosterKeyOf } from './files.ts';
import { itemJson } from './item-json.ts';
import { keysOf, sealingOf } from './keys.ts';
import { type CountyDone, CountyTask } from './messages.ts';
import { makeChanceFollow } from './seeded-bytes.ts';
import type { Planted } from './truth.ts';

/** Most of a row is sealed, and packs no better for more effort. */
const level = 1;
/** Whoever watches hears of so many households at a time. */
const toldEvery = 200;

const writeFeeds = ({ files, planted }: CountyFeeds, folder: string): readonly Planted[] => {
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  return planted;
};

const write = async ({ job, folder, name }: CountyTask, told: (households: number) => void): Promise<CountyDone> => {
  makeChanceFollow(JSON.stringify(job));
  const sealing = sealingOf(keysOf(job.seed));
  const file = openDataFile(join(folder, 'roster'), rosterKeyOf(job), { name, level });
  const tally = startTally();
  const planted: Planted[] = [];
  const feeds = job.feeds === null ? null : startCountyFeeds(job.county, job.date, job.feeds);
  let since = 0;
  for (const household of householdsOf(job, sealing)) {
    tally.add(household.made);
    planted.push(...household.planted);
    feeds?.take(household);
    for (const row of household.rows) await file.write(itemLine(itemJson(row)));
    since += 1;
    if (since < toldEvery) continue;
    told(since);
    since = 0;
  }
  const written = await file.end();
  if (feeds !== null) planted.push(...writeFeeds(feeds.end(), join(folder, provinceFiles.feeds, job.county)));
  told(since);
  return { county: job.county, file: written, summary: tally.summary(), planted };
};

parentPort?.on('message', (message: unknown) => {
  const task = CountyTask.parse(message);
  const say = (households: number): void => parentPort?.postMessage({ households });
  write(task, say).then(
    (done) => {
      // By another name first: a county is done when all of its record is there.
      const record = join(task.folder, provinceFiles.progress, `${done.county}.json`);
      writeFileSync(`${record}.part`, JSON.stringify(done));
      renameSync(`${record}.part`, record);
      parentPort?.postMessage({ done: done.county });
    },
    (error: unknown) => {
      // The thread ends with what went wrong, and the program with it.
      setImmediate(() => {
        throw error;
      });
    },
  );
});
