import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { FeedScan } from './feed-scan.ts';
import type { FingerprintIndex } from './fingerprint-index.ts';
import { FingerprintPrefixes } from './fingerprint-prefixes.ts';

/** More rows than a window can have: a row has eighteen characters and a line break at least. */
const mostRows = 16_384;

/**
 * Tells which valid rows of a scan are about somebody who may be on the roster, by its index: only of these a row is made. The others are
 * counted. The scan hands it every valid row, and says when its window moves.
 */
export class RowMatcher {
  unmatched = 0;
  readonly #index: FingerprintIndex;
  readonly #prefixes: FingerprintPrefixes;
  readonly #places = new Int32Array(mostRows);
  readonly #numbers = new Float64Array(mostRows);
  readonly #matched: (row: FeedRow) => void;

  constructor(key: Uint8Array, index: FingerprintIndex, matched: (row: FeedRow) => void) {
    this.#index = index;
    this.#prefixes = new FingerprintPrefixes(key, mostRows);
    this.#matched = matched;
  }

  /** Takes the valid row that is being told. */
  add({ cells, check, rowNumber }: FeedScan): void {
    const place = this.#prefixes.count;
    this.#places[place] = cells.rowFrom;
    this.#numbers[place] = rowNumber;
    this.#prefixes.add(cells.bytes, cells.from[check?.personPlace ?? 0] ?? 0);
  }

  /** Looks up the rows of the window, before it moves. */
  windowEnd(scan: FeedScan): void {
    const { high, low, count } = this.#prefixes;
    this.#prefixes.finish();
    for (let row = 0; row < count; row += 1) {
      if (!this.#index.has(high[row] ?? 0, low[row] ?? 0)) {
        this.unmatched += 1;
        continue;
      }
      scan.readAgain(this.#places[row] ?? 0);
      this.#matched(scan.row(this.#numbers[row]));
    }
    this.#prefixes.clear();
  }
}
