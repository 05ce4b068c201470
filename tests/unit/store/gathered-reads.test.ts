import { describe, expect, test } from 'vitest';
import { gatheredReads } from '../../../adapters/dynamodb/gathered-reads.ts';
import type { Key } from '../../../adapters/dynamodb/keys.ts';

const keyOf = (pk: string): Key => ({ pk, sk: 'STATE' });

/** A store that has an item under every key but `none`, and fails when it is asked for `broken`. */
const storeOf = () => {
  const requests: string[][] = [];
  const read = gatheredReads(async (keys) => {
    requests.push(keys.map(({ pk }) => pk));
    if (keys.some(({ pk }) => pk === 'broken')) throw new Error('the store does not answer');
    return keys.map((key) => (key.pk === 'none' ? undefined : { ...key, of: key.pk }));
  });
  return { requests, read: (pk: string) => read(keyOf(pk)) };
};

describe('reads of one item each', () => {
  test('that are asked for at the same time are one request, and each gets its own', async () => {
    const { requests, read } = storeOf();
    const found = await Promise.all(['one', 'none', 'two', 'one'].map(read));
    expect(found.map((item) => item?.['of'])).toEqual(['one', undefined, 'two', 'one']);
    expect(requests).toEqual([['one', 'none', 'two', 'one']]);
  });

  test('that are asked for one after the other are requests of their own', async () => {
    const { requests, read } = storeOf();
    await read('one');
    await read('two');
    expect(requests).toEqual([['one'], ['two']]);
  });

  test('that fail do so for everybody who asked, and for nobody who asks later', async () => {
    const { read } = storeOf();
    const asked = await Promise.allSettled([read('one'), read('broken')]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await read('one')).toMatchObject({ of: 'one' });
  });
});
