import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FeedRefused } from './layout.ts';

const isOfZlib = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');

async function* unzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const source = Readable.from(bytes);
  source.once('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    if (!isOfZlib(error)) throw error;
    const detail = { zh: '解压在文件结束前失败。', en: 'It could not be unpacked to its end.' };
    throw new FeedRefused({ reason: 'gzip-broken', detail }, { cause: error });
  } finally {
    source.destroy();
  }
}

/** The bytes of a file as they are before gzip. Throws `FeedRefused` where the gzip is cut off or damaged. */
export const plainBytes = (bytes: AsyncIterable<Uint8Array>, isGzip: boolean): AsyncIterable<Uint8Array> =>
  isGzip ? unzipped(bytes) : bytes;
