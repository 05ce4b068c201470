import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { IndexBuild, type PeopleIndexStore, StandingIndex } from '../../domain/feeds/people-index.ts';
import { enteredOn, prefixOf } from './entered-people.ts';
import { indexBuildKey, type Key, personPrefix, standingIndexKey } from './keys.ts';
import { getItem, type Item } from './reading.ts';
import { estimateRows, Position, rowsOfLargePage } from './scanning.ts';
import type { Tables } from './tables.ts';

const withoutKey = ({ pk: _pk, sk: _sk, ...values }: Item): Item => values;
const Person = z.object({ pk: z.string().startsWith(personPrefix) });

/** Puts an item under a condition; false where it does not hold. */
const putIf = async (
  { client, roster }: Pick<Tables, 'client' | 'roster'>,
  Item: Key & (StandingIndex | IndexBuild),
  condition: string,
  values: Readonly<Record<string, string | number>> = {},
): Promise<boolean> => {
  const given = Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values };
  try {
    await client.send(new PutCommand({ TableName: roster, Item, ConditionExpression: condition, ...given }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** The port `PeopleIndexStore` on DynamoDB. */
export const dynamodbPeopleIndexStore = (tables: Pick<Tables, 'client' | 'roster'>): PeopleIndexStore => ({
  standing: async () => {
    const item = await getItem(tables, standingIndexKey);
    return item === undefined ? undefined : StandingIndex.parse(withoutKey(item));
  },
  stand: async (index) => {
    const isNewer = 'attribute_not_exists(pk) OR begunAt < :begunAt';
    await putIf(tables, { ...standingIndexKey, ...index }, isNewer, { ':begunAt': index.begunAt });
  },
  building: async () => {
    const item = await getItem(tables, indexBuildKey);
    return item === undefined ? undefined : IndexBuild.parse(withoutKey(item));
  },
  note: (build, before) =>
    before === undefined
      ? putIf(tables, { ...indexBuildKey, ...build }, 'attribute_not_exists(pk)')
      : putIf(tables, { ...indexBuildKey, ...build }, 'indexId = :index AND steps = :steps', {
          ':index': before.indexId,
          ':steps': before.steps,
        }),
  estimatedRows: () => estimateRows(tables),
  people: async ({ segment, of, position }) => {
    const answer = await tables.client.send(
      new ScanCommand({
        TableName: tables.roster,
        Segment: segment,
        TotalSegments: of,
        Limit: rowsOfLargePage,
        ConsistentRead: true,
        FilterExpression: 'begins_with(pk, :person)',
        ProjectionExpression: 'pk',
        ExpressionAttributeValues: { ':person': personPrefix },
        ...(position === null ? {} : { ExclusiveStartKey: Position.parse(JSON.parse(position)) }),
      }),
    );
    const found = (answer.Items ?? []).map((item) => prefixOf(Person.parse(item).pk.slice(personPrefix.length)));
    const next = answer.LastEvaluatedKey;
    return {
      prefixes: new Uint8Array(Buffer.concat(found)),
      next: next === undefined ? null : JSON.stringify(Position.parse(next)),
    };
  },
  enteredOn: (day) => enteredOn(tables, day),
});
