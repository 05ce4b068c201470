import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../adapters/crypto/fingerprint.ts';
import { FingerprintIndex } from '../adapters/feeds/fingerprint-index.ts';
import { checkCharacterOf } from '../domain/people/resident-id.ts';
import { benchKey } from './feed-shapes.ts';

/** Made-up people of the unassigned block 1499xx; the number tells the person. */
const days = Array.from({ length: 25_000 }, (_, day) =>
  new Date(Date.UTC(1940, 0, 1) + day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''),
);
const idOf = (person: number): string => {
  const sequence = Math.floor(person / days.length);
  const district = String(1_499_00 + Math.floor(sequence / 1_000));
  const digits = `${district}${days[person % days.length] ?? ''}${String(sequence % 1_000).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};

/** What is planted in the rows: each kind of bad row once in so many. */
const every = {
  'id-check-digit': 500,
  'id-scientific': 700,
  'date-impossible': 900,
  'amount-form': 1_100,
  'duplicate': 1_300,
};
export type Planted = Readonly<Record<keyof typeof every, number>>;
const plantedAt = (row: number): keyof Planted | null => {
  for (const [reason, times] of Object.entries(every)) if (row % times === 77) return isPlanted(reason) ? reason : null;
  return null;
};
const isPlanted = (reason: string): reason is keyof Planted => Object.hasOwn(every, reason);

const headings = [
  '身份证号',
  '姓名',
  '结算单号',
  '结算日期',
  '本次个人自付金额',
  '本户近12个月个人自付金额',
  '是否重特大疾病',
];

/** The cells of a row, of which some are spoilt; the ID is one of the roster for every seventh person. */
const cellsOf = (row: number): readonly string[] => {
  const kind = plantedAt(row);
  const id = idOf(row);
  const bill = kind === 'duplicate' ? row - 1 : row;
  const person = kind === 'duplicate' ? idOf(row - 1) : id;
  const wrong = id.endsWith('0') ? '1' : '0';
  return [
    kind === 'id-check-digit' ? id.slice(0, 17) + wrong : kind === 'id-scientific' ? '1.499E+17' : person,
    row % 50 === 3 ? '王,小明' : '王小明',
    `JS${bill}`,
    kind === 'date-impossible' ? '2026-02-30' : `2026-10-${String((row % 28) + 1).padStart(2, '0')}`,
    kind === 'amount-form' ? '1.2E+3' : `${row % 9_999}.${String(row % 100).padStart(2, '0')}`,
    `${row % 99_999}.50`,
    row % 7 === 0 ? '是' : '否',
  ];
};

const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\n`;
const jsonLine = (cells: readonly string[]): string =>
  `{${cells.map((cell, place) => `"${headings[place] ?? ''}":"${cell}"`).join(',')}}\n`;

const written = (path: string, pieces: Iterable<string>): void => {
  const file = openSync(path, 'w');
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < 1_000_000) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
};

/** What the files of the benchmark are, and what has to be found in them. */
export interface FeedFiles {
  readonly csv: string;
  readonly ndjson: string;
  readonly ids: string;
  readonly index: string;
  readonly planted: Planted;
}

/** Writes the feed in both formats, the IDs of the roster for the peer, and their index for us. */
export const writeFeedFiles = (folder: string, rows: number, people: number): FeedFiles => {
  const files = {
    csv: join(folder, 'bills.csv'),
    ndjson: join(folder, 'bills.ndjson'),
    ids: join(folder, 'ids.csv'),
    index: join(folder, 'roster.index'),
  };
  const each = function* (line: (cells: readonly string[]) => string, head: string): Generator<string> {
    yield head;
    for (let row = 1; row <= rows; row += 1) yield line(cellsOf(row));
  };
  const roster = function* (of: (id: string) => string, head: readonly string[]): Generator<string> {
    yield* head;
    for (let person = 0; person < people; person += 1) yield of(idOf(person * 7));
  };
  written(files.csv, each(csvLine, csvLine(headings)));
  written(files.ndjson, each(jsonLine, ''));
  written(
    files.ids,
    roster((id) => `${id}\n`, ['id\n']),
  );
  writeFileSync(files.index, FingerprintIndex.of(roster((id) => fingerprint(benchKey, id), [])).serialise());
  const planted = { 'id-check-digit': 0, 'id-scientific': 0, 'date-impossible': 0, 'amount-form': 0, 'duplicate': 0 };
  for (let row = 1; row <= rows; row += 1) {
    const kind = plantedAt(row);
    if (kind !== null) planted[kind] += 1;
  }
  return { ...files, planted };
};
