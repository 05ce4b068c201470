import type { LocalDate } from '../../domain/dates.ts';
import type { FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { RowOutcome } from '../../domain/feeds/feed-row.ts';
import { readingDate } from './cell-values.ts';
import { plainBytes } from './feed-bytes.ts';
import { FeedScan } from './feed-scan.ts';
import type { FeedForm } from './layout.ts';
import type { FeedPiece } from './survey.ts';

/** A feed, or a piece of one, to be read. */
export interface FeedToRead {
  /** The bytes as they are stored: of the whole file, or from `from` to `to` of the piece. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly form: FeedForm;
  readonly feed: FeedDefinition;
  readonly today: LocalDate;
  /** What the survey of the file says of these bytes. */
  readonly piece: FeedPiece;
}

/**
 * Reads every row of a piece and says what it comes to, in the order of the file: in order, or rejected with its first reason. Which rows are
 * duplicates the survey has found, over the whole file. Memory is of one size. The outcomes come in batches, one for some hundred
 * kilobytes. Throws `FeedRefused` where the file is not what was surveyed, and what the bytes throw.
 */
export async function* readRows({
  bytes,
  form,
  feed,
  today,
  piece,
}: FeedToRead): AsyncGenerator<readonly RowOutcome[]> {
  const duplicates = new Set(piece.duplicates);
  let batch: RowOutcome[] = [];
  const scan = new FeedScan({
    feed,
    format: form.format,
    day: readingDate(today),
    layout: piece.layout,
    firstRow: piece.firstRow,
    row: (told, reason) => {
      const fault = reason ?? (duplicates.has(told.rowNumber) ? 'duplicate' : null);
      batch.push(
        fault === null
          ? { outcome: 'valid', row: told.row() }
          : { outcome: 'rejected', rejected: told.rejected(fault) },
      );
    },
  });
  for await (const chunk of plainBytes(bytes, form.gzip)) {
    scan.push(chunk);
    if (batch.length > 0) yield batch;
    batch = [];
  }
  scan.end();
  if (batch.length > 0) yield batch;
}
