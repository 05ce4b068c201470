import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { RejectedRow } from '../../domain/feeds/feed-row.ts';
import type { FeedLayout } from '../../domain/feeds/feed-run.ts';
import { reasonLine } from '../../domain/feeds/reason-words.ts';
import { Cells, quote } from './cells.ts';
import { readCsvRow } from './csv-rows.ts';
import { type FeedForm, reasonHeading } from './layout.ts';
import { bytesOf, textOf } from './text-encoding.ts';

/** What a reject file is written in: the form, the layout and the columns of the file it came from, and the language of its reasons. */
export interface RejectFile {
  readonly form: FeedForm;
  readonly layout: FeedLayout;
  readonly feed: FeedDefinition;
  readonly language: 'zh' | 'en';
}

/** Where in the file a row stood is not told. */
type Refused = Omit<RejectedRow, 'rowNumber'>;

const ending = '\r\n';
const csvCell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The headings of the file in its own order, with that of the reason at the end. */
const headingLine = ({ layout, feed }: RejectFile): string => {
  const headings = Array.from({ length: layout.cells }, () => reasonHeading);
  layout.places.forEach((place, index) => {
    if (place >= 0) headings[place] = feed.columns[index]?.heading ?? '';
  });
  return [...headings.filter((heading) => heading !== reasonHeading), reasonHeading].join(',');
};

/** A row without the reason that it has from a reject file before; that one stands in its last cell. */
const withoutReason = (written: Uint8Array, { layout }: RejectFile): Uint8Array => {
  const columns = layout.places.filter((place) => place >= 0).length;
  if (layout.cells === columns) return written;
  const cells = new Cells(written.length);
  cells.bytes.set(written);
  readCsvRow(cells, 0, written.length, true);
  const last = cells.from[layout.cells - 1] ?? 0;
  if (cells.fault !== null || cells.count !== layout.cells || last > written.length) return written;
  return written.subarray(0, (written[last - 1] === quote ? last - 1 : last) - 1);
};

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

const csvLine = (row: Refused, file: RejectFile): Uint8Array => {
  const reason = `,${csvCell(reasonLine(row, file.feed, file.language))}${ending}`;
  return joined([withoutReason(row.written, file), bytesOf(reason, file.layout.encoding)]);
};

const oldReason = new RegExp(`,"${reasonHeading}":"(?:[^"\\\\]|\\\\.)*"(?=\\}$)`, 'u');

/** The object with its reason as one field more; what is no object is kept as a text beside the reason. */
const jsonLine = (row: Refused, { feed, layout, language }: RejectFile): Uint8Array => {
  const text = (textOf(row.written, layout.encoding) ?? '').trim().replace(oldReason, '');
  const reason = `"${reasonHeading}":${JSON.stringify(reasonLine(row, feed, language))}}\n`;
  const isObject = /^\{.*\}$/su.test(text);
  const begun = isObject ? text.slice(0, -1).trimEnd() : `{"原文":${JSON.stringify(text)}`;
  return bytesOf(`${begun}${begun === '{' ? '' : ','}${reason}`, layout.encoding);
};

/** What the file begins with: the headings, or nothing where each row names its fields. */
export const rejectsHeading = (file: RejectFile): Uint8Array =>
  file.form.format === 'csv' ? bytesOf(`${headingLine(file)}${ending}`, file.layout.encoding) : new Uint8Array();

/** Some rows of the file, each with its reason. */
export const rejectedRows = (rows: readonly Refused[], file: RejectFile): Uint8Array =>
  joined(rows.map((row) => (file.form.format === 'csv' ? csvLine(row, file) : jsonLine(row, file))));

async function* plainRejects(
  rows: AsyncIterable<readonly RejectedRow[]>,
  file: RejectFile,
): AsyncGenerator<Uint8Array> {
  yield rejectsHeading(file);
  for await (const batch of rows) yield rejectedRows(batch, file);
}

/**
 * The rejected rows as a file of the form and encoding they came in: each as it stood, with the reason in a column more. Corrected, it can be sent
 * as it is. It holds what the department wrote about people and belongs to nobody else.
 */
export const rejectFile = (
  rows: AsyncIterable<readonly RejectedRow[]>,
  file: RejectFile,
): AsyncIterable<Uint8Array> => {
  const plain = plainRejects(rows, file);
  return file.form.gzip ? Readable.from(plain).pipe(createGzip()) : plain;
};
