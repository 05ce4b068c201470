import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { rosterIndexes } from '../../contracts/environment.ts';
import type { Instant } from '../../domain/dates.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { Key } from './keys.ts';
import type { Tables } from './tables.ts';

/** Between two requests for what a busy store has left out; a function's own time limit ends the asking. */
const longestPauseMs = 1_000;

export type Item = Record<string, unknown>;

const textOf = (item: Item | Key): string => JSON.stringify([item['pk'], item['sk']]);

/** One item by its key, as it is now. */
export const getItem = async (tables: Pick<Tables, 'client' | 'roster'>, key: Key): Promise<Item | undefined> => {
  const answer = await tables.client.send(new GetCommand({ TableName: tables.roster, Key: key, ConsistentRead: true }));
  return answer.Item;
};

/** Items by their keys, in the order of the keys, in one request where the store answers all of it (at most 100 keys). */
export const getItems = async (tables: Tables, keys: readonly Key[]): Promise<readonly (Item | undefined)[]> => {
  const found: Item[] = [];
  let wanted: Item[] = keys.map((key) => ({ ...key }));
  for (let attempt = 0; wanted.length > 0; attempt += 1) {
    // What the store left out it was too busy for: asking again at once would keep it so.
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(20 * 2 ** attempt, longestPauseMs)));
    const request = { [tables.roster]: { Keys: wanted, ConsistentRead: true } };
    const answer = await tables.client.send(new BatchGetCommand({ RequestItems: request }));
    found.push(...(answer.Responses?.[tables.roster] ?? []));
    wanted = answer.UnprocessedKeys?.[tables.roster]?.Keys ?? [];
  }
  const byKey = new Map(found.map((item) => [textOf(item), item]));
  return keys.map((key) => byKey.get(textOf(key)));
};

/** As many keys as one request of many may name. */
const mostAtOnce = 100;

/** Items by any number of keys, in their order, in as few requests as it takes. A key may come twice, which a request must not have. */
export const getManyItems = async (tables: Tables, keys: readonly Key[]): Promise<readonly (Item | undefined)[]> => {
  const once = [...new Map(keys.map((key) => [textOf(key), key])).values()];
  const found = new Map<string, Item | undefined>();
  for (let begin = 0; begin < once.length; begin += mostAtOnce) {
    const some = once.slice(begin, begin + mostAtOnce);
    const items = await getItems(tables, some);
    for (const [index, key] of some.entries()) found.set(textOf(key), items[index]);
  }
  return keys.map((key) => found.get(textOf(key)));
};

/** All items of a partition, or those whose sort key begins so: for partitions that are known to be small. */
export const readPartition = async (
  { client, roster }: Pick<Tables, 'client' | 'roster'>,
  pk: string,
  prefix?: string,
): Promise<Item[]> => {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const answer = await client.send(
      new QueryCommand({
        TableName: roster,
        KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ...(prefix === undefined ? {} : { ':prefix': prefix }) },
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(answer.Items ?? []));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
};

/** A stretch of one partition of the work list, both ends included; `within` keeps only what lies inside a division, `state` what is in it. */
export interface WorklistRange {
  partition: string;
  from: string;
  to: string;
  limit: number;
  within?: DivisionCode;
  state?: string;
}

const pageSize = 200;
const { name: indexName, partitionKey, sortKey } = rosterIndexes.worklist;

/** Whether a range leaves out some of what lies in it: then more has to be read than is asked for. */
const filters = ({ within, state }: WorklistRange): boolean => within !== undefined || state !== undefined;

/** The first items of a range, at most `limit`, and the sort key of the last of them when there are more. */
export const readWorklist = async (
  tables: Tables,
  range: WorklistRange,
): Promise<{ items: readonly Item[]; next: string | null }> => {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const answer = await tables.client.send(
      new QueryCommand({
        TableName: tables.roster,
        IndexName: indexName,
        ...rangeExpression(range),
        Limit: filters(range) ? pageSize : Math.min(pageSize, range.limit + 1),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(answer.Items ?? []));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined && items.length <= range.limit);
  const page = items.slice(0, range.limit);
  const last = page.at(-1)?.[sortKey];
  return { items: page, next: items.length > range.limit && typeof last === 'string' ? last : null };
};

const rangeExpression = ({ partition, from, to, within, state }: WorklistRange) => {
  const filters = [
    ...(within === undefined ? [] : ['begins_with(division, :within)']),
    ...(state === undefined ? [] : ['#state = :state']),
  ];
  return {
    KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
    ExpressionAttributeNames: {
      '#partition': partitionKey,
      '#sort': sortKey,
      ...(state === undefined ? {} : { '#state': 'state' }),
    },
    ...(filters.length === 0 ? {} : { FilterExpression: filters.join(' AND ') }),
    ExpressionAttributeValues: {
      ':partition': partition,
      ':from': from,
      ':to': to,
      ...(within === undefined ? {} : { ':within': within }),
      ...(state === undefined ? {} : { ':state': state }),
    },
  };
};

/** Items of a partition of the outbox, or of what was parked of it, from before a moment, the oldest first. */
export const readOutbox = async (
  tables: Tables,
  partition: string,
  before: Instant,
  limit: number,
): Promise<readonly Item[]> => {
  const answer = await tables.client.send(
    new QueryCommand({
      TableName: tables.roster,
      KeyConditionExpression: 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: { ':pk': partition, ':before': before },
      Limit: limit,
    }),
  );
  return answer.Items ?? [];
};
