import { tmpdir } from 'node:os';
import { type FeedFile, type FeedReader, pieceBytes } from '../../domain/feeds/feed-reader.ts';
import type { FeedLayout } from '../../domain/feeds/feed-run.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { plainBytes } from './feed-bytes.ts';
import { FeedRefused } from './layout.ts';
import { RowsOfPiece } from './piece-rows.ts';
import { type RejectFile, rejectedRows, rejectsHeading } from './reject-file.ts';
import { surveyFeed } from './survey.ts';

/** A file that is read in pieces was unpacked before. */
const formOf = ({ format }: FeedFile) => ({ format, gzip: false }) as const;

/** Reasons are told to whoever made the file. */
const rejectFileOf = (file: FeedFile, layout: FeedLayout): RejectFile => ({
  form: formOf(file),
  layout,
  feed: file.definition,
  language: 'zh',
});

/** The port `FeedReader`, with the key of fingerprints and how big a piece is. The scratch folder of a look at a whole file is the function's own. */
export const pieceReader = (keyring: () => Promise<Keyring>, bytesOfPiece = pieceBytes): FeedReader => ({
  survey: async (file, bytes) => {
    const { definition: feed, day: today } = file;
    const found = await surveyFeed({
      bytes,
      form: formOf(file),
      feed,
      today,
      pieceBytes: bytesOfPiece,
      scratchFolder: tmpdir(),
    });
    if (found.ok) return found.survey;
    const { reason: fault, missing = [] } = found.fault;
    return { fault, missing };
  },
  rows: async (file, piece, bytes, isFiltered) =>
    new RowsOfPiece(file, piece, bytes, isFiltered ? (await keyring())('fingerprint') : null),
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
});
