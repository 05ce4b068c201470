import { closeSync, openSync, statfsSync, writeSync } from 'node:fs';
import type { LocalDate } from '../domain/dates.ts';
import type { Household } from '../domain/households/household.ts';
import { counties, townshipsOf } from '../policies/divisions/divisions.ts';
import { generateHouseholds } from '../synthetic/households.ts';
import { type Random, randomFrom } from '../synthetic/random.ts';

/** A roster as a file: one household a line, as the roster would hand it over. */
export interface RosterFile {
  readonly path: string;
  readonly bytes: number;
  readonly households: number;
  /** Where the first tenth of the households ends. */
  readonly tenth: { readonly bytes: number; readonly households: number };
}

/** A household of the synthetic county as text, with the places that make it another household with other income. */
interface Pattern {
  readonly text: Buffer;
  /** Where 32 hexadecimal digits stand, and whose they are. */
  readonly ids: readonly { readonly at: number; readonly owner: number }[];
  readonly owners: number;
  /** Where the last three digits of an amount of income stand. */
  readonly amounts: readonly number[];
}

const patternsAtMost = 4_680;
const chunkBytes = 8 * 1_024 * 1_024;

const patternOf = (household: Household): Pattern => {
  const text = `${JSON.stringify(household)}\n`;
  const owners = new Map<string, number>();
  const ids = [...text.matchAll(/(?<=hh_|per_)[0-9a-f]{32}/gu)].map((match) => {
    const owner = owners.get(match[0]) ?? owners.size;
    owners.set(match[0], owner);
    return { at: match.index, owner };
  });
  const income = /"kind":"income\.(?!exempt)[a-z-]+","subject":"[^"]+","value":[1-9]\d*(?=000,)/gu;
  const amounts = [...text.matchAll(income)].map((match) => match.index + match[0].length);
  return { text: Buffer.from(text), ids, owners: owners.size, amounts };
};

/** Households of every county, in the province's mix, with all that is wrong with real rosters. */
const patternsOf = (count: number, date: LocalDate): readonly Pattern[] => {
  const all = counties().filter(({ code }) => townshipsOf(code).length > 0);
  const each = Math.ceil(Math.min(count, patternsAtMost) / all.length);
  const patterns: Pattern[] = [];
  for (const { code } of all) {
    for (const { roster } of generateHouseholds({ seed: 'bench-roster', count: each, county: code, date })) {
      patterns.push(patternOf(roster.household));
    }
  }
  return patterns;
};

const digits = Buffer.from('0123456789abcdef');

const putHex = (buffer: Buffer, at: number, random: Random): void => {
  for (let place = at; place < at + 32; place += 8) {
    let rest = Math.floor(random.share() * 4_294_967_296);
    for (let digit = 7; digit >= 0; digit -= 1) {
      buffer[place + digit] = digits[rest & 15] ?? 0;
      rest >>>= 4;
    }
  }
};

const putHousehold = (buffer: Buffer, at: number, pattern: Pattern, random: Random): void => {
  pattern.text.copy(buffer, at);
  const firsts: number[] = [];
  for (const id of pattern.ids) {
    const first = firsts[id.owner];
    if (first === undefined) {
      firsts[id.owner] = at + id.at;
      putHex(buffer, at + id.at, random);
    } else buffer.copyWithin(at + id.at, first, first + 32);
  }
  for (const amount of pattern.amounts) {
    for (let digit = 0; digit < 3; digit += 1) buffer[at + amount + digit] = digits[random.integer(0, 9)] ?? 0;
  }
};

/** A decision is at most this long, with its length before it. */
const decisionBytes = 514;

/** Throws when a folder has too little room for so many households of so many bytes and for the decisions on them. */
export const checkRoom = (folder: string, count: number, bytesEach: number): void => {
  const needed = Math.ceil(count * (bytesEach + decisionBytes) * 1.05);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`;
  throw new Error(
    `${folder} has ${megabytes(free)} free, a roster of ${count} households and its decisions need ${megabytes(needed)}: ` +
      'name another folder with --folder, or fewer households with --households',
  );
};

/**
 * Writes a roster of so many households, the same every time: the synthetic households of every county over and over, each time as
 * other people with other income. Throws when the folder has too little room.
 */
export const writeRoster = (folder: string, path: string, count: number, date: LocalDate): RosterFile => {
  const patterns = patternsOf(count, date);
  checkRoom(folder, count, patterns.reduce((sum, { text }) => sum + text.length, 0) / patterns.length);
  const random = randomFrom('bench-roster');
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const households = Math.max(1, Math.floor(count / 10));
  const file = openSync(path, 'w');
  let [written, filled, tenth] = [0, 0, 0];
  const flush = (): void => {
    writeSync(file, buffer, 0, filled);
    written += filled;
    filled = 0;
  };
  try {
    for (let index = 0; index < count; index += 1) {
      const pattern = patterns[index % patterns.length];
      if (pattern === undefined) throw new RangeError('there is no household to write');
      if (filled + pattern.text.length > chunkBytes) flush();
      putHousehold(buffer, filled, pattern, random);
      filled += pattern.text.length;
      if (index + 1 === households) tenth = written + filled;
    }
    flush();
  } finally {
    closeSync(file);
  }
  return { path, bytes: written, households: count, tenth: { bytes: tenth, households } };
};
