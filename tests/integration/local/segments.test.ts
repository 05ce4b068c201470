import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { databaseOf, dynoxidePath } from '../../../local/dynamodb/engine.ts';
import { createEngineClient } from '../../../local/dynamodb/json-client.ts';
import { startEngineWithTables } from '../../../local/dynamodb/tables.ts';
import { bucketOfRow } from '../../../local/dynamodb/tend-dynoxide.ts';
import { openStateFolder } from '../../../local/state-folder.ts';
import { plainTable } from './plain-table.ts';
import { temporaryFolder } from './running.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const TableName = 'Rows-Of-Segments';
const table = plainTable(TableName);
const Page = z.object({
  Items: z.array(z.object({ pk: z.object({ S: z.string() }) })),
  LastEvaluatedKey: z.unknown().optional(),
});
const names = Array.from({ length: 300 }, (_, index) => `ROW#${index}`);
const segments = 7;

test('a segment of the local engine is found by an index, and all of them have every row once', async () => {
  const store = openStateFolder(folder.path);
  const engine = await startEngineWithTables('dynoxide', store, { port: 0, region: 'us-east-1', tables: [table] });
  const client = createEngineClient(engine.url, 'us-east-1');
  for (const name of names) await client.call('PutItem', { TableName, Item: { pk: { S: name }, sk: { S: 'STATE' } } });
  const found: string[] = [];
  for (let Segment = 0; Segment < segments; Segment += 1)
    for (let start: unknown; ; ) {
      const more = start === undefined ? {} : { ExclusiveStartKey: start };
      const asked = { TableName, Segment, TotalSegments: segments, Limit: 20, ...more };
      const page = Page.parse(await client.call('Scan', asked));
      found.push(...page.Items.map(({ pk }) => pk.S));
      start = page.LastEvaluatedKey;
      if (start === undefined) break;
    }
  expect(found.toSorted()).toEqual(names.toSorted());
  client.close();
  await engine.stop();

  const database = new DatabaseSync(databaseOf(store));
  const plan = database
    .prepare(
      `EXPLAIN QUERY PLAN SELECT item_json FROM "${TableName}" WHERE ${bucketOfRow} >= ? AND ${bucketOfRow} <= ? ORDER BY hash_prefix ASC, pk ASC, sk ASC`,
    )
    .all();
  database.close();
  store.close();
  expect(JSON.stringify(plan)).toContain(`USING INDEX ${TableName} by segment`);
  // The index serves a question only that is asked in its own words.
  expect(readFileSync(dynoxidePath() ?? '').includes(`${bucketOfRow} >= ?`)).toBe(true);
});
