import { randomBytes } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { open, seal } from '../../../adapters/crypto/envelope.ts';
import { keyringFrom } from '../../../adapters/crypto/keyring.ts';

const key = randomBytes(32);
const context = 'HOUSEHOLD#hh_1|identity';

describe('an envelope', () => {
  property.prop([fc.jsonValue({ depthSize: 'medium' })])('gives back what was sealed', (value) => {
    const plain: unknown = JSON.parse(JSON.stringify(value));
    expect(open(key, context, seal(key, context, plain))).toEqual(plain);
  });

  property.prop([fc.nat(), fc.integer({ min: 1, max: 255 })])(
    'does not open when any byte of it has changed',
    (position, change) => {
      const envelope = seal(key, context, { name: '张测试', residentId: '149901195803120011' });
      const at = position % envelope.length;
      envelope[at] = (envelope[at] ?? 0) ^ change;
      expect(() => open(key, context, envelope)).toThrow();
    },
  );

  property.prop([fc.nat({ max: 80 })])('does not open when its end is missing', (length) => {
    const envelope = seal(key, context, { name: '张测试', residentId: '149901195803120011' });
    expect(() => open(key, context, envelope.subarray(0, Math.min(length, envelope.length - 1)))).toThrow();
  });

  test('does not open in another place, for another group, or under another key', () => {
    const envelope = seal(key, context, ['a secret']);
    expect(() => open(key, 'HOUSEHOLD#hh_2|identity', envelope)).toThrow(/authenticate/u);
    expect(() => open(key, 'HOUSEHOLD#hh_1|circumstances', envelope)).toThrow(/authenticate/u);
    expect(() => open(randomBytes(32), context, envelope)).toThrow(/authenticate/u);
  });

  test('is never the same twice, and holds nothing that can be read', () => {
    const value = { name: '张测试', residentId: '149901195803120011' };
    const [one, other] = [seal(key, context, value), seal(key, context, value)];
    expect(one.equals(other)).toBe(false);
    expect(one.toString('latin1')).not.toContain('149901');
    expect(one.toString('utf8')).not.toContain('张');
  });

  test('of another version is refused, by its group and without its content', () => {
    const envelope = seal(key, context, ['a secret']);
    envelope[0] = 2;
    expect(() => open(key, context, envelope)).toThrow('Not an envelope of version 1 (identity)');
  });

  test('that opens into more than any record holds is refused', () => {
    const envelope = seal(key, context, 'a'.repeat(2_000_000));
    expect(envelope.length).toBeLessThan(10_000);
    expect(() => open(key, context, envelope)).toThrow();
  });

  test('of a household of two with thirty facts fits into one write unit', () => {
    const person = (number: number) => `per_${number.toString(16).padStart(32, 'a')}`;
    const kinds = ['income.wages', 'income.transfer', 'asset.vehicles', 'asset.dwellings', 'expenditure.medical'];
    const facts = Array.from({ length: 30 }, (_, index) => ({
      kind: kinds[index % kinds.length],
      subject: person(index % 2),
      value: index * 1_000,
      unit: 'fen-per-12-months',
      dataset: 'declaration',
      asOf: '2026-02-27',
      recordedAt: '2026-03-02T01:00:00.000Z',
    }));
    expect(JSON.stringify(facts).length).toBeGreaterThan(5_000);
    expect(seal(key, context, facts).length).toBeLessThan(900);
  });
});

describe('a keyring', () => {
  test('derives another key for each purpose, the same each time, and others from another secret', () => {
    const purposes = ['identity', 'circumstances', 'notice', 'task', 'token', 'fingerprint', 'cursor'] as const;
    const keyring = keyringFrom('a secret of sixty-four characters or so, which nobody could guess');
    const keys = purposes.map((purpose) => keyring(purpose).toString('hex'));
    expect(new Set(keys).size).toBe(purposes.length);
    for (const derived of keys) expect(derived).toMatch(/^[0-9a-f]{64}$/u);
    const again = keyringFrom('a secret of sixty-four characters or so, which nobody could guess');
    expect(purposes.map((purpose) => again(purpose).toString('hex'))).toEqual(keys);
    const other = keyringFrom('another secret of sixty-four characters or so, nobody could guess');
    expect(other('identity').toString('hex')).not.toBe(keys[0]);
  });
});
