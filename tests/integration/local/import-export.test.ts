import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { importExport, importedBytes } from '../../../local/dynamodb/import-export.ts';
import { openStateFolder } from '../../../local/state-folder.ts';
import { plainTable } from './plain-table.ts';
import { temporaryFolder } from './running.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

test('whoever waits for an import hears how much of it is written', async () => {
  const exported = join(folder.path, 'export');
  mkdirSync(exported);
  const items = Array.from({ length: 20_000 }, (_, index) =>
    JSON.stringify({ Item: { pk: { S: `ROW#${index}` }, sk: { S: 'STATE' }, padding: { S: 'x'.repeat(200) } } }),
  );
  writeFileSync(join(exported, 'items.json.gz'), gzipSync(`${items.join('\n')}\n`));
  const data = join(folder.path, 'data');
  mkdirSync(data);
  expect(importedBytes(data)).toBe(0);
  const seen: number[] = [];
  const looking = setInterval(() => seen.push(importedBytes(data)), 5);
  await importExport('dynoxide', openStateFolder(data), { table: plainTable('Rows-Of-An-Import'), folder: exported });
  clearInterval(looking);
  expect(Math.max(...seen)).toBeGreaterThan(1_000_000);
  expect(importedBytes(data)).toBe(0);
});
