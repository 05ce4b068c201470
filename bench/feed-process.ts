/** Our side of `bench -- feed`: a file, two workers, one index. It runs bundled, as a function does, with its worker beside it. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { readingDate } from '../adapters/feeds/cell-values.ts';
import { FeedScan } from '../adapters/feeds/feed-scan.ts';
import { FingerprintIndex } from '../adapters/feeds/fingerprint-index.ts';
import { duplicatesIn, KeyLedger, type LedgerParts } from '../adapters/feeds/key-ledger.ts';
import { LocalDate } from '../domain/dates.ts';
import type { FeedLayout } from '../domain/feeds/feed-run.ts';
import { asked, report } from './child.ts';
import { FeedAsked, feedAsked, highestMegabytes } from './feed-shapes.ts';

const { path, format, index: indexPath, scratch, feed } = asked(FeedAsked);
const today = LocalDate.parse('2026-11-26');
const index = FingerprintIndex.read(readFileSync(indexPath));

const Told = z.strictObject({
  rows: z.int(),
  matched: z.int(),
  facts: z.int(),
  rejected: z.record(z.string(), z.int()),
  boundary: z.int().nullable(),
  ledger: z.custom<LedgerParts>((ledger) => typeof ledger === 'object'),
});
type Told = z.infer<typeof Told>;

const run = (part: { from: number; to: number | null; layout: FeedLayout | null }): Promise<Told> =>
  new Promise((resolve, reject) => {
    const { entries, directory } = index;
    const workerData = { path, format, scratch, feed, entries, directory, ...part };
    const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };
    const worker = new Worker(new URL('feed-worker.js', import.meta.url), { workerData, resourceLimits });
    worker.once('message', (told) => resolve(Told.parse(told)));
    worker.once('error', reject);
  });

const bytesAt = (from: number, length: number): Buffer => {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(length);
  const read = readSync(file, bytes, 0, length, from);
  closeSync(file);
  return bytes.subarray(0, read);
};

/** The layout, from the head of the file. */
const layoutOf = (): FeedLayout | null => {
  const day = readingDate(today);
  const row = (): undefined => undefined;
  const scan = new FeedScan({ feed: feedAsked(feed), format, day, layout: null, firstRow: 1, row });
  scan.push(bytesAt(0, 16_384));
  scan.end();
  return scan.layout;
};

const begun = performance.now();
const layout = layoutOf();
const half = Math.floor(statSync(path).size / 2);
const middle = half + bytesAt(half, 65_536).indexOf(0x0a) + 1;
const [first, guessed] = await Promise.all([
  run({ from: 0, to: middle, layout: null }),
  run({ from: middle, to: null, layout }),
]);
// The second worker began behind a line break. Where that was inside a cell the first one says so, and it begins anew where a row begins.
const second = first.boundary === middle ? guessed : await run({ from: first.boundary ?? middle, to: null, layout });
const ledgers = [first, second].map(({ ledger }) => KeyLedger.takenOver(ledger));
const duplicate = duplicatesIn(ledgers).reduce((sum, { length }) => sum + length, 0);
for (const ledger of ledgers) ledger.close();
const milliseconds = performance.now() - begun;
const rejected: Record<string, number> = { duplicate };
for (const [reason, count] of [first, second].flatMap((told) => Object.entries(told.rejected))) {
  rejected[reason] = (rejected[reason] ?? 0) + count;
}
const rows = first.rows + second.rows;
const matched = first.matched + second.matched;
report({ rows, matched, rejected, milliseconds, megabytes: highestMegabytes() });
