import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const partitionBits = 6;
const partitions = 1 << partitionBits;
const wordsOfEntry = 3;
const entriesOfBlock = 2_048;
/** What a row takes in the file. */
export const bytesOfEntry = wordsOfEntry * 4;
const blockBytes = entriesOfBlock * bytesOfEntry;

/** A ledger as plain data. */
export interface LedgerParts {
  readonly blocks: readonly Uint32Array[];
  readonly used: Uint32Array;
  readonly places: readonly (readonly number[])[];
  readonly folder: string | null;
}

/**
 * The keys of the valid rows of a file or of a part of it, as hashes of 64 bits with the number of their row. They are laid down by their first
 * bits in a file of 12 bytes a row, so that memory stays of one size: only one part in 64 is ever looked at together. Among ten million
 * rows two different keys have the same hash with a chance of three in a million; then a row too many is called a duplicate.
 */
export class KeyLedger {
  readonly #folder: string;
  readonly #forAnother: boolean;
  readonly #blocks: (Uint32Array | undefined)[] = Array.from({ length: partitions }, () => undefined);
  readonly #used = new Uint32Array(partitions);
  /** Of each partition, where its full blocks stand in the file. */
  readonly #places: number[][] = Array.from({ length: partitions }, () => []);
  #file: { readonly descriptor: number; readonly folder: string; length: number } | null = null;

  /**
   * `folder` is where a folder of its own is made, once there is more than memory is to hold. It has no name any more as soon as it is open: it is
   * gone with the process, also with one that is cut off. A function that is killed leaves its scratch folder to the next call, and with it
   * would leave ever less room. Only what another thread is to read keeps its name (`forAnother`), until that one closes it.
   */
  constructor(folder: string, { forAnother = false }: { readonly forAnother?: boolean } = {}) {
    this.#folder = folder;
    this.#forAnother = forAnother;
  }

  add(first: number, second: number, row: number): void {
    const partition = first >>> (32 - partitionBits);
    const block = this.#blocks[partition] ?? new Uint32Array(entriesOfBlock * wordsOfEntry);
    const used = this.#used[partition] ?? 0;
    this.#blocks[partition] = block;
    block[used] = first;
    block[used + 1] = second;
    block[used + 2] = row;
    this.#used[partition] = used + wordsOfEntry;
    if (used + wordsOfEntry === block.length) this.#lay(partition, block);
  }

  /** Visits the entries of a partition in the order in which they came. */
  visit(partition: number, entry: (first: number, second: number, row: number) => void): void {
    const read = new Uint32Array(entriesOfBlock * wordsOfEntry);
    for (const place of this.#places[partition] ?? []) {
      if (this.#file !== null) readSync(this.#file.descriptor, read, 0, blockBytes, place);
      visitBlock(read, read.length, entry);
    }
    const block = this.#blocks[partition];
    if (block !== undefined) visitBlock(block, this.#used[partition] ?? 0, entry);
  }

  entriesIn(partition: number): number {
    return (this.#places[partition] ?? []).length * entriesOfBlock + (this.#used[partition] ?? 0) / wordsOfEntry;
  }

  /** What another thread needs to read it; the file stays and is that thread's to take away. */
  handOver(): LedgerParts {
    const blocks = this.#blocks.map((block) => block ?? new Uint32Array(0));
    return { blocks, used: this.#used, places: this.#places, folder: this.#file?.folder ?? null };
  }

  /** The ledger of another thread. */
  static takenOver({ blocks, used, places, folder }: LedgerParts): KeyLedger {
    const ledger = new KeyLedger(folder ?? '', { forAnother: true });
    blocks.forEach((block, partition) => {
      ledger.#blocks[partition] = block;
      ledger.#places[partition] = [...(places[partition] ?? [])];
    });
    ledger.#used.set(used);
    if (folder !== null) ledger.#file = { descriptor: openSync(join(folder, 'keys'), 'r'), folder, length: 0 };
    return ledger;
  }

  /** Takes the file away. */
  close(): void {
    if (this.#file === null) return;
    closeSync(this.#file.descriptor);
    if (this.#forAnother) rmSync(this.#file.folder, { recursive: true });
    this.#file = null;
  }

  #lay(partition: number, block: Uint32Array): void {
    if (this.#file === null) {
      const folder = mkdtempSync(join(this.#folder, 'hearth-keys-'));
      this.#file = { descriptor: openSync(join(folder, 'keys'), 'wx+', 0o600), folder, length: 0 };
      if (!this.#forAnother) rmSync(folder, { recursive: true });
    }
    writeSync(this.#file.descriptor, block, 0, blockBytes, this.#file.length);
    this.#places[partition]?.push(this.#file.length);
    this.#file.length += blockBytes;
    this.#used[partition] = 0;
  }
}

const visitBlock = (
  block: Uint32Array,
  words: number,
  entry: (first: number, second: number, row: number) => void,
): void => {
  for (let at = 0; at < words; at += wordsOfEntry) {
    entry(block[at] ?? 0, block[at + 1] ?? 0, block[at + 2] ?? 0);
  }
};

/** A set of hashes of 64 bits with open addressing, for as many as it is made for. */
class HashSet {
  readonly #slots: Uint32Array;
  readonly #mask: number;

  constructor(entries: number) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(entries, 8) * 2));
    this.#slots = new Uint32Array(capacity * 2);
    this.#mask = capacity - 1;
  }

  /** Whether it was not there yet. Nothing is kept for a hash of zeros, which stands for an empty slot: it is set to one. */
  add(first: number, second: number): boolean {
    const low = first === 0 && second === 0 ? 1 : second;
    for (let slot = second & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const [one = 0, other = 0] = [this.#slots[slot * 2], this.#slots[slot * 2 + 1]];
      if (one === first && other === low) return false;
      if (one !== 0 || other !== 0) continue;
      this.#slots[slot * 2] = first;
      this.#slots[slot * 2 + 1] = low;
      return true;
    }
  }
}

/**
 * The rows whose key a valid row before them has, by ledger: the ledgers of the parts of one file are given in the order of the parts. The numbers
 * are those the rows were added with, in rising order.
 */
export const duplicatesIn = (ledgers: readonly KeyLedger[]): readonly (readonly number[])[] => {
  const found: number[][] = ledgers.map(() => []);
  for (let partition = 0; partition < partitions; partition += 1) {
    const seen = new HashSet(ledgers.reduce((sum, ledger) => sum + ledger.entriesIn(partition), 0));
    ledgers.forEach((ledger, index) => {
      ledger.visit(partition, (first, second, row) => {
        if (!seen.add(first, second)) found[index]?.push(row);
      });
    });
  }
  return found.map((rows) => rows.toSorted((one, other) => one - other));
};
