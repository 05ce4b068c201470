import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { LocalDate } from '../domain/dates.ts';
import { feedOn } from '../domain/feeds/feed-definition.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { reportOf } from './child.ts';
import { type FeedFiles, writeFeedFiles } from './feed-files.ts';
import { FeedTold, MemoryTold } from './feed-shapes.ts';
import { median, rounded } from './median.ts';
import { atMost, type Measure, type Report, told } from './report.ts';

/** How many rows and people a whole feed and a whole roster have, and how many processes are measured. */
export const usualFeed = { rows: 10_000_000, people: 1_320_000, processes: 3 } as const;
/** A small young heap: rows are read in place, and what is made for a hit is soon forgotten. */
const smallHeap = ['--max-semi-space-size=1', '--max-old-space-size=128'];

const today = LocalDate.parse('2026-11-26');

/** Our programs as a function has them: bundled, so that no process translates TypeScript. */
const bundled = async (folder: string): Promise<void> => {
  const entryPoints = ['feed-process.ts', 'feed-worker.ts', 'feed-memory-process.ts'].map((name) =>
    join(import.meta.dirname, name),
  );
  await build({
    entryPoints,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minify: true,
    outdir: folder,
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
};

interface Sides {
  readonly ours: readonly FeedTold[];
  readonly peers: readonly FeedTold[];
}

const measured = async (
  files: FeedFiles,
  format: 'csv' | 'ndjson',
  { folder, processes, progress }: { folder: string; processes: number; progress: (text: string) => void },
): Promise<Sides> => {
  const { index, ids } = files;
  const definition = JSON.stringify(feedOn(shanxiPack.feeds, 'hospital-bills', today));
  const options = { path: files[format], format, index, ids, scratch: folder, feed: definition };
  const program = pathToFileURL(join(folder, 'feed-process.js')).href;
  const ours: FeedTold[] = [];
  const peers: FeedTold[] = [];
  for (let round = 1; round <= processes; round += 1) {
    ours.push(await reportOf(program, options, FeedTold, smallHeap));
    peers.push(await reportOf('feed-duckdb-process.ts', options, FeedTold));
    const times = [ours, peers].map((side) => rounded((side.at(-1)?.milliseconds ?? 0) / 1_000));
    progress(`${format} ${round}/${processes}: ${times.join(' s, DuckDB ')} s`);
  }
  return { ours, peers };
};

/** How many rows of what was planted were not found, or found and not planted. */
const misses = ({ ours }: Sides, { planted }: FeedFiles, rows: number): number =>
  ours.reduce((sum, { rejected, rows: read }) => {
    const reasons = [...new Set([...Object.keys(planted), ...Object.keys(rejected)])];
    const expected = new Map(Object.entries(planted));
    const off = reasons.map((reason) => Math.abs((expected.get(reason) ?? 0) - (rejected[reason] ?? 0)));
    return sum + Math.abs(rows - read) + off.reduce((all, one) => all + one, 0);
  }, 0);

const measuresOf = (format: string, sides: Sides, files: FeedFiles, rows: number): Measure[] => {
  const of = (side: readonly FeedTold[], what: 'milliseconds' | 'megabytes'): number =>
    median(side.map((one) => one[what]));
  const [time, peerTime] = [of(sides.ours, 'milliseconds'), of(sides.peers, 'milliseconds')];
  const [memory, peerMemory] = [of(sides.ours, 'megabytes'), of(sides.peers, 'megabytes')];
  const [one] = sides.ours;
  const rejected = Object.values(one?.rejected ?? {}).reduce((sum, count) => sum + count, 0);
  return [
    told(`${format}: rows`, rows, 'rows'),
    told(`${format}: rejected`, rejected, 'rows'),
    atMost(`${format}: planted and not found, or the reverse`, misses(sides, files, rows), 'rows', 0),
    told(`${format}: on the roster, by prefix`, one?.matched ?? 0, 'rows'),
    told(`${format}: ours`, rounded(time / 1_000), 's'),
    told(`${format}: DuckDB`, rounded(peerTime / 1_000), 's'),
    atMost(`${format}: time, ours to DuckDB's`, rounded(time / peerTime), 'times', 1),
    told(`${format}: memory, ours`, rounded(memory, 0), 'MB'),
    told(`${format}: memory, DuckDB`, rounded(peerMemory, 0), 'MB'),
    atMost(`${format}: memory, ours to DuckDB's`, rounded(memory / peerMemory, 3), 'times', 0.2),
  ];
};

/** How many bytes a file has for each row of the feed that is measured: with the usual rows two gigabytes. */
const bytesPerRow = 200;

/** What the functions of a comparison hold at their highest, whatever the size of the file: half of the memory they have. */
const memoryOfFunctions = async ({ index, ids }: FeedFiles, folder: string, rows: number): Promise<Measure[]> => {
  const definition = JSON.stringify(feedOn(shanxiPack.feeds, 'hospital-bills', today));
  const options = { bytes: rows * bytesPerRow, index, ids, feed: definition };
  const program = pathToFileURL(join(folder, 'feed-memory-process.js')).href;
  const { pieces, ...memory } = await reportOf(program, options, MemoryTold, []);
  return [
    told('functions: size of the file', rounded((rows * bytesPerRow) / 1e9, 2), 'GB'),
    told('functions: rows of it', memory.rows, 'rows'),
    told('functions: pieces', pieces, 'pieces'),
    atMost('functions: memory of a look at all of it', rounded(memory.surveyed, 0), 'MB', 512),
    atMost('functions: memory with a piece and the index as well', rounded(memory.compared, 0), 'MB', 512),
  ];
};

/**
 * A feed of hospital bills against the IDs of a province: each row judged in full, duplicates found over the whole file, and looked up by its
 * keyed fingerprint, with two workers; beside DuckDB, which reads the same file with two threads, judges nothing and joins by the ID itself.
 */
export const feed = async (
  progress: (text: string) => void,
  { rows, people, processes }: { rows: number; people: number; processes: number },
): Promise<Report> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-feed-'));
  try {
    progress(`writing ${rows} rows twice, and ${people} IDs`);
    const files = writeFeedFiles(folder, rows, people);
    await bundled(folder);
    const measuring = { folder, processes, progress };
    const functions = await memoryOfFunctions(files, folder, rows);
    const csv = await measured(files, 'csv', measuring);
    const ndjson = await measured(files, 'ndjson', measuring);
    return {
      name: 'feed',
      measures: [...functions, ...measuresOf('csv', csv, files, rows), ...measuresOf('ndjson', ndjson, files, rows)],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
