import { tmpdir } from 'node:os';
import { type FeedFile, type FeedReader, pieceBytes, type RowRead } from '../../domain/feeds/feed-reader.ts';
import type { FeedLayout, FeedPiece } from '../../domain/feeds/feed-run.ts';
import { readingDate } from './cell-values.ts';
import { plainBytes } from './feed-bytes.ts';
import { FeedScan } from './feed-scan.ts';
import { FeedRefused } from './layout.ts';
import { type RejectFile, rejectedRows, rejectsHeading } from './reject-file.ts';
import { surveyFeed } from './survey.ts';

/** A file that is read in pieces was unpacked before. */
const formOf = ({ format }: FeedFile) => ({ format, gzip: false }) as const;

const rowsOf = (file: FeedFile, piece: FeedPiece, bytes: Uint8Array): readonly RowRead[] => {
  const duplicates = new Set(piece.duplicates);
  const rows: RowRead[] = [];
  const scan = new FeedScan({
    feed: file.definition,
    format: file.format,
    day: readingDate(file.day),
    layout: piece.layout,
    firstRow: piece.firstRow,
    row: (told, reason) => {
      const fault = reason ?? (duplicates.has(told.rowNumber) ? 'duplicate' : null);
      rows.push({
        outcome:
          fault === null
            ? { outcome: 'valid', row: told.row() }
            : { outcome: 'rejected', rejected: told.rejected(fault) },
        written: told.cells.rowBytes(),
      });
    },
  });
  scan.push(bytes);
  scan.end();
  return rows;
};

/** Reasons are told to whoever made the file. */
const rejectFileOf = (file: FeedFile, layout: FeedLayout): RejectFile => ({
  form: formOf(file),
  layout,
  feed: file.definition,
  language: 'zh',
});

/** The port `FeedReader`. The scratch folder of a look at a whole file is the function's own. */
export const pieceReader: FeedReader = {
  survey: async (file, bytes) => {
    const { definition: feed, day: today } = file;
    const found = await surveyFeed({ bytes, form: formOf(file), feed, today, pieceBytes, scratchFolder: tmpdir() });
    return found.ok ? found.survey : { fault: found.fault.reason };
  },
  rows: rowsOf,
  unpack: async (bytes, write) => {
    try {
      await write(plainBytes(bytes, true));
      return null;
    } catch (error) {
      if (error instanceof FeedRefused) return error.fault.reason;
      throw error;
    }
  },
  rejects: (file, layout, rows) => rejectedRows(rows, rejectFileOf(file, layout)),
  rejectsHeading: (file, layout) => rejectsHeading(rejectFileOf(file, layout)),
};
