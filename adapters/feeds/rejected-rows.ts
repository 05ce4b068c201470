import type { FeedFile, RowRefused } from '../../domain/feeds/feed-reader.ts';
import type { FeedLayout } from '../../domain/feeds/feed-run.ts';
import { reasonText } from '../../domain/feeds/roster-reasons.ts';
import { reasonHeading } from './layout.ts';
import { bytesOf, textOf } from './text-encoding.ts';

/** What is told of a row: the column it is about, what is wrong and what to do, in the language of whoever made the file. */
const toldOf = ({ definition }: FeedFile, { reason, column }: RowRefused): string => {
  const heading = definition.columns.find(({ code }) => code === column)?.heading;
  const { cause, cure } = reasonText(reason);
  return `${heading === undefined ? '' : `${heading}：`}${cause.zh}；${cure.zh}`;
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Whether the file is itself one of rejected rows, which has the column of reasons behind all others. */
const hasReasons = ({ cells, places }: FeedLayout): boolean => !places.includes(cells - 1);

/** The row without the reason it was given back with before. */
const withoutReason = (row: string): string => {
  const end = row.endsWith('"') ? row.lastIndexOf(',"') : row.lastIndexOf(',');
  return end < 0 ? row : row.slice(0, end);
};

const csvRow = (file: FeedFile, layout: FeedLayout, row: RowRefused): string => {
  // What is no text in the encoding of the file is given back as far as it is.
  const text = textOf(row.written, layout.encoding) ?? new TextDecoder(layout.encoding).decode(row.written);
  return `${hasReasons(layout) ? withoutReason(text) : text},${quoted(toldOf(file, row))}\n`;
};

const objectIn = (text: string): object => {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // It is given back as the text it is.
  }
  return { 原行: text };
};

const jsonRow = (file: FeedFile, row: RowRefused): string => {
  const text = new TextDecoder().decode(row.written);
  return `${JSON.stringify({ ...objectIn(text), [reasonHeading]: toldOf(file, row) })}\n`;
};

/** Rejected rows as they stood in the file, in its encoding, each with its reason behind it. */
export const rejectedRows = (file: FeedFile, layout: FeedLayout, rows: readonly RowRefused[]): Uint8Array =>
  file.format === 'csv'
    ? bytesOf(rows.map((row) => csvRow(file, layout, row)).join(''), layout.encoding)
    : new TextEncoder().encode(rows.map((row) => jsonRow(file, row)).join(''));

/** The headings of the file with that of the reasons; nothing for NDJSON, whose rows name their fields. */
export const rejectsHeading = (file: FeedFile, layout: FeedLayout, head: Uint8Array): Uint8Array => {
  if (file.format === 'ndjson') return new Uint8Array();
  const from = head.findIndex((byte) => byte !== 0x0a && byte !== 0x0d);
  const line = head.subarray(from, head.indexOf(0x0a, from) < 0 ? head.length : head.indexOf(0x0a, from));
  const headings = (textOf(line, layout.encoding) ?? '').replace(/\r$/u, '');
  return bytesOf(`${headings}${hasReasons(layout) ? '' : `,${reasonHeading}`}\n`, layout.encoding);
};
