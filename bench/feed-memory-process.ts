/** What a function holds at its highest while it looks at a whole file, and then goes through one piece of it: run bundled, as a function is. */
import { readFileSync } from 'node:fs';
import { keyringFrom } from '../adapters/crypto/keyring.ts';
import { peopleIndexes } from '../adapters/feeds/people-indexes.ts';
import { pieceReader } from '../adapters/feeds/piece-reader.ts';
import { LocalDate } from '../domain/dates.ts';
import { asked, report } from './child.ts';
import { feedAsked, highestMegabytes, MemoryAsked } from './feed-shapes.ts';

const { bytes: wanted, index, feed, ids } = asked(MemoryAsked);
const definition = feedAsked(feed);
const file = { definition, format: 'csv', day: LocalDate.parse('2026-11-26') } as const;
const reader = pieceReader(async () => keyringFrom('a secret of this benchmark, which protects nobody'));

/** What `bytesOfObject` reads at a time. */
const stretchBytes = 8 * 1024 * 1024;
const [id = ''] = readFileSync(ids, 'utf8')
  .split(/\r?\n/u)
  .filter((line) => /^\d{17}[\dX]$/u.test(line));
const known: Readonly<Record<string, string>> = {
  'resident-id': id,
  'name': '某某',
  'bill': '0000000000',
  'settled-on': '2026-10-20',
};
const cellOf = (code: string): string => known[code] ?? (code === 'major-illness' ? '是' : '12345.60');
const headings = Buffer.from(`${definition.columns.map(({ heading }) => heading).join(',')}\n`);
const row = Buffer.from(`${definition.columns.map(({ code }) => cellOf(code)).join(',')}\n`);
const numberAt = row.indexOf('0000000000');

/** A file of that many bytes that nobody has written down: every row has a bill of its own. */
const content = async function* (): AsyncGenerator<Uint8Array> {
  yield headings;
  const rows = Math.floor(stretchBytes / row.length);
  for (let number = 0, sent = 0; sent < wanted; sent += rows * row.length) {
    const stretch = Buffer.alloc(rows * row.length, row);
    for (let each = 0; each < rows; each += 1, number += 1)
      stretch.write(String(number).padStart(10, '0'), each * row.length + numberAt, 'latin1');
    yield stretch;
  }
};

const survey = await reader.survey(file, content());
if ('fault' in survey) throw new Error(survey.fault);
const surveyed = highestMegabytes();
const rows = survey.pieces.reduce((sum, piece) => sum + piece.rows, 0);

// The piece is held whole, as `compare-piece` holds it, beside the index; every row of it is asked for.
const [, piece] = survey.pieces;
if (piece === undefined) throw new Error('the file has one piece');
const held = Buffer.alloc(piece.rows * row.length, row);
for (let each = 0; each < piece.rows; each += 1)
  held.write(String(piece.firstRow + each).padStart(10, '0'), each * row.length + numberAt, 'latin1');
const filter = await peopleIndexes().filter('bench', async () => readFileSync(index));
const read = await reader.rows(file, piece, held, true);
let made = 0;
for (let from = 0; from < read.length; from += 500) {
  const places = Array.from({ length: Math.min(500, read.length - from) }, (_, place) => from + place);
  if (filter !== undefined) for (const place of places) read.mayConcern(place, filter);
  made += read.read(places).length;
}
report({ rows, pieces: survey.pieces.length, made, surveyed, compared: highestMegabytes() });
