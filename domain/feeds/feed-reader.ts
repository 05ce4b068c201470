import type { LocalDate } from '../dates.ts';
import type { FeedFormat } from './feed.ts';
import type { FeedDefinition } from './feed-definition.ts';
import type { RejectedRow, RowOutcome } from './feed-row.ts';
import type { FeedLayout, FeedPiece } from './feed-run.ts';
import type { PeopleFilter } from './people-index.ts';
import type { FileReason } from './reasons.ts';

/** How a file is written, and by what its rows are judged. */
export interface FeedFile {
  readonly definition: FeedDefinition;
  readonly format: FeedFormat;
  /** The day on which it was handed in: what is dated later is still to come, also when the file is gone through on another day. */
  readonly day: LocalDate;
}

/** What a look at the whole file says: how its rows are laid out and where it can be split, or why it cannot be read. */
export type FileSurvey =
  | { readonly layout: FeedLayout; readonly pieces: readonly FeedPiece[] }
  | { readonly fault: FileReason; readonly missing: readonly string[] };

/** A row of a piece, and its bytes as they stand in the file. */
export interface RowRead {
  readonly outcome: RowOutcome;
  readonly written: Uint8Array;
}

/** The rows of a piece in the order of the file, by their places from 0 on: where each stands is known, and what it says once it is read. */
export interface PieceRows {
  readonly length: number;
  isRejected(place: number): boolean;
  /** Whether a row is in order and about somebody who may be on the roster. */
  mayConcern(place: number, filter: PeopleFilter): boolean;
  /** Rows by rising places. */
  read(places: readonly number[]): readonly RowRead[];
}

/** A row to be given back with a reason. */
export type RowRefused = Omit<RejectedRow, 'rowNumber'>;

type Bytes = AsyncIterable<Uint8Array>;

/** Reads departments' files: as a whole in memory of one size, and then piece by piece. */
export interface FeedReader {
  survey(file: FeedFile, bytes: Bytes): Promise<FileSurvey>;
  /** Goes through a piece that is given whole. `isFiltered`: its rows are asked whether they may concern anybody. */
  rows(file: FeedFile, piece: FeedPiece, bytes: Uint8Array, isFiltered: boolean): Promise<PieceRows>;
  /** Rejected rows in the format of the file, each with its reason. */
  rejects(file: FeedFile, layout: FeedLayout, rows: readonly RowRefused[]): Uint8Array;
  /** What a file of rejected rows begins with. */
  rejectsHeading(file: FeedFile, layout: FeedLayout): Uint8Array;
  /** Hands on what a compressed file was before it was compressed; answers why it could not be, or null. */
  unpack(bytes: Bytes, write: (unpacked: Bytes) => Promise<void>): Promise<FileReason | null>;
}

/** Size of a piece in bytes, some eighty thousand rows: what one step holds in memory. */
export const pieceBytes = 8 * 1024 * 1024;
