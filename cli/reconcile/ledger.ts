import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';

/** A record with a version, as far as invariants ask for it; what a kind has not is null. */
export const recordColumns = [
  ...['kind', 'id', 'version', 'state', 'division', 'household', 'application', 'review'],
  ...['determination', 'sort', 'at', 'due', 'escalated', 'wpk', 'wsk', 'run'],
  ...['emergency', 'amount', 'reserve', 'lasts', 'grievance', 'about', 'alert'],
  ...['report', 'joined', 'identified', 'ended', 'erased'],
] as const;
export type RecordColumn = (typeof recordColumns)[number];

const tables = {
  record: recordColumns,
  /** One line per record that an audit entry says it wrote. */
  move: ['kind', 'id', 'version', 'type', 'role', 'event', 'division'],
  entry: ['event', 'type', 'review', 'at', 'division', 'written'],
  claim: ['print', 'person', 'household', 'application'],
  /** What points at an event: idempotency records, outbox items, parked ones. */
  pointer: ['source', 'id', 'event', 'type', 'at', 'reason'],
  token: ['owner'],
  /** Entries of the assistance chain, with the months that they stand for. */
  assistance: ['entry', 'state', 'places', 'flagged', 'first', 'last'],
  /** One line for each entry in each place of a guard. */
  place: ['guard', 'span', 'side', 'slot', 'entry'],
  /** Payments of a county and a month, their lines, and what was corrected later (`listed` is then its number). */
  payment: ['run', 'what', 'line', 'state', 'sort', 'listed', 'ready', 'held', 'released', 'erased'],
  /** Closed referrals, each by itself (`stands`), and how many were counted when they were closed. */
  closing: ['county', 'month', 'department', 'stands', 'counted'],
  /** Alerts that have ended, each by itself (`stands`), and how many were counted when they did. */
  disposing: ['county', 'month', 'stands', 'counted'],
  /** What marks an emergency as aided. */
  guard: ['print', 'aid'],
  /** What marks that somebody is going to a person. */
  outreach: ['print', 'report'],
} as const satisfies Record<string, readonly string[]>;
type TableName = keyof typeof tables;
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** In KB. Sorting and reading keep within it whatever the size of the export; the rest is on disk. */
const cacheKilobytes = 16_000;
const rowsPerTransaction = 50_000;

/**
 * What was read of an export, kept on disk for the passes over it: memory stays the same for a county and for a province. It is a
 * scratch file of one run, gone with it.
 */
export interface Ledger {
  readonly add: (table: TableName, values: readonly SQLInputValue[]) => void;
  /** Rows in the order that the statement asks for, one at a time. */
  readonly rows: (sql: string, ...values: readonly SQLInputValue[]) => Iterable<Row>;
  readonly close: () => void;
}

export const openLedger = (): Ledger => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-reconcile-'));
  // SQLite sorts in files beside the database, not where the system keeps its own.
  process.env['SQLITE_TMPDIR'] = folder;
  const database = new DatabaseSync(join(folder, 'ledger.sqlite'));
  database.exec(
    `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -${cacheKilobytes}; PRAGMA temp_store = FILE; PRAGMA threads = 0;`,
  );
  for (const [name, columns] of Object.entries(tables)) database.exec(`CREATE TABLE ${name} (${columns.join(', ')})`);
  const statement = (name: TableName) =>
    database.prepare(`INSERT INTO ${name} VALUES (${tables[name].map(() => '?').join(', ')})`);
  const inserts = {
    record: statement('record'),
    move: statement('move'),
    entry: statement('entry'),
    claim: statement('claim'),
    pointer: statement('pointer'),
    token: statement('token'),
    assistance: statement('assistance'),
    place: statement('place'),
    payment: statement('payment'),
    closing: statement('closing'),
    disposing: statement('disposing'),
    guard: statement('guard'),
    outreach: statement('outreach'),
  } as const satisfies Record<TableName, ReturnType<typeof statement>>;
  let pending = 0;
  const settle = (): void => {
    if (pending > 0) database.exec('COMMIT');
    pending = 0;
  };
  return {
    add: (table, values) => {
      if (pending === 0) database.exec('BEGIN');
      pending += 1;
      inserts[table].run(...values);
      if (pending === rowsPerTransaction) settle();
    },
    rows: (sql, ...values) => {
      settle();
      return database.prepare(sql).iterate(...values);
    },
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Rows that follow each other and have the same key, together. The statement must be ordered by it. */
export const groupsBy = function* (
  rows: Iterable<Row>,
  column: string,
): Generator<readonly [key: string, rows: readonly Row[]]> {
  let group: Row[] = [];
  let key: string | undefined;
  for (const row of rows) {
    const next = text(row, column);
    if (key !== undefined && next !== key) {
      yield [key, group];
      group = [];
    }
    key = next;
    group.push(row);
  }
  if (key !== undefined) yield [key, group];
};

/** A column as text; an empty one for null. */
export const text = (row: Row, column: string): string => {
  const value = row[column];
  return value === null || value === undefined ? '' : String(value);
};
export const number = (row: Row, column: string): number => Number(row[column] ?? Number.NaN);
