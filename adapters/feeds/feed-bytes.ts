import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { largestFeed } from '../../domain/feeds/feed.ts';
import { FeedRefused } from './layout.ts';

const isOfZlib = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');

/** A few bytes of gzip can stand for any number of bytes. */
const tooLarge = (unpacked: number): FeedRefused => {
  const detail = { zh: `解压至 ${unpacked} 字节时停止。`, en: `Unpacking was given up at ${unpacked} bytes.` };
  return new FeedRefused({ reason: 'unpacked-too-large', detail });
};

async function* unzipped(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let unpacked = 0;
  const gunzip = createGunzip();
  const source = Readable.from(bytes);
  source.once('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) {
      if (!(chunk instanceof Uint8Array)) continue;
      unpacked += chunk.length;
      if (unpacked > most) throw tooLarge(unpacked);
      yield chunk;
    }
  } catch (error) {
    if (!isOfZlib(error)) throw error;
    const detail = { zh: '解压在文件结束前失败。', en: 'It could not be unpacked to its end.' };
    throw new FeedRefused({ reason: 'gzip-broken', detail }, { cause: error });
  } finally {
    source.destroy();
  }
}

/**
 * The bytes of a file as they are before gzip. Throws `FeedRefused` where the gzip is cut off or damaged, or holds more than a file may have
 * that is not compressed.
 */
export const plainBytes = (
  bytes: AsyncIterable<Uint8Array>,
  isGzip: boolean,
  most = largestFeed,
): AsyncIterable<Uint8Array> => (isGzip ? unzipped(bytes, most) : bytes);
