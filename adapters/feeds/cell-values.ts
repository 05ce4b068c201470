import type { LocalDate } from '../../domain/dates.ts';
import { highestCount } from '../../domain/facts/fact-kinds.ts';
import type { Encoding } from '../../domain/feeds/feed-run.ts';
import { type RowReason, reasonOfId, rowReasonCodes } from '../../domain/feeds/reasons.ts';
import { maximumFen } from '../../domain/money.ts';
import { parseResidentId } from '../../domain/people/resident-id.ts';
import { type Cells, space } from './cells.ts';
import { charactersIn, textOf } from './text-encoding.ts';

/** What an empty cell reads as. */
export const nothing = -1_000;
const mostCharacters = 100;
const tab = 0x09;
const dot = 0x2e;
const minus = 0x2d;
const slash = 0x2f;
const zero = 0x30;

const places = new Map(rowReasonCodes.map((reason, place) => [reason, -1 - place]));
/** A reason as a number below zero, beside values that are none: so a cell is read without an object for what it comes to. */
export const faultOf = (reason: RowReason): number => places.get(reason) ?? -1;
/** The reason behind such a number. */
export const reasonBehind = (fault: number): RowReason => rowReasonCodes[-1 - fault] ?? 'not-text';

const faults = {
  notText: faultOf('not-text'),
  formula: faultOf('formula'),
  tooLong: faultOf('text-too-long'),
  dateForm: faultOf('date-form'),
  dateImpossible: faultOf('date-impossible'),
  amountForm: faultOf('amount-form'),
  amountNegative: faultOf('amount-negative'),
  amountTooFine: faultOf('amount-too-fine'),
  amountTooHigh: faultOf('amount-too-high'),
  countForm: faultOf('count-form'),
  countTooHigh: faultOf('count-too-high'),
  codeUnknown: faultOf('code-unknown'),
  divisionForm: faultOf('division-form'),
  idScientific: faultOf('id-scientific'),
  id15Digits: faultOf('id-15-digits'),
};

/** The day on which a file is read, in the two forms it is compared in. A date is kept as the number YYYYMMDD. */
export interface ReadingDate {
  readonly today: LocalDate;
  readonly number: number;
}
export const readingDate = (today: LocalDate): ReadingDate => ({ today, number: Number(today.replaceAll('-', '')) });

