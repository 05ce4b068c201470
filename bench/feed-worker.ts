/** One of the two workers of `bench -- feed`: judges and looks up the rows of its part of a file. */
import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { readingDate } from '../adapters/feeds/cell-values.ts';
import { FeedScan } from '../adapters/feeds/feed-scan.ts';
import { FingerprintIndex } from '../adapters/feeds/fingerprint-index.ts';
import { KeyLedger } from '../adapters/feeds/key-ledger.ts';
import { RowMatcher } from '../adapters/feeds/row-matcher.ts';
import { LocalDate } from '../domain/dates.ts';
import { benchKey, feedAsked } from './feed-shapes.ts';

const today = LocalDate.parse('2026-11-26');
const isWords = (value: unknown): value is Uint32Array<SharedArrayBuffer> =>
  value instanceof Uint32Array && value.buffer instanceof SharedArrayBuffer;
const Part = z.strictObject({
  path: z.string(),
  format: z.enum(['csv', 'ndjson']),
  scratch: z.string(),
  feed: z.string(),
  from: z.int(),
  /** Where the part of the other worker is thought to begin; null for the end of the file. */
  to: z.int().nullable(),
  layout: z.strictObject({ encoding: z.enum(['utf-8', 'gbk']), cells: z.int(), places: z.array(z.int()) }).nullable(),
  entries: z.custom<Uint32Array<SharedArrayBuffer>>(isWords),
  directory: z.custom<Uint32Array<SharedArrayBuffer>>(isWords),
});
const { path, format, scratch, from, to, layout, entries, directory, ...part } = Part.parse(workerData);

const feed = feedAsked(part.feed);
const ledger = new KeyLedger(scratch, { forAnother: true });
const rejected: Record<string, number> = {};
let [rows, matched, facts] = [0, 0, 0];
/** Where the first row begins that is the other worker's. */
let boundary: number | null = null;
const matcher = new RowMatcher(benchKey, FingerprintIndex.over({ entries, directory }), (row) => {
  matched += 1;
  facts += row.facts.length;
});
const scan = new FeedScan(
  {
    feed,
    format,
    day: readingDate(today),
    layout,
    firstRow: 1,
    row: (told, reason) => {
      if (to !== null && told.rowPosition >= to) {
        boundary ??= told.rowPosition;
        return;
      }
      rows += 1;
      if (reason !== null) {
        rejected[reason] = (rejected[reason] ?? 0) + 1;
        return;
      }
      told.check?.hashKey(told.cells);
      ledger.add(told.check?.key.first ?? 0, told.check?.key.second ?? 0, told.rowNumber);
      matcher.add(told);
    },
  },
  from,
);
// The last row of a part may go on behind its end, by the length of a row at most.
const end = to === null ? {} : { end: to + 131_072 };
for await (const chunk of createReadStream(path, { start: from, ...end, highWaterMark: 131_072 })) {
  if (chunk instanceof Uint8Array) scan.push(chunk);
}
scan.end();
parentPort?.postMessage({ rows, matched, facts, rejected, boundary, ledger: ledger.handOver() });
