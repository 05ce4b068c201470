import { type Cells, carriageReturn, comma, longestRow, newline, quote } from './cells.ts';

/** The end of a line without its line break: a carriage return before it belongs to it. */
const withoutReturn = (bytes: Uint8Array, from: number, to: number): number =>
  to > from && bytes[to - 1] === carriageReturn ? to - 1 : to;

/** A quoted cell in which a quote is written twice, with each written once, in the room behind the window. */
const withSingleQuotes = (cells: Cells, from: number, to: number): void => {
  const { bytes } = cells;
  const begin = cells.written;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    cells.write(byte);
    if (byte === quote) at += 1;
  }
  cells.add(begin, cells.written);
};

/**
 * Reads a quoted cell whose opening quote is at `from`. Answers where the byte after the closing quote is, or -1 when there is no closing quote
 * before `limit`.
 */
const quotedCell = (cells: Cells, from: number, limit: number): number => {
  const { bytes } = cells;
  let isEscaped = false;
  let at = from + 1;
  for (;;) {
    while (at < limit && bytes[at] !== quote) at += 1;
    if (at >= limit) return -1;
    if (at + 1 >= limit || bytes[at + 1] !== quote) break;
    isEscaped = true;
    at += 2;
  }
  if (isEscaped) withSingleQuotes(cells, from + 1, at);
  else cells.add(from + 1, at);
  return at + 1;
};

/** Where a cell that is not quoted ends: at a comma, a line break or `limit`. A quote inside it is misplaced. */
const plainEnd = (cells: Cells, from: number, limit: number): number => {
  const { bytes } = cells;
  let at = from;
  while (at < limit) {
    const byte = bytes[at] ?? 0;
    // A comma is the highest of the three that mean something: nearly every byte is above it.
    if (byte <= comma) {
      if (byte === comma || byte === newline) return at;
      if (byte === quote) cells.fault = 'quote-misplaced';
    }
    at += 1;
  }
  return at;
};

/** The next line break from a place on, or `limit`. */
const lineEnd = (bytes: Uint8Array, from: number, limit: number): number => {
  const found = bytes.subarray(from, limit).indexOf(newline);
  return found < 0 ? limit : from + found;
};

/**
 * Quotes that do not come out: the row is its first line and is rejected, and reading goes on in the next line, so that one stray quote costs
 * one line and never the rest of the file.
 */
const firstLineOnly = (cells: Cells, from: number, limit: number): number => {
  const end = lineEnd(cells.bytes, from, limit);
  cells.fault = 'quote-misplaced';
  cells.rowTo = withoutReturn(cells.bytes, from, end);
  return Math.min(end + 1, limit);
};

/** One cell and what stands before the next. Answers the place after it, or -1 where a quoted cell does not end. */
const cellFrom = (cells: Cells, from: number, limit: number): number => {
  const { bytes } = cells;
  if (bytes[from] !== quote || from >= limit) {
    const end = plainEnd(cells, from, limit);
    cells.add(from, end < limit && bytes[end] === comma ? end : withoutReturn(bytes, from, end));
    return end;
  }
  const after = quotedCell(cells, from, limit);
  if (after < 0) return -1;
  const rest = bytes[after] === carriageReturn ? after + 1 : after;
  if (rest >= limit || bytes[rest] === newline) return rest;
  if (bytes[after] === comma) return after;
  cells.fault = 'quote-misplaced';
  return plainEnd(cells, after, limit);
};

/** The end of a row that no line break ended before the horizon: the end of the file, quotes that do not come out, or a row too long. */
const endless = (cells: Cells, from: number, horizon: number, isEndOfFile: boolean): number => {
  const { bytes } = cells;
  const isWhole = isEndOfFile && cells.fault === null;
  if (!isWhole && lineEnd(bytes, from, horizon) < horizon) return firstLineOnly(cells, from, horizon);
  cells.rowTo = withoutReturn(bytes, from, horizon);
  if (!isEndOfFile) cells.fault = 'row-too-long';
  return horizon;
};

/**
 * Reads the row that begins at `from` into `cells`, by RFC 4180. Answers where the next row begins, or -1 when the row may go on behind
 * `limit`: then more bytes are needed, unless `isLast`. What it answers depends on nothing but the bytes from `from` on, so that a
 * file that is split between rows has the same rows. After a row that is too long, the rest of its line is to be passed over.
 */
export const readCsvRow = (cells: Cells, from: number, limit: number, isLast: boolean): number => {
  const { bytes } = cells;
  const horizon = Math.min(limit, from + longestRow);
  cells.begin(from);
  let at = from;
  for (;;) {
    at = cellFrom(cells, at, horizon);
    if (at < 0) cells.fault = 'quote-misplaced';
    if (at < 0 || at >= horizon) break;
    if (bytes[at] === newline) {
      if (cells.fault !== null && lineEnd(bytes, from, at) < at) return firstLineOnly(cells, from, horizon);
      cells.rowTo = withoutReturn(bytes, from, at);
      return at + 1;
    }
    at += 1;
  }
  if (horizon === limit && !isLast) return -1;
  return endless(cells, from, horizon, horizon === limit);
};