const longestMonths = Int32Array.of(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const isDay = (year: number, month: number, day: number): boolean =>
  day >= 1 && day <= (longestMonths[month] ?? 0) && (month !== 2 || day < 29 || isLeap(year));

/** The number that some digits are; -1 when one of them is none. */
const digitsAt = (bytes: Uint8Array, from: number, to: number): number => {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
};

/** A cell as text with full-width signs made ordinary and without blanks around it; null when it is none. */
const plainText = (bytes: Uint8Array, from: number, to: number, encoding: Encoding): string | null =>
  textOf(bytes.subarray(from, to), encoding)?.normalize('NFKC').trim() ?? null;

const weights = Int32Array.of(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
const checkBytes = Uint8Array.from('10X98765432', (character) => character.charCodeAt(0));
const oldestAge = 120;
/** The first two digits an ID may have, as `parseResidentId` has them. */
const provinces = Uint8Array.from({ length: 100 }, (_, code) =>
  Number(/^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/u.test(String(code).padStart(2, '0'))),
);

/** The date of birth in an ID of eighteen plain characters, or -1 where anything about it needs a closer look. */
const plainId = (bytes: Uint8Array, from: number, { number: today }: ReadingDate): number => {
  let sum = 0;
  for (let place = 0; place < 17; place += 1) {
    const digit = (bytes[from + place] ?? 0) - zero;
    if (digit < 0 || digit > 9) return -1;
    sum += digit * (weights[place] ?? 0);
  }
  if (checkBytes[sum % 11] !== bytes[from + 17] || provinces[digitsAt(bytes, from, from + 2)] !== 1) return -1;
  const year = digitsAt(bytes, from + 6, from + 10);
  const month = digitsAt(bytes, from + 10, from + 12);
  const day = digitsAt(bytes, from + 12, from + 14);
  const date = year * 10_000 + month * 100 + day;
  if (!isDay(year, month, day) || date > today) return -1;
  return today - date < (oldestAge + 1) * 10_000 ? date : -1;
};

const scientific = /^\d(?:\.\d*)?e\+?\d+$/iu;

/** An ID that is not written plainly: read by the domain, and written anew in its eighteen characters behind the window. */
const closeLookAtId = (
  cells: Cells,
  place: number,
  { encoding, day }: { encoding: Encoding; day: ReadingDate },
): number => {
  const text = plainText(cells.bytes, cells.from[place] ?? 0, cells.to[place] ?? 0, encoding);
  if (text === null) return faults.notText;
  if (scientific.test(text)) return faults.idScientific;
  const parsed = parseResidentId(text, day.today);
  if (/^\d{15}$/u.test(text)) return faults.id15Digits;
  if (!parsed.ok) return faultOf(reasonOfId(parsed.fault));
  const begin = cells.written;
  for (const character of parsed.value.id18) cells.write(character.charCodeAt(0));
  cells.from[place] = begin;
  cells.to[place] = cells.written;
  return Number(parsed.value.birthDate.replaceAll('-', ''));
};

/**
 * The date of birth in a resident ID, whose eighteen characters then stand at the cell's place; or its fault, as `parseResidentId` finds it. An
 * ID of 15 digits is refused: it has no check character, so that a slip of one digit would be somebody else.
 */
export const residentIdAt = (cells: Cells, place: number, about: { encoding: Encoding; day: ReadingDate }): number => {
  const from = cells.from[place] ?? 0;
  if ((cells.to[place] ?? 0) - from === 18) {
    const date = plainId(cells.bytes, from, about.day);
    if (date >= 0) return date;
  }
  return closeLookAtId(cells, place, about);
};

const writtenDate =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))(?: 0?0:00(?::00(?:\.0+)?)?)?$/u;

const closeLookAtDate = (text: string | null): number => {
  if (text === null) return faults.notText;
  const [year, month, day] = (writtenDate.exec(text) ?? []).slice(1).filter(Boolean).map(Number);
  if (year === undefined || month === undefined || day === undefined) return faults.dateForm;
  return isDay(year, month, day) ? year * 10_000 + month * 100 + day : faults.dateImpossible;
};

/** A date as the number YYYYMMDD, or its fault. */
export const dateAt = (bytes: Uint8Array, from: number, to: number, encoding: Encoding): number => {
  const between = bytes[from + 4];
  if (to - from === 10 && (between === minus || between === slash) && bytes[from + 7] === between) {
    const year = digitsAt(bytes, from, from + 4);
    const month = digitsAt(bytes, from + 5, from + 7);
    const day = digitsAt(bytes, from + 8, to);
    if (year >= 0 && month >= 0 && day >= 0) {
      return isDay(year, month, day) ? year * 10_000 + month * 100 + day : faults.dateImpossible;
    }
  }
  return closeLookAtDate(plainText(bytes, from, to, encoding));
};

const writtenAmount = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/u;

/** Fen by the digits of the yuan, never by a binary fraction. */
const closeLookAtAmount = (text: string | null): number => {
  if (text === null) return faults.notText;
  if (/^-[\d.,]+$/u.test(text)) return faults.amountNegative;
  if (text.startsWith('-')) return faults.formula;
  const [, yuan, fraction = ''] = writtenAmount.exec(text) ?? [];
  if (yuan === undefined) return faults.amountForm;
  const fen = fraction.replace(/0+$/u, '').padEnd(2, '0');
  if (fen.length > 2) return faults.amountTooFine;
  const digits = yuan.replaceAll(',', '').replace(/^0+/u, '');
  const amount = Number(digits + fen);
  return digits.length > 13 || amount > maximumFen ? faults.amountTooHigh : amount;
};

