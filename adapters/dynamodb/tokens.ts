import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import type { DataKeys } from '../crypto/data-keys.ts';
import { tokenKey } from './keys.ts';
import { getItem } from './reading.ts';
import { contextOf, openUnderGeneration, sealUnderGeneration } from './sealing.ts';
import type { Tables } from './tables.ts';

const Token = z.object({ token: z.instanceof(Uint8Array) });
/** Step Functions keeps a waiting execution for a year; its token is kept a little longer. */
const tokenDays = 400;

/** The part of the store that keeps the tokens of waiting steps, each in an envelope. */
export const tokensIn = (tables: Tables, dataKeys: DataKeys): Pick<RosterStore, 'storeToken' | 'token'> => ({
  storeToken: async (owner, token, at) => {
    const key = tokenKey(owner);
    const sealed = sealUnderGeneration(await dataKeys.newest(), contextOf(key, 'token'), 'token', token);
    const expiresAt = Math.floor(Date.parse(at) / 1_000) + tokenDays * 86_400;
    // A step that was stopped at its time limit may still have this on its way when the next one has stored its own token: the
    // workflow waits for the newer, and would wait for ever if the older one came to lie over it.
    const put = new PutCommand({
      TableName: tables.roster,
      Item: { ...key, token: sealed, storedAt: at, expiresAt },
      ConditionExpression: 'attribute_not_exists(storedAt) OR storedAt <= :at',
      ExpressionAttributeValues: { ':at': at },
    });
    await tables.client.send(put).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  },
  token: async (owner) => {
    const key = tokenKey(owner);
    const item = await getItem(tables, key);
    if (item === undefined) return undefined;
    const sealed = Token.parse(item).token;
    return z.string().parse(await openUnderGeneration(dataKeys, contextOf(key, 'token'), 'token', sealed));
  },
});
