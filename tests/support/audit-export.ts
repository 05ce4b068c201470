import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { TestTables } from './engine.ts';

/** An item in DynamoDB's JSON, as an export holds it. */
export type ExportedItem = Record<string, Record<string, unknown>>;

const exported = (item: Record<string, AttributeValue>): ExportedItem =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? { ...value } : { B: Buffer.from(value.B).toString('base64') },
    ]),
  ) as ExportedItem;

/** All items of the Audit table of a test, as an export has them. */
export const exportedItems = async ({ tables }: TestTables): Promise<ExportedItem[]> => {
  const { Items = [] } = await tables.client.send(new ScanCommand({ TableName: tables.audit, ConsistentRead: true }));
  return Items.map(exported);
};

/** Writes items as DynamoDB's export to S3 does: compressed files of lines, with manifests that name and sum them. */
export const writeExport = (folder: string, items: readonly unknown[], files = 3): string => {
  const data = join(folder, 'audit', 'data');
  mkdirSync(data, { recursive: true });
  const listed = Array.from({ length: files }, (_, file) => {
    const lines = items.filter((_item, index) => index % files === file).map((Item) => JSON.stringify({ Item }));
    const bytes = gzipSync(lines.map((line) => `${line}\n`).join(''));
    writeFileSync(join(data, `part-${file}.json.gz`), bytes);
    const md5Checksum = createHash('md5').update(bytes).digest('base64');
    return {
      itemCount: lines.length,
      md5Checksum,
      etag: 'none-1',
      dataFileS3Key: `AWSDynamoDB/1/data/part-${file}.json.gz`,
    };
  });
  writeFileSync(
    join(folder, 'audit', 'manifest-files.json'),
    listed.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  writeFileSync(
    join(folder, 'audit', 'manifest-summary.json'),
    JSON.stringify({
      version: '2020-06-30',
      tableArn: 'arn:aws:dynamodb:us-east-1:1:table/Audit',
      itemCount: items.length,
    }),
  );
  return folder;
};
