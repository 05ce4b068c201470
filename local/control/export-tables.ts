import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { EngineKind } from '../dynamodb/engine.ts';
import type { EngineClient } from '../dynamodb/json-client.ts';

/** What an export needs: the tables, the engine that has them, and a number that grows whenever a function has run. */
export type ExportParts = {
  readonly tables: readonly { readonly name: string; readonly arn: string }[];
  readonly engine: EngineKind;
  readonly folder: string;
  readonly client: EngineClient;
  readonly now: () => number;
  readonly activity: () => number;
};

/**
 * How far the export is of one moment. `snapshot`: both tables in one read transaction of the engine's database; `undisturbed`: read
 * item by item, and no function ran meanwhile; `disturbed`: one did.
 */
export type Consistency = 'snapshot' | 'undisturbed' | 'disturbed';

type Line = { readonly table: number; readonly item: string };
const StoredRow = z.object({ item_json: z.string() });
const Page = z.looseObject({
  Items: z.array(z.looseObject({})).default([]),
  LastEvaluatedKey: z.looseObject({}).optional(),
});

/** Dynoxide keeps each item as the text of its DynamoDB JSON; a reader of its WAL sees one state from its first to its last row. */
const snapshotOf = function* (database: DatabaseSync, names: readonly string[]): Generator<Line> {
  for (const [table, name] of names.entries()) {
    const rows = database.prepare(`SELECT item_json FROM "${name.replaceAll('"', '""')}" ORDER BY pk, sk`).iterate();
    for (const row of rows) yield { table, item: StoredRow.parse(row).item_json };
  }
  database.exec('COMMIT');
};

const scanOf = async function* (client: EngineClient, names: readonly string[]): AsyncGenerator<Line> {
  for (const [table, name] of names.entries()) {
    let start: object | undefined;
    do {
      const input = { TableName: name, ConsistentRead: true, Limit: 500 };
      const page = Page.parse(
        await client.call('Scan', { ...input, ...(start === undefined ? {} : { ExclusiveStartKey: start }) }),
      );
      for (const item of page.Items) yield { table, item: JSON.stringify(item) };
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
};

const openSnapshot = ({ engine, folder }: ExportParts): DatabaseSync | undefined => {
  const file = join(folder, 'dynamodb', 'dynoxide.sqlite');
  if (engine !== 'dynoxide' || !existsSync(file)) return undefined;
  const database = new DatabaseSync(file, { readOnly: true });
  // The first reading fixes the moment.
  database.exec('BEGIN; SELECT 1 FROM sqlite_master LIMIT 1;');
  return database;
};

/**
 * Streams every item of every table: a line that says what is to come, one line an item, and a last line with the counts, without which
 * nothing was exported. A reader that goes away ends it.
 */
export const streamTables = async (parts: ExportParts, response: ServerResponse): Promise<void> => {
  const { tables, client, now, activity } = parts;
  const names = tables.map(({ name }) => name);
  const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  const say = async (line: string): Promise<void> => {
    if (!response.write(`${line}\n`)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (response.destroyed) throw new Error('whoever asked for the export has gone');
  };
  const instant = (): string => new Date(now()).toISOString();
  const database = openSnapshot(parts);
  const before = activity();
  try {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const consistency: Consistency = database === undefined ? 'undisturbed' : 'snapshot';
    const described = tables.map(({ name, arn }) => ({
      name,
      arn,
      id: createHash('sha256').update(arn).digest('hex').slice(0, 32),
    }));
    await say(JSON.stringify({ head: { exportTime: instant(), consistency, tables: described } }));
    for await (const { table, item } of database === undefined ? scanOf(client, names) : snapshotOf(database, names)) {
      counts[names[table] ?? ''] = (counts[names[table] ?? ''] ?? 0) + 1;
      await say(`${table} ${item}`);
    }
    const reached: Consistency = database === undefined && activity() !== before ? 'disturbed' : consistency;
    response.end(`${JSON.stringify({ end: { counts, consistency: reached, endTime: instant() } })}\n`);
  } finally {
    database?.close();
  }
};
