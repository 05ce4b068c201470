import { compressionOn } from './sha-lanes.ts';

/** First words of SHA-256 (FIPS 180-4, 5.3.3). */
const initial = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
] as const;
const places = { initial: 0, inner: 128, outer: 256, block: 384, outerBlock: 640, out: 896 } as const;
const lanes = 4;
const idLength = 18;

/**
 * The first 64 bits of the keyed fingerprints of resident IDs (`adapters/crypto/fingerprint.ts`: HMAC-SHA-256), four at a time: a feed has
 * ten million of them, and one at a time they cost more than everything else about a row. For every ID that is added a prefix comes, in
 * order, once its group of four is full or `finish` is called.
 */
export class FingerprintPrefixes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  count = 0;
  readonly #words: Int32Array;
  readonly #compress: (state: number, block: number, out: number) => void;

  /** `room` is how many IDs one batch may have. Throws a RangeError for a key that HMAC would have to shorten. */
  constructor(key: Uint8Array, room: number) {
    if (key.length > 64) throw new RangeError('a key of more than 64 bytes');
    const memory = new WebAssembly.Memory({ initial: 1 });
    this.#words = new Int32Array(memory.buffer);
    this.#compress = compressionOn(memory);
    this.high = new Uint32Array(room + lanes);
    this.low = new Uint32Array(room + lanes);
    for (const [place, word] of initial.entries()) this.#everywhere(places.initial, place, word);
    this.#begin(key, 0x36, places.inner);
    this.#begin(key, 0x5c, places.outer);
    for (let place = 0; place < 16; place += 1) this.#everywhere(places.block, place, 0);
    this.#everywhere(places.block, 15, (64 + idLength) * 8);
    this.#everywhere(places.outerBlock, 8, 0x80000000);
    this.#everywhere(places.outerBlock, 15, (64 + 32) * 8);
  }

  /** Begins a new batch. */
  clear(): void {
    this.count = 0;
  }

  /** Adds the ID whose eighteen bytes begin at `from`. */
  add(bytes: Uint8Array, from: number): void {
    const lane = this.count % lanes;
    const block = places.block / 4 + lane;
    for (let word = 0; word < 4; word += 1) {
      const at = from + word * 4;
      this.#words[block + word * lanes] =
        ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    }
    this.#words[block + 4 * lanes] = ((bytes[from + 16] ?? 0) << 24) | ((bytes[from + 17] ?? 0) << 16) | 0x8000;
    this.count += 1;
    if (lane === lanes - 1) this.#hash(this.count - lanes);
  }

  /** Makes the prefixes of the last group, which may not be full. */
  finish(): void {
    const rest = this.count % lanes;
    if (rest > 0) this.#hash(this.count - rest);
  }

  #hash(first: number): void {
    this.#compress(places.inner, places.block, places.outerBlock);
    this.#compress(places.outer, places.outerBlock, places.out);
    const out = places.out / 4;
    for (let lane = 0; lane < lanes; lane += 1) {
      this.high[first + lane] = this.#words[out + lane] ?? 0;
      this.low[first + lane] = this.#words[out + lanes + lane] ?? 0;
    }
  }

  #everywhere(place: number, word: number, value: number): void {
    for (let lane = 0; lane < lanes; lane += 1) this.#words[place / 4 + word * lanes + lane] = value;
  }

  /** The state after the block of the key (RFC 2104). */
  #begin(key: Uint8Array, pad: number, state: number): void {
    for (let word = 0; word < 16; word += 1) {
      let value = 0;
      for (let byte = 0; byte < 4; byte += 1) value = (value << 8) | ((key[word * 4 + byte] ?? 0) ^ pad);
      this.#everywhere(places.block, word, value);
    }
    this.#compress(places.initial, places.block, state);
  }
}
