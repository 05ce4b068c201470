import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { RejectedRow } from '../../domain/feeds/feed-row.ts';
import type { Encoding, FeedLayout } from '../../domain/feeds/feed-run.ts';
import { reasonLine } from '../../domain/feeds/reason-words.ts';
import { Cells, quote } from './cells.ts';
import { readCsvRow } from './csv-rows.ts';
import { type FeedForm, reasonHeading } from './layout.ts';
import { bytesOf, readableIn, textOf } from './text-encoding.ts';

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

/** Some bytes as a text of one character each. */
const bytewise = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Reasons of rows whose cells do not come out as those of the headings. */
const isMisfit = ({ reason }: Refused): boolean =>
  ['quote-misplaced', 'row-too-long', 'columns-too-few', 'columns-too-many'].includes(reason);

/**
 * A row without its cells, as one cell with the others empty: as it stood, its stray quote would swallow the reason and the rows behind it, or the
 * reason would stand under another heading. A row with too few cells must not be made one of enough: handed in as it is, it is rejected again, since
 * the resident ID is none or is missing.
 */
const asOneCell = (written: Uint8Array, { layout }: RejectFile): Uint8Array => {
  const columns = layout.places.filter((place) => place >= 0).length;
  const doubled = bytewise(written).replaceAll('"', '""');
  return Buffer.from(`"${doubled}"${','.repeat(columns - 1)}`, 'latin1');
};

const csvLine = (row: Refused, file: RejectFile): Uint8Array => {
  const reason = `,${csvCell(reasonLine(row, file.feed, file.language))}${ending}`;
  const cells = isMisfit(row) ? asOneCell(row.written, file) : withoutReason(row.written, file);
  return joined([cells, bytesOf(reason, file.layout.encoding)]);
};

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at).toString(16).padStart(4, '0'))
    .map((unit) => `\\u${unit}`)
    .join('');

/** A text of JSON. What the encoding has no bytes for is escaped, so that nothing of it is lost. */
const jsonText = (text: string, encoding: Encoding): string =>
  JSON.stringify(text).replaceAll(/[^\u0000-\u007f]/gu, (character) =>
    bytesOf(character, encoding).length > 1 ? character : escaped(character),
  );

/** The reason that an object has from a reject file before, looked for in its bytes: no byte of a character of GBK or UTF-8 is a quote or a comma. */
const oldReasonIn = (encoding: Encoding): RegExp =>
  new RegExp(`,"${bytewise(bytesOf(reasonHeading, encoding))}":"(?:[^"]|\\\\")*"(?=\\}$)`, 'u');

/**
 * The object in its own bytes, with its reason as one field more. What is no object, or no text, is kept as far as it can be read, as a text beside
 * the reason.
 */
const jsonLine = (row: Refused, { feed, layout, language }: RejectFile): Uint8Array => {
  const { encoding } = layout;
  const text = textOf(row.written, encoding);
  const reason = `"${reasonHeading}":${JSON.stringify(reasonLine(row, feed, language))}}\n`;
  if (text === null || !/^[ \t\r]*\{.*\}[ \t\r]*$/su.test(text)) {
    const read = (text ?? readableIn(row.written, encoding)).trim();
    return bytesOf(`{"原文":${jsonText(read, encoding)},${reason}`, encoding);
  }
  const object = bytewise(row.written).trim().replace(oldReasonIn(encoding), '');
  const begun = object.slice(0, -1).replace(/[ \t]+$/u, '');
  const ours = bytesOf(`${begun === '{' ? '' : ','}${reason}`, encoding);
  return joined([Buffer.from(begun, 'latin1'), ours]);
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
