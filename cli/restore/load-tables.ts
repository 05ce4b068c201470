import { type AttributeValue, BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { itemsOf, type TableExport } from '../export/read-export.ts';

type Item = Record<string, AttributeValue>;
const PlainItem = z.record(z.string(), z.looseObject({}));

/** DynamoDB JSON writes bytes as base64; the SDK wants the bytes themselves, at any depth. */
const fromJson = (value: unknown): AttributeValue => {
  const [type, held] = Object.entries(z.looseObject({}).parse(value))[0] ?? ['NULL', true];
  switch (type) {
    case 'S':
      return { S: String(held) };
    case 'N':
      return { N: String(held) };
    case 'B':
      return { B: Buffer.from(String(held), 'base64') };
    case 'BOOL':
      return { BOOL: held === true };
    case 'L':
      return { L: z.array(z.unknown()).parse(held).map(fromJson) };
    case 'M':
      return { M: itemFrom(held) };
    case 'NULL':
      return { NULL: true };
    default:
      throw new TypeError(`an attribute of type ${type} is not restored`);
  }
};
const itemFrom = (item: unknown): Item =>
  Object.fromEntries(Object.entries(PlainItem.parse(item)).map(([name, value]) => [name, fromJson(value)]));

const batchSize = 25;
const inFlight = 4;
const longestPauseMs = 2_000;

const writeBatch = async (client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> => {
  let rest: NonNullable<BatchWriteItemCommand['input']['RequestItems']> = {
    [table]: items.map((Item) => ({ PutRequest: { Item } })),
  };
  for (let attempt = 1; ; attempt += 1) {
    const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems: rest }));
    if (Object.keys(UnprocessedItems).length === 0) return;
    rest = UnprocessedItems;
    await new Promise((resolve) => setTimeout(resolve, Math.min(20 * 2 ** attempt, longestPauseMs)));
  }
};

/** Partition of an item, by which it is told what has to be there before what. */
export type Which = (pk: string) => boolean;

/**
 * Writes those items of an export that are asked for into a table. Every item is a put of its own whole state, so that a load that was
 * cut off is begun again and comes to the same. Answers how many it wrote.
 */
export const loadItems = async (
  exported: TableExport,
  to: { readonly client: DynamoDBClient; readonly table: string },
  which: Which,
): Promise<number> => {
  const underWay = new Set<Promise<void>>();
  let waiting: Item[] = [];
  let written = 0;
  const send = async (items: readonly Item[]): Promise<void> => {
    while (underWay.size >= inFlight) await Promise.race(underWay);
    const writing = writeBatch(to.client, to.table, items);
    underWay.add(writing);
    // A failed one stays, so that whoever waits next hears of it.
    writing.then(
      () => underWay.delete(writing),
      () => undefined,
    );
    written += items.length;
  };
  for await (const batch of itemsOf(exported)) {
    for (const each of batch) {
      const item = itemFrom(each);
      if (which(item['pk']?.S ?? '')) waiting.push(item);
      if (waiting.length < batchSize) continue;
      await send(waiting);
      waiting = [];
    }
  }
  if (waiting.length > 0) await send(waiting);
  await Promise.all(underWay);
  return written;
};
