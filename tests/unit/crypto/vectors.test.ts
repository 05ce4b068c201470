import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { groupKey, sensitivityGroups } from '../../../adapters/crypto/derivation.ts';
import { dictionary } from '../../../adapters/crypto/dictionary.ts';
import { open, sealBytes } from '../../../adapters/crypto/envelope.ts';
import { fingerprint } from '../../../adapters/crypto/fingerprint.ts';
import { keyringFrom } from '../../../adapters/crypto/keyring.ts';
import { unwrapPersonKey, wrapPersonKey } from '../../../adapters/crypto/person-key.ts';
import { PersonId } from '../../../domain/ids.ts';
import vectorsFile from './envelope-vectors.json' with { type: 'json' };

const Hex = z.hex().transform((text) => Buffer.from(text, 'hex'));
const Under = z.union([z.strictObject({ slots: z.array(z.int()) }), z.strictObject({ generation: z.int() })]);
const vectors = z
  .strictObject({
    derivations: z.array(
      z.strictObject({
        from: z.enum(['generation', 'persons']),
        material: z.array(Hex),
        group: z.enum(sensitivityGroups),
        key: Hex,
      }),
    ),
    wraps: z.array(
      z.strictObject({
        generation: z.int(),
        generationKey: Hex,
        householdId: z.string(),
        personId: PersonId,
        slot: z.int(),
        personKey: Hex,
        nonce: Hex,
        wrapped: Hex,
      }),
    ),
    envelopes: z.array(
      z.strictObject({
        key: Hex,
        under: Under,
        context: z.string(),
        value: z.unknown(),
        compressed: Hex,
        nonce: Hex,
        envelope: Hex,
      }),
    ),
    fingerprints: z.array(
      z.strictObject({ secret: z.string(), key: Hex, residentId: z.string(), fingerprint: z.string() }),
    ),
    dictionary: z.strictObject({ sha256: z.string(), bytes: z.int() }),
  })
  .parse(vectorsFile);

/** Made by another implementation (Python, `cryptography`) from docs/envelopes.md: what is stored today has to open for ever. */
describe('known answers', () => {
  test.each(vectors.derivations)('the key of $group from $from', ({ from, material, group, key }) => {
    expect(groupKey(from, material, group).toString('hex')).toBe(key.toString('hex'));
  });

  test('cover every group', () => {
    expect(new Set(vectors.derivations.map(({ group }) => group))).toEqual(new Set(sensitivityGroups));
  });

  test.each(vectors.wraps)('the wrapped key in slot $slot', (vector) => {
    const generation = { number: vector.generation, key: vector.generationKey };
    expect(wrapPersonKey(generation, vector, vector.personKey, vector.nonce).toString('hex')).toBe(
      vector.wrapped.toString('hex'),
    );
    expect(unwrapPersonKey(generation, vector.householdId, vector.wrapped)).toEqual(vector.personKey);
  });

  test.each(vectors.envelopes)(
    'the envelope of $context',
    ({ key, under, context, value, compressed, nonce, envelope }) => {
      expect(sealBytes(key, under, context, compressed, nonce).toString('hex')).toBe(envelope.toString('hex'));
      expect(open(key, context, envelope)).toEqual(value);
    },
  );

  test.each(vectors.fingerprints)('the look-up key of a resident ID, in full length', (vector) => {
    const key = keyringFrom(vector.secret)('fingerprint');
    expect(key).toEqual(vector.key);
    expect(fingerprint(key, vector.residentId)).toBe(vector.fingerprint);
    expect(Buffer.from(vector.fingerprint, 'base64url')).toHaveLength(32);
  });

  test('the dictionary is the one every envelope was compressed with', () => {
    expect(createHash('sha256').update(dictionary).digest('hex')).toBe(vectors.dictionary.sha256);
  });
});
