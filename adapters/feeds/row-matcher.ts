import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { FeedScan } from './feed-scan.ts';
import type { FingerprintIndex } from './fingerprint-index.ts';
import { KeyedHash } from './keyed-hash.ts';

/**
 * Tells which valid rows of a scan are about somebody who may be on the roster, by its index: only of these a row is made. The others are
 * counted. The ID is hashed as its bytes stand in the file.
 */
export class RowMatcher {
  unmatched = 0;
  readonly #hash: KeyedHash;
  readonly #index: FingerprintIndex;
  readonly #matched: (row: FeedRow) => void;

  /** Throws a RangeError for a key that HMAC would have to shorten. */
  constructor(key: Buffer, index: FingerprintIndex, matched: (row: FeedRow) => void) {
    this.#hash = new KeyedHash(key);
    this.#index = index;
    this.#matched = matched;
  }

  /** Takes the valid row that is being told. */
  add(scan: FeedScan): void {
    this.#hash.of(scan.cells.bytes, scan.personFrom);
    if (this.#index.has(this.#hash.high, this.#hash.low)) this.#matched(scan.row());
    else this.unmatched += 1;
  }
}
