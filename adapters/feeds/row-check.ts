import { highestCount, highestCountOf, isFactKind } from '../../domain/facts/fact-kinds.ts';
import type { FeedColumn, FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { Encoding } from '../../domain/feeds/feed-run.ts';
import type { RowReason } from '../../domain/feeds/reasons.ts';
import {
  amountAt,
  beginsFormula,
  type CodeWords,
  codeAt,
  countAt,
  dateAt,
  divisionAt,
  faultOf,
  nothing,
  type ReadingDate,
  reasonBehind,
  residentIdAt,
  textAt,
  trimCell,
} from './cell-values.ts';
import type { Cells } from './cells.ts';
import { bytesOf, textOf } from './text-encoding.ts';

/** A column of the dataset with what is needed to read its cells. */
interface CheckedColumn {
  readonly definition: FeedColumn;
  /** Which cell of a row is its; -1 where the file does not have the column. */
  readonly place: number;
  readonly words: CodeWords;
  /** What a count may be at most, by the kinds of facts it becomes. */
  readonly highest: number;
}

const countTooHigh = faultOf('count-too-high');
const formula = faultOf('formula');
const missing = faultOf('required-missing');

/** What the words of a column of codes mean, each once; a code is kept by its place here. */
export const meaningsOf = ({ codes = {} }: FeedColumn): readonly string[] => [...new Set(Object.values(codes))];

const wordsOf = (column: FeedColumn, encoding: Encoding): CodeWords => {
  const meanings = meaningsOf(column);
  const entries = Object.entries(column.codes ?? {}).map(([word, meaning]) => ({
    word,
    meaning: meanings.indexOf(meaning),
  }));
  return {
    written: entries.map(({ word, meaning }) => ({ bytes: bytesOf(word, encoding), meaning })),
    meanings: new Map(entries.map(({ word, meaning }) => [word.normalize('NFKC'), meaning])),
  };
};

const highestOf = ({ changes }: FeedDefinition, { code }: FeedColumn): number =>
  Math.min(
    ...changes.map((change) =>
      change.what === 'fact' && change.column === code && isFactKind(change.kind)
        ? highestCountOf(change.kind)
        : highestCount,
    ),
    highestCount,
  );

const atMost = (count: number, highest: number): number => (count > highest ? countTooHigh : count);

/** Two 32-bit lanes over some bytes (the rounds of MurmurHash3), kept between calls. */
class KeyHash {
  first = 0;
  second = 0;

  begin(): void {
    this.first = 0x9747b28c;
    this.second = 0x3c6ef372;
  }

  word(word: number): void {
    let one = Math.imul(word, 0xcc9e2d51);
    one = Math.imul((one << 15) | (one >>> 17), 0x1b873593);
    const first = this.first ^ one;
    this.first = (Math.imul((first << 13) | (first >>> 19), 5) + 0xe6546b64) | 0;
    let two = Math.imul(word, 0x239b961b);
    two = Math.imul((two << 16) | (two >>> 16), 0xab0e9789);
    const second = this.second ^ two;
    this.second = (Math.imul((second << 17) | (second >>> 15), 5) + 0x0bcaa747) | 0;
  }

  bytes(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    for (; at + 4 <= to; at += 4) {
      const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
      this.word(low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24));
    }
    let rest = to - from;
    for (; at < to; at += 1) rest = (rest << 8) | (bytes[at] ?? 0);
    this.word(rest);
  }

  end(): void {
    const mixed = (lane: number): number => {
      const once = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
      const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
      return (twice ^ (twice >>> 16)) >>> 0;
    };
    const first = mixed(this.first);
    this.second = mixed(this.second ^ first);
    this.first = first;
  }
}

/**
 * Reads and judges the rows of one dataset. After `check` the values of the row are in `values`, by the place of their column in the
 * definition: dates as YYYYMMDD, amounts in fen, codes by the place of their meaning, `nothing` for an empty cell.
 */
export class RowCheck {
  readonly feed: FeedDefinition;
  readonly values: Float64Array;
  /** The column of the fault that `check` found; null where it is the row's as a whole. */
  column: string | null = null;
  readonly key = new KeyHash();
  readonly #columns: readonly CheckedColumn[];
  readonly #dates: readonly number[];
  readonly #keys: readonly number[];
  readonly #person: number;
  readonly #asOf: number;
  readonly #about: { readonly encoding: Encoding; readonly day: ReadingDate };
  readonly #cells: number;

