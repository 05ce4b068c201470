import type { RowReason } from '../../domain/feeds/reasons.ts';

/** Bytes that mean something in a file. None of them is part of a character of two or more bytes, in UTF-8 or in GBK. */
export const newline = 0x0a;
export const carriageReturn = 0x0d;
export const space = 0x20;
export const quote = 0x22;
export const comma = 0x2c;

/** A row longer than this is not looked at, and no look for the end of a quoted cell goes further. In bytes. */
export const longestRow = 65_536;
/** A file with more columns than this has more than any dataset. */
export const mostCells = 64;

/**
 * The window of a file that is being read, and the cells of its current row by their places in it. Behind the window is room for cells that
 * do not stand in the file as they are meant: with quotes written twice, or with full-width digits. Rows are read in place; nothing is
 * copied and no text is made of a row that nobody asks for.
 */
export class Cells {
  readonly bytes: Uint8Array;
  /** Where the room behind the window begins. */
  readonly scratchFrom: number;
  readonly from = new Int32Array(mostCells);
  readonly to = new Int32Array(mostCells);
  count = 0;
  /** Why the row is rejected whatever its cells say. */
  fault: RowReason | null = null;
  /** The row without its line break. */
  rowFrom = 0;
  rowTo = 0;
  #scratchUsed: number;

  constructor(windowBytes: number) {
    this.bytes = new Uint8Array(windowBytes + 4 * longestRow);
    this.scratchFrom = windowBytes;
    this.#scratchUsed = windowBytes;
  }

  begin(at: number): void {
    this.count = 0;
    this.fault = null;
    this.rowFrom = at;
    this.#scratchUsed = this.scratchFrom;
  }

  add(from: number, to: number): void {
    if (this.count < mostCells) {
      this.from[this.count] = from;
      this.to[this.count] = to;
    }
    this.count += 1;
  }

  /** Takes a byte into the room behind the window and says where the next one goes; what has no room left is dropped. */
  write(byte: number): void {
    if (this.#scratchUsed < this.bytes.length) this.bytes[this.#scratchUsed] = byte;
    this.#scratchUsed += 1;
  }
  get written(): number {
    return Math.min(this.#scratchUsed, this.bytes.length);
  }

  /** A copy of the row as it stands in the file. */
  rowBytes(): Uint8Array {
    return this.bytes.slice(this.rowFrom, Math.min(this.rowTo, this.rowFrom + longestRow));
  }
}
