import type { FeedFormat } from '../../domain/feeds/feed.ts';
import type { FeedColumn, FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { FileFault } from '../../domain/feeds/feed-row.ts';
import type { Encoding, FeedLayout } from '../../domain/feeds/feed-run.ts';
import { fileReasons } from '../../domain/feeds/reasons.ts';
import type { Cells } from './cells.ts';
import { encodingOf, textOf } from './text-encoding.ts';

/** How a file is written, as its name or whoever sent it says. */
export interface FeedForm {
  readonly format: FeedFormat;
  readonly gzip: boolean;
}

/** The heading of the column that a reject file has more: a corrected reject file can be sent as it is. */
export const reasonHeading = '拒绝原因';

/** A file that is refused as a whole: nothing of it may be applied. */
export class FeedRefused extends Error {
  override readonly name = 'FeedRefused';
  readonly fault: FileFault;

  constructor(fault: FileFault, options?: ErrorOptions) {
    super(`${fault.reason}: ${fileReasons[fault.reason].cause.en}. ${fault.detail.en}`, options);
    this.fault = fault;
  }
}

const cellTexts = (cells: Cells, encoding: Encoding): string[] =>
  Array.from({ length: cells.count }, (_, place) =>
    (textOf(cells.bytes.subarray(cells.from[place], cells.to[place]), encoding) ?? '').normalize('NFKC').trim(),
  );

/**
 * The refusal of a file by its first row. What it holds beside the headings of the dataset is told only where it holds one of them: without a row of
 * headings it is a row about somebody, and its cells are an ID and a name.
 */
const wrongHeadings = (feed: FeedDefinition, headings: readonly string[]): FeedRefused => {
  const { columns } = feed;
  const missing = columns
    .filter(({ heading, required }) => required && !headings.includes(heading))
    .map(({ heading }) => heading);
  const known = [...columns.map(({ heading }) => heading), reasonHeading];
  const told = headings.some((heading) => known.includes(heading)) ? headings : [];
  const strange = told.filter((heading) => !known.includes(heading)).map((heading) => heading.slice(0, 40));
  const twice = told.filter((heading, place) => told.indexOf(heading) !== place);
  const parts = (words: readonly [string, string, string], colon: string): string =>
    [missing, strange.slice(0, 10), twice]
      .map((list, place) => (list.length === 0 ? '' : `${words[place] ?? ''}${colon}${list.join('、')}`))
      .filter((part) => part !== '')
      .join('; ');
  const detail = {
    zh: parts(['缺少', '多出', '重复'], '：'),
    en: parts(['missing', 'unknown', 'twice'], ': '),
  };
  return new FeedRefused({ reason: 'wrong-dataset', detail, missing });
};

const encodingOrRefused = (bytes: Uint8Array): Encoding => {
  const encoding = encodingOf(bytes);
  if (encoding !== null) return encoding;
  const detail = {
    zh: '第一行无法按 UTF-8 或 GBK 读取。',
    en: 'The first row cannot be read as UTF-8 or as GBK.',
  };
  throw new FeedRefused({ reason: 'encoding-unknown', detail });
};

/** The layout that a row of headings says, in any order. Throws `FeedRefused` where they are not those of the dataset. */
export const layoutOfHeadings = (cells: Cells, feed: FeedDefinition): FeedLayout => {
  const encoding = encodingOrRefused(cells.bytes.subarray(cells.rowFrom, cells.rowTo));
  const headings = cellTexts(cells, encoding);
  const places = feed.columns.map(({ heading }) => headings.indexOf(heading.normalize('NFKC')));
  const isComplete = feed.columns.every(({ required }, index) => !required || (places[index] ?? -1) >= 0);
  const found = places.filter((place) => place >= 0).length + (headings.includes(reasonHeading) ? 1 : 0);
  if (!isComplete || found !== headings.length || cells.fault !== null) throw wrongHeadings(feed, headings);
  return { encoding, cells: headings.length, places };
};

/** The layout of NDJSON: a place for each column, and one for the reason of a reject file. */
export const layoutOfFields = (cells: Cells, feed: FeedDefinition): FeedLayout => ({
  encoding: encodingOrRefused(cells.bytes.subarray(cells.rowFrom, cells.rowTo)),
  cells: feed.columns.length + 1,
  places: feed.columns.map((_, index) => index),
});

/** What every dataset requires, and what therefore says of none that a row is its own. */
const isOfAnyDataset = ({ type }: FeedColumn): boolean => type === 'resident-id' || type === 'name';

/**
 * Throws `FeedRefused` where the first row of NDJSON is no row of the dataset: it has nothing that this dataset requires and others do not, or has
 * fields of another and lacks a required one. A row that only lacks one is rejected like any other.
 */
export const refuseOtherFields = (line: Uint8Array, feed: FeedDefinition, encoding: Encoding): void => {
  let first: unknown;
  try {
    first = JSON.parse(textOf(line, encoding) ?? '');
  } catch {
    return;
  }
  const names = typeof first === 'object' && first !== null && !Array.isArray(first) ? Object.keys(first) : [];
  const required = feed.columns.filter((column) => column.required);
  const missing = required.filter(({ heading }) => !names.includes(heading));
  const own = required.filter((column) => !isOfAnyDataset(column));
  const hasStrange = names.some(
    (name) => name !== reasonHeading && !feed.columns.some(({ heading }) => heading === name),
  );
  const isOther = own.every((column) => missing.includes(column)) || (hasStrange && missing.length > 0);
  if (isOther) throw wrongHeadings(feed, names);
};
