import { z } from 'zod';

const Fields = z.record(z.string(), z.unknown());

/** A value in DynamoDB JSON. Throws a TypeError for what the table cannot hold. */
const attributeOf = (value: unknown): object => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (value instanceof Set) return { SS: [...z.set(z.string()).parse(value)] };
  if (typeof value === 'object') return { M: attributesOf(Fields.parse(value)) };
  throw new TypeError(`an attribute cannot be a ${typeof value}`);
};

const attributesOf = (fields: Readonly<Record<string, unknown>>): object => {
  const attributes: Record<string, object> = {};
  for (const name of Object.keys(fields)) {
    if (fields[name] !== undefined) attributes[name] = attributeOf(fields[name]);
  }
  return attributes;
};

/** An item as the text of its DynamoDB JSON, as the document client would send it. */
export const itemJson = (item: Readonly<Record<string, unknown>>): string => JSON.stringify(attributesOf(item));