/** An amount of yuan in whole fen, or its fault. */
export const amountAt = (bytes: Uint8Array, from: number, to: number, encoding: Encoding): number => {
  const point = to - 3;
  if (to - from <= 12 && point > from && bytes[point] === dot) {
    const yuan = digitsAt(bytes, from, point);
    const fen = digitsAt(bytes, point + 1, to);
    if (yuan >= 0 && fen >= 0) return yuan * 100 + fen;
  }
  return closeLookAtAmount(plainText(bytes, from, to, encoding));
};

/** A whole number of things, or its fault. The kind of fact may allow fewer. */
export const countAt = (bytes: Uint8Array, from: number, to: number, encoding: Encoding): number => {
  if (to - from <= 4) {
    const count = digitsAt(bytes, from, to);
    if (count >= 0) return count <= highestCount ? count : faults.countTooHigh;
  }
  const text = plainText(bytes, from, to, encoding);
  if (text === null) return faults.notText;
  if (!/^\d+(?:\.0+)?$/u.test(text)) return faults.countForm;
  return Number(text) <= highestCount ? Number(text) : faults.countTooHigh;
};

/** The words of a column of codes, as bytes of the file and as text. */
export interface CodeWords {
  readonly written: readonly { readonly bytes: Uint8Array; readonly meaning: number }[];
  readonly meanings: ReadonlyMap<string, number>;
}

const isSame = (bytes: Uint8Array, from: number, word: Uint8Array): boolean => {
  for (let place = 0; place < word.length; place += 1) if (bytes[from + place] !== word[place]) return false;
  return true;
};

/** The place of a code's meaning among those of its column, or its fault. */
export const codeAt = (
  bytes: Uint8Array,
  from: number,
  to: number,
  { words, encoding }: { words: CodeWords; encoding: Encoding },
): number => {
  for (const { bytes: word, meaning } of words.written) {
    if (word.length === to - from && isSame(bytes, from, word)) return meaning;
  }
  const text = plainText(bytes, from, to, encoding);
  return text === null ? faults.notText : (words.meanings.get(text) ?? faults.codeUnknown);
};

/**
 * A county (6 digits) or a township (9) as a number, or its fault. A statistical code of 12 digits is that of its township, or of its county where
 * zeros follow. Which divisions there are is not known here.
 */
export const divisionAt = (bytes: Uint8Array, from: number, to: number, encoding: Encoding): number => {
  const text = plainText(bytes, from, to, encoding);
  if (text === null) return faults.notText;
  if (!/^\d{6}(?:\d{3}|\d{6})?$/u.test(text)) return faults.divisionForm;
  if (provinces[Number(text.slice(0, 2))] !== 1 || /^\d{4}00|^\d{2}00/u.test(text)) return faults.divisionForm;
  const township = text.slice(6, 9);
  return Number(township === '000' ? text.slice(0, 6) : text.slice(0, 9));
};

/** The length of a text, or its fault. */
export const textAt = (bytes: Uint8Array, from: number, to: number, encoding: Encoding): number => {
  if (bytes[from] === minus) return faults.formula;
  const characters = charactersIn(bytes, from, to, encoding);
  if (characters < 0) return faults.notText;
  return characters > mostCharacters ? faults.tooLong : characters;
};

/** Moves the bounds of a cell past the blanks around it. */
export const trimCell = ({ bytes, from, to }: Cells, place: number): void => {
  let begin = from[place] ?? 0;
  let end = to[place] ?? 0;
  if ((bytes[begin] ?? 0) > space && (bytes[end - 1] ?? 0) > space) return;
  while (begin < end && ((bytes[begin] ?? 0) === space || bytes[begin] === tab)) begin += 1;
  while (end > begin && ((bytes[end - 1] ?? 0) === space || bytes[end - 1] === tab)) end -= 1;
  from[place] = begin;
  to[place] = end;
};

/** Whether a cell begins with `=`, `+` or `@`: a spreadsheet would compute it. A minus begins an amount below zero as well. */
export const beginsFormula = (byte: number | undefined): boolean => byte === 0x3d || byte === 0x2b || byte === 0x40;
