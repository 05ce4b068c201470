import { createHash } from 'node:crypto';

const magic = 0x58444948;
const version = 1;
const headerBytes = 48;
const directoryBits = 18;
const shift = 32 - directoryBits;

/** An index that cannot be trusted: it is made anew from the table. */
export class IndexRefused extends Error {
  override readonly name = 'IndexRefused';
}

const sumOf = (words: Uint32Array): Buffer =>
  createHash('sha256')
    .update(new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
    .digest();

/** Room that workers share. */
const shared = (words: number): Uint32Array<SharedArrayBuffer> => new Uint32Array(new SharedArrayBuffer(words * 4));

/** Where the entries with the same first bits begin: fingerprints are spread evenly, so that a look goes over five of them. */
const directoryOf = (entries: Uint32Array): Uint32Array<SharedArrayBuffer> => {
  const starts = shared(2 ** directoryBits + 1);
  const count = entries.length / 2;
  let bucket = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const own = (entries[entry * 2] ?? 0) >>> shift;
    for (; bucket <= own; bucket += 1) starts[bucket] = entry;
  }
  for (; bucket < starts.length; bucket += 1) starts[bucket] = count;
  return starts;
};

/**
 * Who is on the roster, by the first 64 bits of their keyed fingerprints: eight bytes a person, sorted, and a directory. It is a filter and
 * never an answer: a prefix that is here is looked up in the table by the whole fingerprint, a prefix that is not here needs no look. It
 * holds no ID, and without the key none can be tried on it.
 */
export class FingerprintIndex {
  readonly entries: Uint32Array<SharedArrayBuffer>;
  readonly directory: Uint32Array<SharedArrayBuffer>;

  private constructor(entries: Uint32Array<SharedArrayBuffer>, directory: Uint32Array<SharedArrayBuffer>) {
    this.entries = entries;
    this.directory = directory;
  }

  get size(): number {
    return this.entries.length / 2;
  }

  /** Makes the index of fingerprints as the table keeps them, in any order. */
  static of(fingerprints: Iterable<string>): FingerprintIndex {
    const prefixes: Uint8Array[] = [];
    for (const each of fingerprints) prefixes.push(Buffer.from(each, 'base64url').subarray(0, 8));
    return FingerprintIndex.ofPrefixes([Buffer.concat(prefixes)]);
  }

  /** Makes it of the first eight bytes of fingerprints, one behind the other, in any order. */
  static ofPrefixes(parts: readonly Uint8Array[]): FingerprintIndex {
    const sorted = new BigUint64Array(parts.reduce((sum, { length }) => sum + length / 8, 0));
    let next = 0;
    for (const part of parts) {
      const view = new DataView(part.buffer, part.byteOffset, part.byteLength);
      for (let at = 0; at < part.length; at += 8) {
        sorted[next] = view.getBigUint64(at);
        next += 1;
      }
    }
    sorted.sort();
    const entries = shared(sorted.length * 2);
    sorted.forEach((prefix, entry) => {
      entries[entry * 2] = Number(prefix >> 32n);
      entries[entry * 2 + 1] = Number(prefix & 0xffffffffn);
    });
    return new FingerprintIndex(entries, directoryOf(entries));
  }

  /** The index of another thread, over the same memory. */
  static over(index: Pick<FingerprintIndex, 'entries' | 'directory'>): FingerprintIndex {
    return new FingerprintIndex(index.entries, index.directory);
  }

  has(high: number, low: number): boolean {
    const bucket = high >>> shift;
    const end = this.directory[bucket + 1] ?? 0;
    for (let entry = this.directory[bucket] ?? 0; entry < end; entry += 1) {
      if (this.entries[entry * 2] === high && this.entries[entry * 2 + 1] === low) return true;
    }
    return false;
  }

  /** The index as bytes: what it is, its version, how many entries, the SHA-256 of them, and they. */
  serialise(): Buffer {
    const bytes = Buffer.alloc(headerBytes + this.entries.byteLength);
    bytes.writeUInt32LE(magic, 0);
    bytes.writeUInt32LE(version, 4);
    bytes.writeUInt32LE(this.size, 8);
    sumOf(this.entries).copy(bytes, 16);
    bytes.set(new Uint8Array(this.entries.buffer), headerBytes);
    return bytes;
  }

  /** Reads an index. Throws `IndexRefused` for another version, a length that does not fit, and bytes that are not those that were written. */
  static read(bytes: Buffer): FingerprintIndex {
    if (bytes.length < headerBytes || bytes.readUInt32LE(0) !== magic) throw new IndexRefused('this is no index');
    if (bytes.readUInt32LE(4) !== version) throw new IndexRefused('an index of another version: make it anew');
    const count = bytes.readUInt32LE(8);
    if (bytes.length !== headerBytes + count * 8) throw new IndexRefused('the index is cut off: make it anew');
    const entries = shared(count * 2);
    new Uint8Array(entries.buffer).set(bytes.subarray(headerBytes));
    if (!sumOf(entries).equals(bytes.subarray(16, 48))) throw new IndexRefused('the index is damaged: make it anew');
    return new FingerprintIndex(entries, directoryOf(entries));
  }
}
