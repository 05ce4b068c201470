import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../adapters/crypto/fingerprint.ts';
import { readingDate } from '../../../adapters/feeds/cell-values.ts';
import { FeedScan } from '../../../adapters/feeds/feed-scan.ts';
import { FingerprintIndex } from '../../../adapters/feeds/fingerprint-index.ts';
import { RowMatcher } from '../../../adapters/feeds/row-matcher.ts';
import type { FeedRow } from '../../../domain/feeds/feed-row.ts';
import { bytesOf, deathHeadings, deathRow, feedNamed, idOf, rowsOf, today } from './feed-files.ts';

const key = Buffer.from('00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'hex');
const prefixOf = (id: string): bigint => Buffer.from(fingerprint(key, id), 'base64url').readBigUInt64BE();

describe('the index of the roster', () => {
  const index = FingerprintIndex.of(Array.from({ length: 5_000 }, (_, number) => fingerprint(key, idOf(number * 2))));
  const isThere = (id: string, of = index): boolean => {
    const prefix = prefixOf(id);
    return of.has(Number(prefix >> 32n), Number(prefix & 0xffffffffn));
  };

  it('knows everybody it was made of, and nobody else', () => {
    const known = Array.from({ length: 10_000 }, (_, number) => isThere(idOf(number)));
    expect(known).toEqual(known.map((_, number) => number % 2 === 0));
  });

  it('is the same after it was written and read, and for another thread', () => {
    const again = FingerprintIndex.read(index.serialise());
    expect(again.size).toBe(5_000);
    expect(isThere(idOf(4), again)).toBe(true);
    expect(isThere(idOf(5), FingerprintIndex.over(again))).toBe(false);
    expect(FingerprintIndex.read(FingerprintIndex.of([]).serialise()).size).toBe(0);
  });

  it('is refused when it is damaged, cut off, of another version or none', () => {
    const bytes = index.serialise();
    const changed = (at: number): Buffer => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      return copy;
    };
    expect(() => FingerprintIndex.read(changed(1_000))).toThrow('damaged');
    expect(() => FingerprintIndex.read(changed(20))).toThrow('damaged');
    expect(() => FingerprintIndex.read(changed(4))).toThrow('another version');
    expect(() => FingerprintIndex.read(changed(0))).toThrow('no index');
    expect(() => FingerprintIndex.read(bytes.subarray(0, bytes.length - 8))).toThrow('cut off');
    expect(() => FingerprintIndex.read(Buffer.alloc(3))).toThrow('no index');
  });

  it('is not asked with a key that would have to be shortened', () => {
    expect(() => new RowMatcher(Buffer.alloc(65), index, () => undefined)).toThrow(RangeError);
  });

  it('lets only rows of the roster be made, over several windows, as they would be read one by one', async () => {
    const numbers = Array.from({ length: 12_000 }, (_, number) => number);
    const text = `${deathHeadings}\n${numbers.map(deathRow).join('\n')}\n`;
    const matched: FeedRow[] = [];
    const matcher = new RowMatcher(key, index, (row) => matched.push(row));
    const scan = new FeedScan({
      feed: feedNamed('deaths'),
      format: 'csv',
      day: readingDate(today),
      layout: null,
      firstRow: 1,
      row: (told, reason) => {
        if (reason === null) matcher.add(told);
      },
    });
    scan.push(bytesOf(text));
    scan.end();
    const expected = (await rowsOf(text)).flatMap((row) => (row.outcome === 'valid' ? [row.row] : []));
    expect(matched).toEqual(expected.filter(({ rowNumber }) => rowNumber % 2 === 1 && rowNumber < 10_000));
    expect(matched.length + matcher.unmatched).toBe(12_000);
  });
});
