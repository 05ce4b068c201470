import { z } from 'zod';
import type { Digest } from '../dependencies.ts';

/** A value as DynamoDB writes it in JSON: one key that names the type. Bytes are base64, numbers are text. */
export type StoredValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: StoredValue[] }
  | { M: Record<string, StoredValue> }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/u;
const Decimal = z.string().regex(decimal, 'expected a decimal number');

export const StoredValue: z.ZodType<StoredValue> = z.union([
  z.strictObject({ S: z.string() }),
  z.strictObject({ N: Decimal }),
  z.strictObject({ B: z.string() }),
  z.strictObject({ BOOL: z.boolean() }),
  z.strictObject({ NULL: z.literal(true) }),
  z.strictObject({ L: z.lazy(() => z.array(StoredValue)) }),
  z.strictObject({ M: z.lazy(() => z.record(z.string(), StoredValue)) }),
  z.strictObject({ SS: z.array(z.string()) }),
  z.strictObject({ NS: z.array(Decimal) }),
  z.strictObject({ BS: z.array(z.string()) }),
]);

/** An item of the Audit table with all its attributes, the keys included. */
export const StoredItem = z.record(z.string(), StoredValue);
export type StoredItem = z.infer<typeof StoredItem>;

/** A number in plain decimals: no exponent, no plus, no zero that says nothing. Equal numbers have equal text. */
export const plainNumber = (text: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/u.exec(text) ?? [];
  const all = whole + fraction;
  const digits = all.replace(/^0+/u, '');
  const point = whole.length + Number(exponent) - (all.length - digits.length);
  const significant = digits.replace(/0+$/u, '');
  if (significant === '') return '0';
  const minus = sign === '-' ? '-' : '';
  if (point <= 0) return `${minus}0.${'0'.repeat(-point)}${significant}`;
  if (point >= significant.length) return `${minus}${significant}${'0'.repeat(point - significant.length)}`;
  return `${minus}${significant.slice(0, point)}.${significant.slice(point)}`;
};

const text = (value: unknown): string => JSON.stringify(value);
const list = (parts: readonly string[]): string => `[${parts.join(',')}]`;
const sorted = (values: readonly string[]): string => list(values.toSorted().map(text));

const members = (values: Readonly<Record<string, StoredValue>>): string =>
  `{${Object.keys(values)
    .toSorted()
    .flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [`${text(name)}:${canonical(value)}`];
    })
    .join(',')}}`;

const canonical = (value: StoredValue): string => {
  if ('S' in value) return `{"S":${text(value.S)}}`;
  if ('N' in value) return `{"N":"${plainNumber(value.N)}"}`;
  if ('B' in value) return `{"B":${text(value.B)}}`;
  if ('BOOL' in value) return `{"BOOL":${String(value.BOOL)}}`;
  if ('NULL' in value) return '{"NULL":true}';
  if ('L' in value) return `{"L":${list(value.L.map(canonical))}}`;
  if ('M' in value) return `{"M":${members(value.M)}}`;
  if ('SS' in value) return `{"SS":${sorted(value.SS)}}`;
  if ('NS' in value) return `{"NS":${sorted(value.NS.map(plainNumber))}}`;
  return `{"BS":${sorted(value.BS)}}`;
};

/**
 * The one text of an item (docs/audit-chain.md): JSON without spaces, names of attributes and members of sets in the order of
 * their UTF-16 code units, lists in their own order, numbers in plain decimals, bytes in base64.
 */
export const canonicalItem = (item: StoredItem): string => members(item);

/** The hash of an audit entry: all its attributes count, its keys too, so that it can be neither changed nor moved. */
export const entryHash = (digest: Digest, item: StoredItem): string =>
  digest(`hearth-audit-entry/1\n${canonicalItem(item)}`);
