import type { ObjectStore } from '../../domain/store/object-store.ts';

/** Bytes of an object that are held at a time. */
const stretch = 8 * 1024 * 1024;

/** The bytes of an object from its beginning to its end, a stretch at a time. */
export const bytesOfObject = async function* (
  { read }: Pick<ObjectStore, 'read'>,
  key: string,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  for (let first = 0; first < bytes; first += stretch)
    yield await read(key, { first, last: Math.min(bytes, first + stretch) - 1 });
};
