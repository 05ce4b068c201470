import type { FeedFormat } from '../../domain/feeds/feed.ts';
import type { FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { FeedRow, RejectedRow } from '../../domain/feeds/feed-row.ts';
import type { FeedLayout } from '../../domain/feeds/feed-run.ts';
import type { RowReason } from '../../domain/feeds/reasons.ts';
import type { ReadingDate } from './cell-values.ts';
import { Cells, carriageReturn, newline } from './cells.ts';
import { readCsvRow } from './csv-rows.ts';
import { type FieldOf, readJsonRow } from './json-rows.ts';
import { FeedRefused, layoutOfFields, layoutOfHeadings, reasonHeading, refuseOtherFields } from './layout.ts';
import { RowCheck } from './row-check.ts';
import { type RowMaker, rowMaker } from './row-of.ts';
import { bytesOf } from './text-encoding.ts';

/** What is read, from where on, and who hears of each row. */
export interface ScanOptions {
  readonly feed: FeedDefinition;
  readonly format: FeedFormat;
  readonly day: ReadingDate;
  /** Known where a part of the file is read; `null` at its beginning, which says it. */
  readonly layout: FeedLayout | null;
  /** The number of the first row that comes. */
  readonly firstRow: number;
  /** Hears every row, in its order: with null for one in order. What the scan says of the row holds until this returns. */
  readonly row: (scan: FeedScan, reason: RowReason | null) => void;
  /** Hears, window by window, how far the scan has got. */
  readonly windowEnd?: (scan: FeedScan) => void;
}

const windowBytes = 262_144;
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

const fieldsOf = (feed: FeedDefinition): FieldOf => {
  const names = [...feed.columns.map(({ heading }) => heading), reasonHeading].map((name) => bytesOf(name, 'utf-8'));
  let expected = 0;
  const isName = (field: number, bytes: Uint8Array, from: number, length: number): boolean => {
    const name = names[field];
    if (name?.length !== length) return false;
    for (let at = 0; at < length; at += 1) if (bytes[from + at] !== name[at]) return false;
    return true;
  };
  // Fields mostly come in one order: the one after the last is looked at first.
  return (bytes, from, to) => {
    for (let tried = 0; tried < names.length; tried += 1) {
      const field = (expected + tried) % names.length;
      if (!isName(field, bytes, from, to - from)) continue;
      expected = field + 1;
      return field;
    }
    return -1;
  };
};

/**
 * Reads a feed as its bytes come, in a window of one size, and tells every row. It waits for nothing and keeps nothing: the same code reads a
 * whole file, a part of it, and a benchmark's.
 */
export class FeedScan {
  readonly cells = new Cells(windowBytes);
  /** How many rows have been told. */
  rows = 0;
  check: RowCheck | null = null;
  readonly #options: ScanOptions;
  readonly #fieldOf: FieldOf;
  /** The bytes of the cells again, as what text is made of. */
  readonly #text = Buffer.from(this.cells.bytes.buffer);
  #layout: FeedLayout | null;
  #make: RowMaker | null = null;
  #filled = 0;
  #windowStart: number;
  #isPassing = false;
  #isEmpty = true;

  /** `position` is where in the file the first byte that comes stands. */
  constructor(options: ScanOptions, position = 0) {
    this.#options = options;
    this.#fieldOf = fieldsOf(options.feed);
    this.#layout = options.layout;
    this.#windowStart = position;
    if (options.layout !== null) this.#prepare(options.layout);
  }

  get layout(): FeedLayout | null {
    return this.#layout;
  }
  /** The number of the row that is being told. */
  get rowNumber(): number {
    return this.#options.firstRow + this.rows;
  }

  /** Takes the next bytes. Throws `FeedRefused` where the file is none of the dataset. */
  push(chunk: Uint8Array): void {
    for (let taken = 0; taken < chunk.length; ) {
      const room = windowBytes - this.#filled;
      const part = chunk.subarray(taken, taken + room);
      this.cells.bytes.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === windowBytes) this.#readWindow(false);
    }
  }

  /** Says that no more bytes come. Throws `FeedRefused` for a file without any. */
  end(): void {
    this.#readWindow(true);
    if (this.#layout !== null || !this.#isEmpty) return;
    const detail = { zh: '没有任何内容。', en: 'There is nothing in it.' };
    throw new FeedRefused({ reason: 'file-empty', detail });
  }

  /** Where in the file the row being told begins. */
  get rowPosition(): number {
    return this.#windowStart + this.cells.rowFrom;
  }

  /** Where in the window the resident ID of the row being told begins, where it is in order. */
  get personFrom(): number {
    return this.cells.from[this.check?.personPlace ?? 0] ?? 0;
  }

  /** The row being told, where it is in order. */
  row(): FeedRow {
    const { check } = this;
    if (check === null) throw new Error('no row has been told');
    this.#make ??= rowMaker(this.#options.feed);
    return this.#make(check.values, {
      rowNumber: this.rowNumber,
      residentId: this.#residentId(check),
      textAt: (place) => check.textIn(this.cells, place),
    });
  }

  /** The row being told, where it is rejected. */
  rejected(reason: RowReason): RejectedRow {
    const column = this.check?.column ?? null;
    return { rowNumber: this.rowNumber, reason, column, written: this.cells.rowBytes() };
  }

  #residentId({ personPlace }: RowCheck): string {
    const { from, to } = this.cells;
    return this.#text.toString('latin1', from[personPlace], to[personPlace]);
  }

  #prepare(layout: FeedLayout): void {
    this.#layout = layout;
    const encoding = this.#options.format === 'ndjson' ? 'utf-8' : layout.encoding;
    this.check = new RowCheck(this.#options.feed, { ...layout, encoding }, this.#options.day);
  }

  #next(at: number, limit: number, isLast: boolean): number {
    const { cells } = this;
    if (this.#options.format === 'csv') return readCsvRow(cells, at, limit, isLast);
    const fields = this.#options.feed.columns.length + 1;
    const encoding = this.#layout?.encoding ?? 'utf-8';
    return readJsonRow(cells, at, limit, { isLast, fields, fieldOf: this.#fieldOf, encoding });
  }

  /** Empty lines are no rows. Answers the first byte that is none. */
  #passEmptyLines(from: number): number {
    const { bytes } = this.cells;
    let at = from;
    while (at < this.#filled) {
      if (bytes[at] === newline) at += 1;
      else if (bytes[at] === carriageReturn && at + 1 < this.#filled && bytes[at + 1] === newline) at += 2;
      else break;
    }
    return at;
  }

  #passRestOfLine(from: number): number {
    const found = this.cells.bytes.subarray(from, this.#filled).indexOf(newline);
    this.#isPassing = found < 0;
    return found < 0 ? this.#filled : from + found + 1;
  }

  #readWindow(isLast: boolean): void {
    let at = 0;
    for (;;) {
      if (this.#isPassing) at = this.#passRestOfLine(at);
      at = this.#passEmptyLines(at);
      if (at >= this.#filled) break;
      const next = this.#layout === null ? this.#first(at, isLast) : this.#one(at, isLast);
      if (next < 0) break;
      at = next;
    }
    this.#options.windowEnd?.(this);
    this.cells.bytes.copyWithin(0, at, this.#filled);
    this.#filled -= at;
    this.#windowStart += at;
  }

  #one(at: number, isLast: boolean): number {
    const next = this.#next(at, this.#filled, isLast);
    if (next < 0) return -1;
    this.#isPassing = this.cells.fault === 'row-too-long';
    this.#options.row(this, this.check?.check(this.cells) ?? null);
    this.rows += 1;
    return next;
  }

  /** The beginning of the file: what it says of the rows. A mark of the byte order is dropped. */
  #first(at: number, isLast: boolean): number {
    const { cells } = this;
    const hasMark = byteOrderMark.every((byte, place) => cells.bytes[at + place] === byte);
    const from = hasMark ? at + byteOrderMark.length : at;
    this.#isEmpty = from === this.#filled;
    if (this.#isEmpty) return isLast ? from : -1;
    const next = this.#next(from, this.#filled, isLast);
    if (next < 0) return -1;
    const { feed, format } = this.#options;
    if (format === 'csv') {
      this.#prepare(layoutOfHeadings(cells, feed));
      return next;
    }
    const layout = layoutOfFields(cells, feed);
    refuseOtherFields(cells.bytes.subarray(cells.rowFrom, cells.rowTo), feed, layout.encoding);
    this.#prepare(layout);
    return from;
  }
}
