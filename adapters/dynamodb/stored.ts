import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { StoredItem, type StoredValue } from '../../domain/audit/stored-item.ts';

const base64 = (bytes: unknown): string =>
  bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : z.string().parse(bytes);

const storedValue = (value: AttributeValue): StoredValue => {
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.NULL !== undefined) return { NULL: true };
  if (value.L !== undefined) return { L: value.L.map(storedValue) };
  if (value.M !== undefined) return { M: storedMembers(value.M) };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  throw new Error('an attribute of a type that DynamoDB does not have');
};

const storedMembers = (item: Readonly<Record<string, AttributeValue>>): Record<string, StoredValue> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, storedValue(value)]));

/** An item as the SDK or a stream gives it, in the one form that is hashed: in a stream bytes are base64 text already. */
export const storedItemOf = (item: Readonly<Record<string, AttributeValue>>): StoredItem =>
  StoredItem.parse(storedMembers(item));
