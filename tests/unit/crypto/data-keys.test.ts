import { describe, expect, test } from 'vitest';
import { type GenerationItems, kmsDataKeys } from '../../../adapters/crypto/data-keys.ts';
import { Instant } from '../../../domain/dates.ts';
import { generationsInMemory, kmsOf } from '../../support/vault.ts';

const now = () => Instant.parse('2026-03-02T01:00:00.000Z');
const arn = 'arn:aws:kms:::key/test';

describe('data keys', () => {
  test('are made when one is first needed, and unwrapped once however often they are asked for', async () => {
    const { client, asked } = kmsOf('a secret');
    const keys = kmsDataKeys(client, arn, generationsInMemory(), now);
    const [one, other] = await Promise.all([keys.newest(), keys.newest()]);
    expect(one).toEqual(other);
    expect(one.number).toBe(1);
    expect(await keys.generation(1)).toEqual(one);
    expect(asked).toEqual(['GenerateDataKey', 'Decrypt']);
  });

  test('made by two processes at the same moment are one: whoever was second uses the first', async () => {
    const items = generationsInMemory();
    const { client } = kmsOf('a secret');
    const both = [kmsDataKeys(client, arn, items, now), kmsDataKeys(client, arn, items, now)];
    const [one, other] = await Promise.all(both.map((keys) => keys.newest()));
    expect(one).toEqual(other);
    expect(await items.all()).toHaveLength(1);
  });

  test('of a bad moment are asked for again', async () => {
    const { client } = kmsOf('a secret');
    let failures = 1;
    const memory = generationsInMemory();
    const items: GenerationItems = {
      ...memory,
      all: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('no answer');
        return memory.all();
      },
    };
    const keys = kmsDataKeys(client, arn, items, now);
    await expect(keys.newest()).rejects.toThrow('no answer');
    expect((await keys.newest()).number).toBe(1);
  });

  test('that were added are the newest soon, at once for who asks so, and the older ones still open', async () => {
    const { client } = kmsOf('a secret');
    const items = generationsInMemory();
    const keys = kmsDataKeys(client, arn, items, now);
    const first = await keys.newest();
    const second = await keys.make(2);
    expect(await items.add(second)).toBe(true);
    expect((await keys.newest()).number).toBe(1);
    expect((await keys.newestNow()).number).toBe(2);
    expect((await keys.newest()).number).toBe(2);
    expect((await keys.newest()).key).not.toEqual(first.key);
    expect(await keys.generation(1)).toEqual(first);
    expect(await items.add(second)).toBe(false);
    expect((await keys.all()).map(({ number }) => number)).toEqual([1, 2]);
  });

  test('stored under another number do not open: KMS demands the context they were made in', async () => {
    const { client } = kmsOf('a secret');
    const items = generationsInMemory();
    const first = await kmsDataKeys(client, arn, items, now).newest();
    const [stored] = await items.all();
    if (stored === undefined) throw new Error('a key was made');
    await items.add({ ...stored, number: 2 });
    expect((await kmsDataKeys(client, arn, items, now).generation(2)).key).not.toEqual(first.key);
  });

  test('that are not in the store are said to be missing', async () => {
    const keys = kmsDataKeys(kmsOf('a secret').client, arn, generationsInMemory(), now);
    await expect(keys.generation(4)).rejects.toThrow('generation 4 is not in the store');
  });
});
