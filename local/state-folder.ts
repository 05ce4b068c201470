import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type RunningInstance, runningInstanceFile } from '../contracts/running-instance.ts';
import { type DeadLetterFiles, deadLetterFiles } from './queues/dead-letter-files.ts';
import { StartFailure } from './start-failure.ts';

/** What the platform keeps between runs, in one database that only one platform at a time can hold open. */
export type StateStore = {
  readonly folder: string;
  readonly database: DatabaseSync;
  readonly readSetting: (name: string) => string | undefined;
  readonly writeSetting: (name: string, value: string) => void;
  /** Path of a file in the data folder, its parents made. */
  readonly path: (...parts: readonly string[]) => string;
  /** Appends one JSON line to queues/<name>.ndjson: what a dead-letter queue would have received. */
  readonly deadLetter: (queue: string, record: unknown) => void;
  /** The same queues, to be read and emptied. */
  readonly deadLetters: DeadLetterFiles;
  /** Number of records in each dead-letter file. */
  readonly deadLetterCounts: () => Readonly<Record<string, number>>;
  /** Adds a line to logs/platform.log: what went wrong between the parts, without payloads. */
  readonly note: (message: string) => void;
  /** Tells a second start, the command line and people where this platform answers, and who may log in. */
  readonly announce: (told: Omit<RunningInstance, 'pid'>) => void;
  readonly close: () => void;
};

const Setting = z.object({ value: z.string() });
const Announcement = z.looseObject({ pid: z.number(), apiUrl: z.string().optional() });

const inUse = (folder: string, error: unknown): StartFailure => {
  const file = join(folder, runningInstanceFile);
  const told = existsSync(file) ? Announcement.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  const who = told?.success ? ` (process ${told.data.pid}${told.data.apiUrl ? `, ${told.data.apiUrl}` : ''})` : '';
  return new StartFailure(
    `The data folder ${folder} is in use by another platform${who}.`,
    'Stop that one, or give another folder with --data.',
    { cause: error },
  );
};

const openDatabase = (folder: string): DatabaseSync => {
  const database = new DatabaseSync(join(folder, 'state.sqlite'));
  try {
    // The exclusive lock belongs to the process, so it ends with it, however the process ends: nothing stale to clean up.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.exec('BEGIN EXCLUSIVE; COMMIT;');
    database.exec('CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;');
    return database;
  } catch (error) {
    database.close();
    throw error instanceof Error && /locked|busy/u.test(error.message) ? inUse(folder, error) : error;
  }
};

/** Opens (or makes) the data folder and locks it. Throws StartFailure when another platform holds it. */
export const openStateFolder = (path: string): StateStore => {
  const folder = resolve(path);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  mkdirSync(join(folder, 'queues'), { recursive: true });
  const database = openDatabase(folder);
  const deadLetters = deadLetterFiles(join(folder, 'queues'));
  const read = database.prepare('SELECT value FROM settings WHERE name = ?');
  const write = database.prepare('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  const announcement = join(folder, runningInstanceFile);
  return {
    folder,
    database,
    readSetting: (name) => Setting.optional().parse(read.get(name))?.value,
    writeSetting: (name, value) => void write.run(name, value),
    path: (...parts) => {
      const file = join(folder, ...parts);
      mkdirSync(join(file, '..'), { recursive: true });
      return file;
    },
    deadLetter: deadLetters.add,
    deadLetters,
    deadLetterCounts: () =>
      Object.fromEntries(deadLetters.names().map((queue) => [queue, deadLetters.list(queue).length])),
    note: (message) => appendFileSync(join(folder, 'logs', 'platform.log'), `${new Date().toISOString()} ${message}\n`),
    announce: (told) =>
      writeFileSync(announcement, `${JSON.stringify({ pid: process.pid, ...told }, null, 2)}\n`, { mode: 0o600 }),
    close: () => {
      rmSync(announcement, { force: true });
      database.close();
    },
  };
};
