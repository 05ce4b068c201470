import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from './keys.ts';
import type { Tables } from './tables.ts';

/**
 * A note of how far a run has got may only be written behind the one before it, the first where there is none. `counter` is the attribute
 * that counts the notes, `before` what it says in the one before.
 */
export const behind = (counter: 'parts' | 'steps', before: number) =>
  before === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#counter = :before',
        ExpressionAttributeNames: { '#counter': counter },
        ExpressionAttributeValues: { ':before': before },
      };

/** Writes a note under that condition; false when another call was faster. */
export const storeNote = async (
  { client, roster }: Tables,
  Item: Key & object,
  condition: ReturnType<typeof behind>,
): Promise<boolean> => {
  try {
    await client.send(new PutCommand({ TableName: roster, Item, ...condition }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
