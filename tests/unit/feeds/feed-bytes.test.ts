import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { plainBytes } from '../../../adapters/feeds/feed-bytes.ts';

const once = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
};
/** A megabyte of the same row: a thousandth of it in gzip. */
const packed = gzipSync('0123456789abcde\n'.repeat(65_536));
const unpackedOf = async (most?: number): Promise<number> => {
  let bytes = 0;
  for await (const chunk of plainBytes(once(packed), true, most)) bytes += chunk.length;
  return bytes;
};

test('a compressed file is unpacked up to the size that may be sent uncompressed', async () => {
  expect(await unpackedOf()).toBe(1_048_576);
  expect(await unpackedOf(1_048_576)).toBe(1_048_576);
});

test('one that unpacks to more is refused with its reason, as soon as that is known', async () => {
  await expect(unpackedOf(1_048_575)).rejects.toMatchObject({ fault: { reason: 'unpacked-too-large' } });
  await expect(unpackedOf(100_000)).rejects.toMatchObject({
    fault: { detail: { en: expect.stringMatching(/given up at 1\d{5} bytes/u) } },
  });
});
