import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { Instant } from '../../domain/dates.ts';
import type { StoredGeneration } from '../../domain/store/key-store.ts';
import type { GenerationItems } from '../crypto/data-keys.ts';
import { generationKey, keyringPartition } from './keys.ts';
import { getItem, type Item } from './reading.ts';
import type { Tables } from './tables.ts';

const Row = z.object({ generation: z.int().min(1).max(65_535), wrapped: z.instanceof(Uint8Array), createdAt: Instant });

const storedOf = (item: Item): StoredGeneration => {
  const { generation, ...stored } = Row.parse(item);
  return { number: generation, ...stored };
};

/** The condition on which a data key is stored: its number is its key, so that two cannot share it. */
export const generationPut = ({ roster }: Pick<Tables, 'roster'>, { number, ...stored }: StoredGeneration) => ({
  TableName: roster,
  Item: { ...generationKey(number), generation: number, ...stored },
  ConditionExpression: 'attribute_not_exists(pk)',
});

/** The data keys in the Roster table. An item is added once and never changed. */
export const dynamodbGenerations = (tables: Pick<Tables, 'client' | 'roster'>): GenerationItems => ({
  all: async () => {
    const answer = await tables.client.send(
      new QueryCommand({
        TableName: tables.roster,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keyringPartition },
        ConsistentRead: true,
      }),
    );
    return (answer.Items ?? []).map(storedOf);
  },
  find: async (number) => {
    const item = await getItem(tables, generationKey(number));
    return item === undefined ? undefined : storedOf(item);
  },
  add: async (generation) => {
    try {
      await tables.client.send(new PutCommand(generationPut(tables, generation)));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});
