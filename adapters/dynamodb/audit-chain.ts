import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { AuditChain } from '../../domain/audit/audit-chain.ts';
import { Block } from '../../domain/audit/block.ts';
import { LateBlock, RollUp } from '../../domain/audit/roll-up.ts';
import { UtcDay } from '../../domain/utc-day.ts';
import {
  auditPartition,
  blockNumber,
  chainPartition,
  type Key,
  lateKey,
  latePartition,
  openingPartition,
  rollUpPartition,
} from './keys.ts';
import { storedItemOf } from './stored.ts';
import type { Tables } from './tables.ts';

type Item = Record<string, AttributeValue>;

const Keys = z.object({ pk: z.string(), sk: z.string() }).loose();
const Opened = z.object({ sk: z.coerce.number().int(), day: UtcDay });

/** What is stored of a block or roll-up beside its keys, which are left out when it is read. */
const withoutKeys = (item: Item): Record<string, unknown> => {
  const { pk: _pk, sk: _sk, ...rest } = Keys.parse(unmarshall(item));
  return rest;
};

const once = (tableName: string, key: Key, content: Readonly<Record<string, unknown>>) => ({
  TableName: tableName,
  Item: marshall({ ...key, ...content }),
  // Append-only: what is there stays as it is, whoever comes second.
  ConditionExpression: 'attribute_not_exists(pk)',
});
type Once = ReturnType<typeof once>;

const wasSecond = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException ||
  error instanceof TransactionConflictException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(
      ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
    ));

/** The stretch of a partition that a query reads. Both ends are left out; an upper one needs a lower one. */
interface Stretch {
  readonly pk: string;
  readonly after?: string;
  readonly before?: string;
  readonly limit?: number;
  readonly newestFirst?: boolean;
  /** Whether what was written in the last second may be left out. */
  readonly relaxed?: boolean;
}

const conditionOf = ({ pk, after, before }: Stretch) => {
  const values = { ':pk': { S: pk } };
  if (after && before) {
    // A query takes one condition on the sort key: a space makes the lower end the next key after `after`.
    return {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :after AND :before',
      ExpressionAttributeValues: { ...values, ':after': { S: `${after} ` }, ':before': { S: before } },
    };
  }
  return after
    ? {
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ...values, ':after': { S: after } },
      }
    : { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: values };
};

/**
 * The port `AuditChain` on the Audit table. Every write adds and none changes. Blocks are read as they are now; entries, of which the
 * sweep wants those that are minutes old, as they were a moment ago, at half the cost.
 */
export const dynamodbAuditChain = ({ client, audit }: Pick<Tables, 'client' | 'audit'>): AuditChain => {
  const page = async (stretch: Stretch, start?: Item): Promise<{ items: readonly Item[]; next: Item | undefined }> => {
    const { limit, newestFirst = false, relaxed = false } = stretch;
    const answer = await client.send(
      new QueryCommand({
        TableName: audit,
        ConsistentRead: !relaxed,
        ...conditionOf(stretch),
        ScanIndexForward: !newestFirst,
        ...(limit === undefined ? {} : { Limit: limit }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    return { items: answer.Items ?? [], next: answer.LastEvaluatedKey };
  };
  const all = async (stretch: Stretch): Promise<readonly Item[]> => {
    const items: Item[] = [];
    let next: Item | undefined;
    do {
      const read = await page(stretch, next);
      items.push(...read.items);
      next = read.next;
    } while (next !== undefined);
    return items;
  };
  const newest = async (pk: string): Promise<Item | undefined> =>
    (await page({ pk, limit: 1, newestFirst: true })).items[0];

  const append = async (puts: readonly Once[]): Promise<boolean> => {
    const [first, ...others] = puts;
    if (first === undefined) return true;
    try {
      await (others.length === 0
        ? client.send(new PutItemCommand(first))
        : client.send(new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) })));
      return true;
    } catch (error) {
      if (wasSecond(error)) return false;
      throw error;
    }
  };

  return {
    entries: async ({ division, from, before }, { limit, after: last }) => {
      // Sort keys begin with an instant, which a day or an instant alone sorts before. What is asked for never leaves the span.
      const after = last !== null && last > from ? last : from;
      if (after >= before) return { items: [], next: null };
      const { items, next } = await page({ pk: auditPartition(division), after, before, limit, relaxed: true });
      return { items: items.map(storedItemOf), next: next?.['sk']?.S ?? null };
    },
    blocks: async (chain, after) => {
      const items = await all({ pk: chainPartition(chain), after: blockNumber(after) });
      return items.map((item) => Block.parse(withoutKeys(item)));
    },
    head: async (chain) => {
      const item = await newest(chainPartition(chain));
      return item === undefined ? undefined : Block.parse(withoutKeys(item));
    },
    lastOpened: async (division) => {
      const item = await newest(openingPartition(division));
      if (item === undefined) return undefined;
      const { sk: ordinal, day } = Opened.parse(unmarshall(item));
      return { ordinal, day };
    },
    append: (block) => {
      const { division, day, number, opening, kind, hash } = block;
      const openingKey = { pk: openingPartition(division), sk: blockNumber(opening?.ordinal ?? 0) };
      return append([
        once(audit, { pk: chainPartition(block), sk: blockNumber(number) }, block),
        ...(opening === null ? [] : [once(audit, openingKey, { day })]),
        ...(kind === 'late' ? [once(audit, lateKey(block), { division, day, number, hash })] : []),
      ]);
    },
    lateBlocks: async (writtenOn) =>
      (await all({ pk: latePartition(writtenOn) })).map((item) => LateBlock.parse(withoutKeys(item))),
    rollUp: async (day) => {
      const Key = marshall({ pk: rollUpPartition, sk: day });
      const { Item: item } = await client.send(new GetItemCommand({ TableName: audit, Key, ConsistentRead: true }));
      return item === undefined ? undefined : RollUp.parse(withoutKeys(item));
    },
    lastRollUp: async () => {
      const item = await newest(rollUpPartition);
      return item === undefined ? undefined : RollUp.parse(withoutKeys(item));
    },
    appendRollUp: (rollUp) => append([once(audit, { pk: rollUpPartition, sk: rollUp.day }, rollUp)]),
  };
};
