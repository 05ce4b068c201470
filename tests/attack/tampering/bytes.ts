/** One thing done to bytes that were whole. Undefined: there is nothing here to do it to. */
export interface Tampering {
  readonly name: string;
  readonly make: (bytes: Buffer, another: Buffer) => Buffer | undefined;
}

const changed = (bytes: Buffer, at: number, mask: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
};

/** What can be done to a string of bytes that is authenticated, whatever its format is. */
export const wholeClasses: readonly Tampering[] = [
  { name: 'emptied', make: () => Buffer.alloc(0) },
  { name: 'first byte off', make: (bytes) => bytes.subarray(1) },
  { name: 'last byte off', make: (bytes) => bytes.subarray(0, -1) },
  { name: 'cut in half', make: (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)) },
  { name: 'a byte before', make: (bytes) => Buffer.concat([Buffer.of(0), bytes]) },
  { name: 'a byte after', make: (bytes) => Buffer.concat([bytes, Buffer.of(0)]) },
  { name: 'zeroed', make: (bytes) => Buffer.alloc(bytes.length) },
  { name: 'turned round', make: (bytes) => Buffer.from(bytes.toReversed()) },
  { name: 'twice', make: (bytes) => Buffer.concat([bytes, bytes]) },
  { name: 'that of another record', make: (_, another) => another },
  {
    name: 'the head of one on the tail of another',
    make: (bytes, another) => Buffer.concat([bytes.subarray(0, 16), another.subarray(16)]),
  },
  {
    name: 'two neighbours swapped',
    make: (bytes) => {
      const at = bytes.findIndex((byte, index) => index > 0 && byte !== bytes[index - 1]);
      if (at < 1) return undefined;
      const copy = Buffer.from(bytes);
      [copy[at - 1], copy[at]] = [bytes[at] ?? 0, bytes[at - 1] ?? 0];
      return copy;
    },
  },
];

/** A bit of every byte, or of every so many bytes; the lowest and the highest in turn. */
export const flips = (length: number, every: number): readonly Tampering[] =>
  Array.from({ length: Math.ceil(length / every) }, (_, index) => {
    const at = index * every;
    return { name: `byte ${at} changed`, make: (bytes: Buffer) => changed(bytes, at, index % 2 === 0 ? 1 : 128) };
  });
