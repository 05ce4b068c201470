import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { LocalDate } from '../domain/dates.ts';
import { type RosterFile, writeRoster } from './roster-file.ts';

const Note = z.strictObject({
  path: z.string(),
  bytes: z.int(),
  households: z.int(),
  tenth: z.strictObject({ bytes: z.int(), households: z.int() }),
});

/** Where a roster file is put, how large it is, and whether it stays for another run. */
export interface RosterFolderOptions {
  readonly households: number;
  readonly folder: string | null;
  readonly keep: boolean;
}

/** A roster file to work on, and a place beside it; `close` removes both unless they are to be kept. */
export interface RosterFolder {
  readonly file: RosterFile;
  readonly output: string;
  readonly close: () => void;
}

const folderOf = ({ folder, keep }: RosterFolderOptions): string => {
  if (folder === null && !keep) return mkdtempSync(join(tmpdir(), 'hearth-bench-roster-'));
  const chosen = folder ?? join(tmpdir(), 'hearth-bench-roster');
  mkdirSync(chosen, { recursive: true });
  return chosen;
};

const keptFile = (note: string): RosterFile | null => {
  if (!existsSync(note)) return null;
  const file = Note.parse(JSON.parse(readFileSync(note, 'utf8')));
  return existsSync(file.path) && statSync(file.path).size === file.bytes ? file : null;
};

/** Finds the roster file kept by an earlier run, or writes it. A folder of our own making is removed when the process ends. */
export const openRosterFolder = (
  options: RosterFolderOptions,
  date: LocalDate,
  progress: (text: string) => void,
): RosterFolder => {
  const folder = folderOf(options);
  const name = join(folder, `roster-${options.households}-on-${date}`);
  const [path, note, output] = [`${name}.ndjson`, `${name}.json`, `${name}.decisions`];
  const ours = options.folder === null && !options.keep ? [folder] : options.keep ? [] : [path, note];
  const close = (): void => {
    for (const each of [...ours, `${output}.0`, `${output}.1`]) rmSync(each, { recursive: true, force: true });
  };
  process.once('exit', close);
  const kept = keptFile(note);
  if (kept !== null) {
    progress(`using ${kept.path} of an earlier run`);
    return { file: kept, output, close };
  }
  progress(`writing ${options.households.toLocaleString('en')} households to ${path}`);
  const file = writeRoster(folder, path, options.households, date);
  writeFileSync(note, JSON.stringify(file));
  progress(`written: ${Math.round(file.bytes / 1_000_000).toLocaleString('en')} MB`);
  return { file, output, close };
};
