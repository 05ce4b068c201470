import type { FeedFile, PieceRows, RowRead } from '../../domain/feeds/feed-reader.ts';
import type { FeedRow, RejectedRow } from '../../domain/feeds/feed-row.ts';
import type { FeedPiece } from '../../domain/feeds/feed-run.ts';
import type { PeopleFilter } from '../../domain/feeds/people-index.ts';
import { readingDate } from './cell-values.ts';
import { longestRow, newline } from './cells.ts';
import { FeedScan } from './feed-scan.ts';
import { KeyedHash } from './keyed-hash.ts';

const lineBreak = Uint8Array.of(newline);

/**
 * The rows of a piece, gone through once: of each are kept where it stands, why it is rejected, and the first bits of its person's
 * fingerprint; some sixteen bytes a row. A row is made when somebody asks for it.
 */
export class RowsOfPiece implements PieceRows {
  readonly length: number;
  readonly #file: FeedFile;
  readonly #piece: FeedPiece;
  readonly #bytes: Uint8Array;
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  readonly #prefixes: Uint32Array | null;
  readonly #rejected = new Map<number, Pick<RejectedRow, 'reason' | 'column'>>();
  readonly #layout: FeedScan['layout'];

  /** `key`: that of fingerprints, where rows are to be filtered; else null. Throws for bytes that are not those of the piece. */
  constructor(file: FeedFile, piece: FeedPiece, bytes: Uint8Array, key: Buffer | null) {
    [this.#file, this.#piece, this.#bytes, this.length] = [file, piece, bytes, piece.rows];
    [this.#from, this.#to] = [new Uint32Array(piece.rows), new Uint32Array(piece.rows)];
    this.#prefixes = key === null ? null : new Uint32Array(piece.rows * 2);
    const hash = key === null ? null : new KeyedHash(key);
    const duplicates = new Set(piece.duplicates);
    const scan = this.#scan(piece.layout, (told, reason) => {
      const place = told.rows;
      const { rowFrom, rowTo, bytes: window } = told.cells;
      this.#from[place] = told.rowPosition;
      this.#to[place] = told.rowPosition + Math.min(rowTo - rowFrom, longestRow);
      const fault = reason ?? (duplicates.has(told.rowNumber) ? 'duplicate' : null);
      if (fault !== null) {
        this.#rejected.set(place, { reason: fault, column: told.check?.column ?? null });
      } else if (hash !== null && this.#prefixes !== null) {
        hash.of(window, told.personFrom);
        this.#prefixes[place * 2] = hash.high;
        this.#prefixes[place * 2 + 1] = hash.low;
      }
    });
    scan.push(bytes);
    scan.end();
    if (scan.rows !== piece.rows) throw new Error('the bytes are not those of the piece');
    this.#layout = scan.layout;
  }

  mayConcern(place: number, filter: PeopleFilter): boolean {
    if (this.#prefixes === null) throw new Error('the rows were not made ready to be filtered');
    if (this.#rejected.has(place)) return false;
    return filter.mayHold(this.#prefixes[place * 2] ?? 0, this.#prefixes[place * 2 + 1] ?? 0);
  }

  isRejected(place: number): boolean {
    return this.#rejected.has(place);
  }

  read(places: readonly number[]): readonly RowRead[] {
    const valid = places.filter((place) => !this.#rejected.has(place));
    const made: FeedRow[] = [];
    const scan = this.#scan(this.#layout, (told, reason) => {
      if (reason !== null) throw new Error('a row in order is none any more');
      made.push({ ...told.row(), rowNumber: this.#piece.firstRow + (valid[made.length] ?? 0) });
    });
    for (const place of valid) {
      scan.push(this.#written(place));
      scan.push(lineBreak);
    }
    if (valid.length > 0) scan.end();
    const rows = made[Symbol.iterator]();
    return places.map((place): RowRead => {
      const written = this.#written(place);
      const fault = this.#rejected.get(place);
      if (fault !== undefined) {
        const rowNumber = this.#piece.firstRow + place;
        return { outcome: { outcome: 'rejected', rejected: { ...fault, rowNumber, written } }, written };
      }
      const { value: row } = rows.next();
      if (row === undefined) throw new Error('a row in order was not told');
      return { outcome: { outcome: 'valid', row }, written };
    });
  }

  #written(place: number): Uint8Array {
    return this.#bytes.subarray(this.#from[place], this.#to[place]);
  }

  #scan(layout: FeedScan['layout'], row: ConstructorParameters<typeof FeedScan>[0]['row']): FeedScan {
    const { definition: feed, format, day } = this.#file;
    return new FeedScan({ feed, format, day: readingDate(day), layout, firstRow: this.#piece.firstRow, row });
  }
}
