import type { Encoding } from '../../domain/feeds/feed-run.ts';
import type { RowReason } from '../../domain/feeds/reasons.ts';
import { type Cells, carriageReturn, comma, longestRow, newline, quote, space } from './cells.ts';

const backslash = 0x5c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const tab = 0x09;
const utf8 = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Tells a field by the bytes of its name; -1 for one that was not agreed. */
export type FieldOf = (bytes: Uint8Array, from: number, to: number) => number;

/** Where one line is read, and what has been found in it. */
interface Line {
  readonly cells: Cells;
  readonly to: number;
  at: number;
}

const isBlank = (byte: number | undefined): boolean => byte === space || byte === tab;
const passBlanks = (line: Line): number | undefined => {
  while (line.at < line.to && isBlank(line.cells.bytes[line.at])) line.at += 1;
  return line.at < line.to ? line.cells.bytes[line.at] : undefined;
};

/** The closing quote of a text whose opening quote is at `line.at`, and whether something in it is escaped; -1 when it is not closed. */
const textEnd = ({ cells, to, at }: Line): { end: number; isEscaped: boolean } => {
  const { bytes } = cells;
  let isEscaped = false;
  let end = at + 1;
  while (end < to && bytes[end] !== quote) {
    if (bytes[end] === backslash) {
      isEscaped = true;
      end += 1;
    } else if ((bytes[end] ?? 0) < space) return { end: -1, isEscaped };
    end += 1;
  }
  return { end: end < to ? end : -1, isEscaped };
};

/** The text between two quotes with its escapes undone, in the room behind the window; null when it is no text of JSON. */
const unescaped = (cells: Cells, from: number, to: number): { from: number; to: number } | null => {
  let text: unknown;
  try {
    text = JSON.parse(strict.decode(cells.bytes.subarray(from - 1, to + 1)));
  } catch {
    return null;
  }
  const begin = cells.written;
  for (const byte of utf8.encode(String(text))) cells.write(byte);
  return { from: begin, to: cells.written };
};

/** A text at `line.at`: where its bytes are. Moves behind it; null when it is not well formed. */
const textAt = (line: Line): { from: number; to: number } | null => {
  const { end, isEscaped } = textEnd(line);
  if (end < 0) return null;
  const from = line.at + 1;
  line.at = end + 1;
  return isEscaped ? unescaped(line.cells, from, end) : { from, to: end };
};

const bareValue = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/u;

/** A number, true, false or null at `line.at`, as it is written: digits are never made a number of. `null` is an empty cell. */
const bareAt = (line: Line): { from: number; to: number } | null => {
  const { bytes } = line.cells;
  const from = line.at;
  while (line.at < line.to && bytes[line.at] !== comma && bytes[line.at] !== closeBrace && !isBlank(bytes[line.at])) {
    line.at += 1;
  }
  let word = '';
  for (let at = from; at < Math.min(line.at, from + 400); at += 1) word += String.fromCharCode(bytes[at] ?? 0);
  if (!bareValue.test(word)) return null;
  return word === 'null' ? { from, to: from } : { from, to: line.at };
};

/** One field, from its name to its value. */
const fieldAt = (line: Line, fieldOf: FieldOf): RowReason | null => {
  const { cells } = line;
  if (passBlanks(line) !== quote) return 'json-form';
  const name = textAt(line);
  if (name === null || passBlanks(line) !== colon) return 'json-form';
  line.at += 1;
  const value = passBlanks(line) === quote ? textAt(line) : bareAt(line);
  if (value === null) return 'json-form';
  const field = fieldOf(cells.bytes, name.from, name.to);
  if (field < 0) return 'field-unknown';
  if ((cells.from[field] ?? 0) >= 0) return 'field-repeated';
  cells.from[field] = value.from;
  cells.to[field] = value.to;
  return null;
};

/** The fields of one object, in any order. The first fault ends the reading. */
const fieldsAt = (line: Line, fieldOf: FieldOf): RowReason | null => {
  if (passBlanks(line) !== openBrace) return 'json-form';
  line.at += 1;
  if (passBlanks(line) === closeBrace) line.at += 1;
  else {
    for (;;) {
      const fault = fieldAt(line, fieldOf);
      if (fault !== null) return fault;
      const next = passBlanks(line);
      line.at += 1;
      if (next === closeBrace) break;
      if (next !== comma) return 'json-form';
    }
  }
  return passBlanks(line) === undefined ? null : 'json-form';
};

/** A line of GBK as UTF-8 in the room behind the window, since a byte of GBK may look like a backslash. */
const inUtf8 = (cells: Cells, from: number, to: number): { from: number; to: number } | null => {
  let text: string;
  try {
    text = new TextDecoder('gb18030', { fatal: true }).decode(cells.bytes.subarray(from, to));
  } catch {
    return null;
  }
  const begin = cells.written;
  for (const byte of utf8.encode(text)) cells.write(byte);
  return cells.written === cells.bytes.length ? null : { from: begin, to: cells.written };
};

const hasHighByte = (bytes: Uint8Array, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if ((bytes[at] ?? 0) >= 0x80) return true;
  return false;
};

/**
 * Reads the line that begins at `from` as one flat object into `cells`, each value at the place of its field. Answers as `readCsvRow` does. The
 * digits of a number are taken as they are written, so that an ID of 18 digits loses none.
 */
export const readJsonRow = (
  cells: Cells,
  from: number,
  limit: number,
  { isLast, fields, fieldOf, encoding }: { isLast: boolean; fields: number; fieldOf: FieldOf; encoding: Encoding },
): number => {
  const { bytes } = cells;
  const horizon = Math.min(limit, from + longestRow);
  const found = bytes.subarray(from, horizon).indexOf(newline);
  if (found < 0 && horizon === limit && !isLast) return -1;
  const end = found < 0 ? horizon : from + found;
  cells.begin(from);
  cells.count = fields;
  cells.from.fill(-1, 0, fields);
  cells.to.fill(-1, 0, fields);
  cells.rowTo = end > from && bytes[end - 1] === carriageReturn ? end - 1 : end;
  if (found < 0 && horizon < limit) {
    cells.fault = 'row-too-long';
    return horizon;
  }
  const isForeign = encoding === 'gbk' && hasHighByte(bytes, from, cells.rowTo);
  const line = isForeign ? inUtf8(cells, from, cells.rowTo) : { from, to: cells.rowTo };
  cells.fault = line === null ? 'not-text' : fieldsAt({ cells, at: line.from, to: line.to }, fieldOf);
  return found < 0 ? end : end + 1;
};
