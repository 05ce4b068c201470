import { hash } from 'node:crypto';
import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { FeedScan } from './feed-scan.ts';
import type { FingerprintIndex } from './fingerprint-index.ts';

const [blockBytes, hashBytes, idBytes] = [64, 32, 18];

/** A block of the key, with what is hashed behind it (RFC 2104). */
const behindKey = (key: Buffer, pad: number, room: number): Buffer => {
  const block = Buffer.alloc(blockBytes + room);
  for (let at = 0; at < blockBytes; at += 1) block[at] = (key[at] ?? 0) ^ pad;
  return block;
};

/**
 * Tells which valid rows of a scan are about somebody who may be on the roster, by its index: only of these a row is made. The others are
 * counted. The ID is hashed as its bytes stand in the file, into what `adapters/crypto/fingerprint.ts` makes of the same characters: HMAC by
 * two hashes, since an object for each of ten million rows costs more than everything else about them.
 */
export class RowMatcher {
  unmatched = 0;
  readonly #inner: Buffer;
  readonly #outer: Buffer;
  readonly #index: FingerprintIndex;
  readonly #matched: (row: FeedRow) => void;

  /** Throws a RangeError for a key that HMAC would have to shorten. */
  constructor(key: Buffer, index: FingerprintIndex, matched: (row: FeedRow) => void) {
    if (key.length > blockBytes) throw new RangeError(`a key of more than ${blockBytes} bytes`);
    this.#inner = behindKey(key, 0x36, idBytes);
    this.#outer = behindKey(key, 0x5c, hashBytes);
    this.#index = index;
    this.#matched = matched;
  }

  /** Takes the valid row that is being told. */
  add(scan: FeedScan): void {
    const { bytes, from } = scan.cells;
    const id = from[scan.check?.personPlace ?? 0] ?? 0;
    for (let at = 0; at < idBytes; at += 1) this.#inner[blockBytes + at] = bytes[id + at] ?? 0;
    this.#outer.write(hash('sha256', this.#inner, 'binary'), blockBytes, 'latin1');
    // Written over what was hashed: the first eight bytes are all that the index asks for.
    this.#outer.write(hash('sha256', this.#outer, 'binary'), blockBytes, 'latin1');
    if (this.#index.has(this.#outer.readUInt32BE(blockBytes), this.#outer.readUInt32BE(blockBytes + 4)))
      this.#matched(scan.row());
    else this.unmatched += 1;
  }
}
