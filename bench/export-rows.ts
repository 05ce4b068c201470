import { randomBytes } from 'node:crypto';

/** An attribute value in DynamoDB JSON. */
type Value =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: Value[] }
  | { SS: string[] }
  | { M: Item };
export type Item = Record<string, Value>;

export const text = (value: string): Value => ({ S: value });
export const whole = (value: number): Value => ({ N: String(value) });
export const none: Value = { NULL: true };
/** As long as envelopes are, and as little to be compressed. */
export const sealed = (bytes: number): Value => {
  const envelope = randomBytes(bytes);
  envelope[0] = 1;
  return { B: envelope.toString('base64') };
};

/** The moment of the made-up export: a Monday morning in China. */
export const exportedAt = '2026-06-01T02:00:00.000Z';
export const dayMs = 86_400_000;
export const instant = (ms: number): string => new Date(ms).toISOString();
export const dateOf = (ms: number): string => instant(ms + 8 * 3_600_000).slice(0, 10);
export const endOfDay = (date: string): string => instant(Date.parse(`${date}T16:00:00.000Z`));

const bySeed = (index: number, salt: number): string =>
  (BigInt(index) * 0x9e3779b97f4a7c15n + BigInt(salt) * 0xc2b2ae3d27d4eb4fn + 0x165667b19e3779f9n)
    .toString(16)
    .slice(-16)
    .padStart(16, '0');
/** 32 hexadecimal digits, the same for the same numbers and no others. */
export const hex = (index: number, salt: number): string => bySeed(index, salt) + bySeed(index + 1, salt + 7_919);
export const print = (index: number, salt: number): string =>
  Buffer.from(hex(index, salt) + hex(index, salt + 20), 'hex').toString('base64url');

/** A record being written by commands, one version each. */
export interface Written {
  readonly kind: string;
  readonly id: string;
  version: number;
  readonly row: Item;
}
