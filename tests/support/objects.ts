import type { ArrivedPart, ObjectStore } from '../../domain/store/object-store.ts';

const concat = (pieces: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces));

/** An object store in memory. `send` does what a caller does with a signed address. */
export const objectsInMemory = (): ObjectStore & {
  readonly send: (address: string, content: Uint8Array) => void;
  readonly content: (key: string) => string | undefined;
} => {
  const objects = new Map<string, Uint8Array>();
  const uploads = new Map<string, Map<number, Uint8Array>>();
  const partsOf = (uploadId: string): readonly ArrivedPart[] | undefined => {
    const parts = uploads.get(uploadId);
    if (parts === undefined) return undefined;
    return [...parts].map(([number, { length }]) => ({ number, bytes: length, tag: `part ${number}` }));
  };
  return {
    beginUpload: async (key) => {
      const uploadId = `upload ${uploads.size}`;
      uploads.set(uploadId, new Map());
      return { key, uploadId };
    },
    arrivedParts: async ({ uploadId }) => partsOf(uploadId),
    completeUpload: async ({ key, uploadId }, parts) => {
      const sent = uploads.get(uploadId);
      if (sent === undefined) return;
      objects.set(key, concat(parts.map(({ number }) => sent.get(number) ?? new Uint8Array())));
      uploads.delete(uploadId);
    },
    partAddress: async ({ uploadId }, part) =>
      `https://objects.test/?upload=${encodeURIComponent(uploadId)}&part=${part}`,
    downloadAddress: async (key) => `https://objects.test/${key}`,
    size: async (key) => objects.get(key)?.length,
    read: async (key, { first, last }) => {
      const found = objects.get(key);
      if (found === undefined) throw new Error(`there is no object ${key}`);
      return found.slice(first, last + 1);
    },
    put: async (key, content) => void objects.set(key, content.slice()),
    putAll: async (key, pieces) => {
      const all: Uint8Array[] = [];
      for await (const piece of pieces) all.push(piece.slice());
      objects.set(key, concat(all));
    },
    send: (address, content) => {
      const { searchParams } = new URL(address);
      uploads.get(searchParams.get('upload') ?? '')?.set(Number(searchParams.get('part')), content);
    },
    content: (key) => {
      const found = objects.get(key);
      return found === undefined ? undefined : Buffer.from(found).toString();
    },
  };
};
