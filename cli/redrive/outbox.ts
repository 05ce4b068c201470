import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

/** An item of DynamoDB as it is stored. */
type Item = Record<string, AttributeValue>;

/** An event that waits: in the outbox after it has failed, or parked. Ids, names and codes; nothing else is in such an item. */
export interface Waiting {
  readonly item: Item;
  readonly isParked: boolean;
  readonly eventId: string;
  readonly type: string;
  /** When it happened, and when it failed last. */
  readonly at: string;
  readonly failedAt: string | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly failedIn: string | null;
  readonly code: string | null;
}

/** Partitions of the outbox and of what was parked of it (adapters/dynamodb/keys.ts; a test holds the two together). */
export const outboxPartitions = Array.from({ length: 8 }, (_, shard) => `OUTBOX#${shard}`);
export const parkedPartitionOf = (outboxPartition: string): string => outboxPartition.replace('OUTBOX#', 'PARKED#');
const outboxPartitionOf = (parkedPartition: string): string => parkedPartition.replace('PARKED#', 'OUTBOX#');

const text = (item: Item, name: string): string | null => item[name]?.S ?? null;
const keyOf = ({ pk, sk }: Item): Item => ({
  ...(pk === undefined ? {} : { pk }),
  ...(sk === undefined ? {} : { sk }),
});

const waitingOf = (item: Item): Waiting => {
  const [at = '', ofKey = ''] = (text(item, 'sk') ?? '').split('#');
  return {
    item,
    isParked: (text(item, 'pk') ?? '').startsWith('PARKED#'),
    eventId: text(item, 'eventId') ?? ofKey,
    type: text(item, 'type') ?? 'unknown',
    at: text(item, 'at') ?? at,
    failedAt: text(item, 'failedAt'),
    attempts: Number(item['attempts']?.N ?? 0),
    reason: text(item, 'reason'),
    failedIn: text(item, 'failedIn'),
    code: text(item, 'code'),
  };
};

const itemsOf = async (client: DynamoDBClient, TableName: string, partition: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const query = {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partition } },
    ConsistentRead: true,
  };
  for await (const page of paginateQuery({ client }, query)) items.push(...(page.Items ?? []));
  return items;
};

/** A condition that no longer holds means that somebody else was faster: the relay, the sweep, or another redrive. */
const unlessOvertaken = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    const isOvertaken =
      error instanceof TransactionCanceledException &&
      (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
    if (isOvertaken) return false;
    throw error;
  }
};

/** The outbox of one table, for whoever gives its failed events again. */
export const outboxOf = (client: DynamoDBClient, TableName: string) => {
  /** In one transaction: an event is at one place or the other whatever happens, and never at none. */
  const move = (item: Item, to: Item): Promise<boolean> =>
    unlessOvertaken(
      client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Delete: { TableName, Key: keyOf(item), ConditionExpression: 'attribute_exists(pk)' } },
            { Put: { TableName, Item: { ...item, ...to }, ConditionExpression: 'attribute_not_exists(pk)' } },
          ],
        }),
      ),
    );
  const parked = ({ item, failedAt, at, eventId }: Waiting): Item => ({
    pk: { S: parkedPartitionOf(text(item, 'pk') ?? '') },
    sk: { S: `${failedAt ?? at}#${eventId}` },
  });
  const inOutbox = ({ item, at, eventId }: Waiting, redriven: number): Item => ({
    pk: { S: outboxPartitionOf(text(item, 'pk') ?? '') },
    sk: { S: `${at}#${eventId}` },
    redriven: { N: String(redriven) },
  });
  return {
    /** What has failed at least once, and what was stored before a moment and is still there. */
    waiting: async (storedBefore: string): Promise<readonly Waiting[]> => {
      const found: Waiting[] = [];
      for (const partition of outboxPartitions) {
        const inTurn = (await itemsOf(client, TableName, partition)).map(waitingOf);
        found.push(
          ...inTurn.filter(({ attempts, reason, at }) => attempts > 0 || reason !== null || at < storedBefore),
        );
        found.push(...(await itemsOf(client, TableName, parkedPartitionOf(partition))).map(waitingOf));
      }
      return found;
    },
    /**
     * Puts an event into the outbox anew, so that the stream hands it to the relay. One that still lies there is parked on the way,
     * since only an item that is new is streamed; cut off in between, it stays parked, and the sweep goes on trying it.
     */
    giveAgain: async (waiting: Waiting): Promise<boolean> => {
      const redriven = Number(waiting.item['redriven']?.N ?? 0) + 1;
      if (waiting.isParked) return move(waiting.item, inOutbox(waiting, redriven));
      const aside = { ...waiting.item, ...parked(waiting) };
      if (!(await move(waiting.item, parked(waiting)))) return false;
      return move(aside, inOutbox({ ...waiting, item: aside }, redriven));
    },
    /** The event where it was put, or undefined once it has been relayed. */
    again: async (waiting: Waiting): Promise<Waiting | undefined> => {
      const { pk, sk } = inOutbox(waiting, 0);
      if (pk === undefined || sk === undefined) return undefined;
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }));
      return Item === undefined ? undefined : waitingOf(Item);
    },
  };
};
export type Outbox = ReturnType<typeof outboxOf>;
