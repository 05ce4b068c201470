import type { FeedFormat } from '../../domain/feeds/feed.ts';
import type { FeedDefinition } from '../../domain/feeds/feed-definition.ts';
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

const wrongHeadings = (feed: FeedDefinition, headings: readonly string[]): FeedRefused => {
  const { columns } = feed;
  const missing = columns.filter(({ heading, required }) => required && !headings.includes(heading));
  const known = [...columns.map(({ heading }) => heading), reasonHeading];
  const strange = headings.filter((heading) => !known.includes(heading)).map((heading) => heading.slice(0, 40));
  const twice = headings.filter((heading, place) => headings.indexOf(heading) !== place);
  const parts = (words: readonly [string, string, string], colon: string): string =>
    [missing.map(({ heading }) => heading), strange.slice(0, 10), twice]
      .map((list, place) => (list.length === 0 ? '' : `${words[place] ?? ''}${colon}${list.join('、')}`))
      .filter((part) => part !== '')
      .join('; ');
  const detail = {
    zh: parts(['缺少', '多出', '重复'], '：'),
    en: parts(['missing', 'unknown', 'twice'], ': '),
  };
  return new FeedRefused({ reason: 'wrong-dataset', detail });
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

/** Throws `FeedRefused` where the first row of NDJSON has none of the required fields: then it is no row of the dataset. */
export const refuseOtherFields = (line: Uint8Array, feed: FeedDefinition, encoding: Encoding): void => {
  let first: unknown;
  try {
    first = JSON.parse(textOf(line, encoding) ?? '');
  } catch {
    return;
  }
  const names = typeof first === 'object' && first !== null ? Object.keys(first) : [];
  const isOne = feed.columns.some(({ heading, required }) => required && names.includes(heading));
  if (!isOne) throw wrongHeadings(feed, names);
};
