import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** By what dynoxide finds the rows of a segment, letter for letter as it asks, so that an index serves it. */
export const bucketOfRow = 'substr(hash_prefix, 1, 3)';

/** How long another connection to the same file is waited for. */
const waitMilliseconds = 30_000;

/** The tables of items: indexes of a table are tables too, and have no such column. */
const tablesOfItems = (database: DatabaseSync): readonly string[] =>
  z
    .array(z.looseObject({ name: z.string() }))
    .parse(
      database
        .prepare(
          "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'hash_prefix' ORDER BY m.name",
        )
        .all(),
    )
    .map(({ name }) => name);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Gives the database of dynoxide the indexes that it lacks, also while the engine runs on it. Without them it finds the next stream number by going through
 * the stream's records, so that writes grow slower with every record; and each page of a segment by going through the whole table, so that
 * a scan takes time by the square of the rows: with a province it would never end (docs/decisions/0024-index-for-segments-of-the-local-engine.md).
 */
export const indexDynoxide = (path: string): void => {
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${waitMilliseconds}`);
    database.exec(
      'CREATE INDEX IF NOT EXISTS stream_sequence ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
    );
    for (const name of tablesOfItems(database))
      database.exec(
        `CREATE INDEX IF NOT EXISTS ${quoted(`${name} by segment`)} ON ${quoted(name)}(${bucketOfRow}, hash_prefix, pk, sk)`,
      );
  } finally {
    database.close();
  }
};

/** The same, and drops records of streams that are older than a day, as DynamoDB drops them; while the engine is not running. */
export const tendDynoxide = (path: string): void => {
  indexDynoxide(path);
  const database = new DatabaseSync(path);
  database.exec("DELETE FROM _stream_records WHERE created_at < unixepoch('now', '-1 day')");
  database.close();
};
