import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { digest } from '../../../../adapters/runtime.ts';
import { hashOfEntry } from '../../../../cli/audit/verify/item-text.ts';
import { entryHash, type StoredValue } from '../../../../domain/audit/stored-item.ts';

const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), fc.nat(), fc.nat(), fc.integer({ min: -30, max: 30 }))
  .map(([sign, whole, fraction, power]) => `${sign}${whole}.${fraction}E${power}`);
const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }).filter((text) => text !== '__proto__');
const { value } = fc.letrec<{ value: StoredValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }).map((S) => ({ S })),
    decimal.map((N) => ({ N })),
    fc.uint8Array().map((bytes) => ({ B: Buffer.from(bytes).toString('base64') })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.constant({ NULL: true as const }),
    fc.array(fc.string()).map((SS) => ({ SS })),
    fc.array(decimal).map((NS) => ({ NS })),
    fc.array(tie('value'), { maxLength: 3 }).map((L) => ({ L })),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }).map((M) => ({ M })),
  ),
}));
const item = fc.dictionary(name, value, { maxKeys: 6 });

describe('an entry', () => {
  test.prop([item])('has one hash, found by two programs that share nothing', (entry) => {
    expect(hashOfEntry(entry)).toBe(entryHash(digest, entry));
  });

  test.prop([item])('has the same hash whatever the order of its attributes', (entry) => {
    const reversed = Object.fromEntries(Object.entries(entry).toReversed());
    expect(entryHash(digest, reversed)).toBe(entryHash(digest, entry));
  });

  test.prop([item, name, value, value])('has another hash with another value in it', (entry, key, one, other) => {
    fc.pre(JSON.stringify(one) !== JSON.stringify(other) && 'S' in one);
    expect(entryHash(digest, { ...entry, [key]: one })).not.toBe(entryHash(digest, { ...entry, [key]: other }));
  });
});
