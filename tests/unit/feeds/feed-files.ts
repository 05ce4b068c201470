import { tmpdir } from 'node:os';
import type { FeedForm } from '../../../adapters/feeds/layout.ts';
import { readRows } from '../../../adapters/feeds/read-rows.ts';
import { type FeedPiece, type SurveyedFeed, surveyFeed } from '../../../adapters/feeds/survey.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { feedOn } from '../../../domain/feeds/feed-definition.ts';
import type { RowOutcome } from '../../../domain/feeds/feed-row.ts';
import { checkCharacterOf } from '../../../domain/people/resident-id.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';

export const today = LocalDate.parse('2026-11-26');
export const csv: FeedForm = { format: 'csv', gzip: false };
export const ndjson: FeedForm = { format: 'ndjson', gzip: false };

/** The definition of a dataset of Shanxi's pack. */
export const feedNamed = (name: string) => {
  const feed = feedOn(shanxiPack.feeds, name, today);
  if (feed === null) throw new Error(`no dataset ${name}`);
  return feed;
};

/** A made-up resident ID of the unassigned block, by its number. */
export const idOf = (number: number): string => {
  const birth = String(19_400_101 + (number % 50) * 10_000 + (number % 12) * 100 + (number % 28));
  const digits = `1499${String(Math.floor(number / 600) % 100).padStart(2, '0')}${birth}${String(number % 600).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};

export const deathHeadings = '身份证号,姓名,死亡日期,登记日期,死亡证明编号';
export const deathRow = (number: number): string => `${idOf(number)},王某,2026-10-0${(number % 9) + 1},2026-10-20,`;

const chunks = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

export const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text;

interface Given {
  readonly dataset?: string;
  readonly form?: FeedForm;
  readonly pieceBytes?: number;
  readonly chunk?: number;
}

export const survey = (text: string | Uint8Array, given: Given = {}): Promise<SurveyedFeed> => {
  const { dataset = 'deaths', form = csv, pieceBytes = 1e9, chunk = 1e9 } = given;
  const bytes = chunks(bytesOf(text), chunk);
  return surveyFeed({ bytes, form, feed: feedNamed(dataset), today, pieceBytes, scratchFolder: tmpdir() });
};

export const rowsOfPiece = async (
  text: string | Uint8Array,
  piece: FeedPiece,
  given: Given = {},
): Promise<RowOutcome[]> => {
  const { dataset = 'deaths', form = csv, chunk = 1e9 } = given;
  const part = bytesOf(text).subarray(piece.from, piece.to ?? undefined);
  const batches = readRows({ bytes: chunks(part, chunk), form, feed: feedNamed(dataset), today, piece });
  return (await Array.fromAsync(batches)).flat();
};

/** Every row of a file that is not refused, read in the pieces of its survey. */
export const rowsOf = async (text: string | Uint8Array, given: Given = {}): Promise<RowOutcome[]> => {
  const surveyed = await survey(text, given);
  if (!surveyed.ok) throw new Error(surveyed.fault.reason);
  const rows: RowOutcome[] = [];
  for (const piece of surveyed.survey.pieces) rows.push(...(await rowsOfPiece(text, piece, given)));
  return rows;
};

/** What each row comes to, in a word. */
export const wordsOf = (rows: readonly RowOutcome[]): string[] =>
  rows.map((row) =>
    row.outcome === 'valid' ? 'valid' : [row.rejected.reason, row.rejected.column].filter(Boolean).join(' '),
  );
