import { hash } from 'node:crypto';

const [blockBytes, hashBytes, idBytes] = [64, 32, 18];

/** A block of the key, with what is hashed behind it (RFC 2104). */
const behindKey = (key: Buffer, pad: number, room: number): Buffer => {
  const block = Buffer.alloc(blockBytes + room);
  for (let at = 0; at < blockBytes; at += 1) block[at] = (key[at] ?? 0) ^ pad;
  return block;
};

/**
 * The first 64 bits of what `adapters/crypto/fingerprint.ts` makes of a resident ID, by its bytes as they stand in a file: HMAC by two
 * hashes, since an object for each of ten million rows costs more than everything else about them.
 */
export class KeyedHash {
  high = 0;
  low = 0;
  readonly #inner: Buffer;
  readonly #outer: Buffer;

  /** Throws a RangeError for a key that HMAC would have to shorten. */
  constructor(key: Buffer) {
    if (key.length > blockBytes) throw new RangeError(`a key of more than ${blockBytes} bytes`);
    this.#inner = behindKey(key, 0x36, idBytes);
    this.#outer = behindKey(key, 0x5c, hashBytes);
  }

  /** Hashes the ID that begins at a byte. */
  of(bytes: Uint8Array, from: number): void {
    for (let at = 0; at < idBytes; at += 1) this.#inner[blockBytes + at] = bytes[from + at] ?? 0;
    this.#outer.write(hash('sha256', this.#inner, 'binary'), blockBytes, 'latin1');
    // Written over what was hashed: the first eight bytes are all that an index asks for.
    this.#outer.write(hash('sha256', this.#outer, 'binary'), blockBytes, 'latin1');
    this.high = this.#outer.readUInt32BE(blockBytes);
    this.low = this.#outer.readUInt32BE(blockBytes + 4);
  }
}
