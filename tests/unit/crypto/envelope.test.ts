import { randomBytes } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { open, readUnder, seal, type Under } from '../../../adapters/crypto/envelope.ts';

const key = randomBytes(32);
const context = 'HOUSEHOLD#hh_1|STATE|3|identity';
const under: Under = { slots: [1, 2] };
const value = { name: '张测试', residentId: '149901195803120011' };

describe('an envelope', () => {
  property.prop([fc.jsonValue({ depthSize: 'medium' })])('gives back what was sealed', (given) => {
    const plain: unknown = JSON.parse(JSON.stringify(given));
    expect(open(key, context, seal(key, under, context, plain))).toEqual(plain);
    expect(open(key, context, seal(key, { generation: 7 }, context, plain))).toEqual(plain);
  });

  test.each([
    ['persons', under],
    ['a generation', { generation: 258 }],
  ])('under %s does not open when any bit of any byte of it has changed', (_, whose) => {
    const envelope = seal(key, whose, context, value);
    for (let at = 0; at < envelope.length; at += 1) {
      for (let bit = 1; bit < 256; bit *= 2) {
        const changed = Buffer.from(envelope);
        changed[at] = (changed[at] ?? 0) ^ bit;
        expect(() => open(key, context, changed), `byte ${at}, bit ${bit}`).toThrow();
      }
    }
  });

  test('does not open when its end is missing, wherever it ends, or when something follows', () => {
    const envelope = seal(key, under, context, value);
    for (let length = 0; length < envelope.length; length += 1) {
      expect(() => open(key, context, envelope.subarray(0, length)), `${length} bytes`).toThrow();
    }
    expect(() => open(key, context, Buffer.concat([envelope, Buffer.of(0)]))).toThrow(/authenticate/u);
  });

  test('does not open in another record, another version of it, another group, or under another key', () => {
    const envelope = seal(key, under, context, ['a secret']);
    const others = [
      'HOUSEHOLD#hh_2|STATE|3|identity',
      'HOUSEHOLD#hh_1|OTHER|3|identity',
      'HOUSEHOLD#hh_1|STATE|2|identity',
      'HOUSEHOLD#hh_1|STATE|3|health',
    ];
    for (const other of others) expect(() => open(key, other, envelope)).toThrow(/authenticate/u);
    expect(() => open(randomBytes(32), context, envelope)).toThrow(/authenticate/u);
  });

  test('does not open when it is said to lie under other keys', () => {
    const envelope = seal(key, under, context, value);
    const rest = envelope.subarray(4);
    for (const header of [
      [2, 2, 2, 1],
      [2, 2, 1, 3],
      [2, 1, 1],
      [2, 3, 1, 2, 3],
      [2, 0, 0, 1],
    ]) {
      expect(() => open(key, context, Buffer.concat([Buffer.from(header), rest])), String(header)).toThrow();
    }
  });

  test('says under whose keys it lies', () => {
    expect(readUnder(seal(key, { slots: [1, 4, 255] }, context, value))).toEqual({ slots: [1, 4, 255] });
    expect(readUnder(seal(key, { generation: 65_535 }, context, value))).toEqual({ generation: 65_535 });
  });

  test('is never the same twice, and holds nothing that can be read', () => {
    const [one, other] = [seal(key, under, context, value), seal(key, under, context, value)];
    expect(one.equals(other)).toBe(false);
    expect(one.toString('latin1')).not.toContain('149901');
    expect(one.toString('utf8')).not.toContain('张');
  });

  test('of another version is refused, and what to do is said', () => {
    const envelope = seal(key, under, context, ['a secret']);
    envelope[0] = 1;
    expect(() => open(key, context, envelope)).toThrow(/Not an envelope of version 2.*start with a new table/u);
  });

  test('that opens into more than any record holds is refused', () => {
    const envelope = seal(key, under, context, 'a'.repeat(2_000_000));
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
    expect(seal(key, under, context, facts).length).toBeLessThan(900);
  });
});