  constructor(
    feed: FeedDefinition,
    layout: { readonly places: readonly number[]; readonly cells: number; readonly encoding: Encoding },
    day: ReadingDate,
  ) {
    const { columns } = feed;
    const indexOf = (code: string): number => columns.findIndex((column) => column.code === code);
    this.feed = feed;
    this.values = new Float64Array(columns.length);
    this.#columns = columns.map((definition, index) => ({
      definition,
      place: layout.places[index] ?? -1,
      words: wordsOf(definition, layout.encoding),
      highest: highestOf(feed, definition),
    }));
    this.#dates = columns.flatMap(({ type }, index) => (type === 'date' ? [index] : []));
    this.#keys = feed.key.map(indexOf);
    this.#person = columns.findIndex(({ type }) => type === 'resident-id');
    this.#asOf = indexOf(feed.asOf);
    this.#about = { encoding: layout.encoding, day };
    this.#cells = layout.cells;
  }

  /** The first reason for which the row is rejected; null for a row in order. */
  check(cells: Cells): RowReason | null {
    this.column = null;
    if (cells.fault !== null) return cells.fault;
    if (cells.count !== this.#cells) return cells.count < this.#cells ? 'columns-too-few' : 'columns-too-many';
    for (let index = 0; index < this.#columns.length; index += 1) {
      const column = this.#columns[index];
      if (column === undefined) continue;
      const value = this.#valueOf(column, cells);
      if (value < 0 && value !== nothing) return this.#refused(index, reasonBehind(value));
      this.values[index] = value;
    }
    return this.#checkDates();
  }

  /** Which cell the resident ID is in. */
  get personPlace(): number {
    return this.#columns[this.#person]?.place ?? 0;
  }
  get asOfNumber(): number {
    return this.values[this.#asOf] ?? nothing;
  }

  /** Makes `key` the hash of the row's key, the same for the same record however its cells are written. */
  hashKey(cells: Cells): void {
    const { key } = this;
    key.begin();
    for (const index of this.#keys) {
      const column = this.#columns[index];
      if (column === undefined) continue;
      const { type } = column.definition;
      if (type === 'resident-id' || type === 'text' || type === 'name') {
        key.bytes(cells.bytes, cells.from[column.place] ?? 0, cells.to[column.place] ?? 0);
      } else key.word((this.values[index] ?? 0) | 0);
    }
    key.end();
  }

  #refused(index: number, reason: RowReason): RowReason {
    this.column = this.#columns[index]?.definition.code ?? null;
    return reason;
  }

  /** What stands in a column of the row being told, by the place of the column in the definition, as text; null where it is none. */
  textIn({ bytes, from, to }: Pick<Cells, 'bytes' | 'from' | 'to'>, place: number): string | null {
    const cell = this.#columns[place]?.place ?? -1;
    const begin = from[cell] ?? -1;
    return begin < 0 ? null : textOf(bytes.subarray(begin, to[cell]), this.#about.encoding);
  }

  #valueOf({ definition, place, words, highest }: CheckedColumn, cells: Cells): number {
    const absent = definition.required ? missing : nothing;
    if (place < 0 || (cells.from[place] ?? -1) < 0) return absent;
    trimCell(cells, place);
    const { bytes } = cells;
    const from = cells.from[place] ?? 0;
    const to = cells.to[place] ?? 0;
    if (from === to) return absent;
    if (beginsFormula(bytes[from])) return formula;
    const { encoding } = this.#about;
    switch (definition.type) {
      case 'resident-id':
        return residentIdAt(cells, place, this.#about);
      case 'date':
        return dateAt(bytes, from, to, encoding);
      case 'amount-yuan':
        return amountAt(bytes, from, to, encoding);
      case 'count':
        return atMost(countAt(bytes, from, to, encoding), highest);
      case 'code':
        return codeAt(bytes, from, to, { words, encoding });
      case 'division':
        return divisionAt(bytes, from, to, encoding);
      default:
        return textAt(bytes, from, to, encoding);
    }
  }

  #checkDates(): RowReason | null {
    const birth = this.values[this.#person] ?? 0;
    for (const index of this.#dates) {
      const date = this.values[index] ?? nothing;
      if (date === nothing) continue;
      if (date > this.#about.day.number) return this.#refused(index, 'date-future');
      if (date < birth) return this.#refused(index, 'date-before-birth');
    }
    return this.#checkDeath();
  }

  /** A death without its day is none. */
  #checkDeath(): RowReason | null {
    for (const change of this.feed.changes) {
      if (change.what !== 'death' || change.when === undefined) continue;
      const { columns } = this.feed;
      const { column, is } = change.when;
      const told = columns.findIndex(({ code }) => code === column);
      const day = columns.findIndex(({ code }) => code === change.column);
      const definition = columns[told];
      const isDeath = definition !== undefined && meaningsOf(definition)[this.values[told] ?? nothing] === is;
      if (isDeath && this.values[day] === nothing) return this.#refused(day, 'required-missing');
    }
    return null;
  }
}
