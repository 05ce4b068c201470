import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DamagedRecord,
  fromHex,
  makeRoom,
  outputOf,
  readByte,
  readSigned,
  readWhole,
  toHex,
  writeByte,
  writeBytes,
  writeSigned,
  writeWhole,
} from '../../../../domain/determinations/octets.ts';

const written = (write: (output: ReturnType<typeof outputOf>) => void, capacity = 1): Uint8Array => {
  const output = outputOf(capacity);
  write(output);
  return output.bytes.slice(0, output.length);
};
const whole = (value: number): Uint8Array => written((output) => writeWhole(output, value));
const read = (...bytes: readonly number[]): number => readWhole({ bytes: Uint8Array.from(bytes), at: 0 });

/** Where one more byte begins, and the ends of what a number can be. */
const edges = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];

describe('whole numbers in seven-bit groups', () => {
  it('are written the lowest group first, as LEB128 is everywhere', () => {
    expect([...whole(0)]).toStrictEqual([0]);
    expect([...whole(127)]).toStrictEqual([127]);
    expect([...whole(128)]).toStrictEqual([128, 1]);
    expect([...whole(624_485)]).toStrictEqual([0xe5, 0x8e, 0x26]);
    expect(whole(Number.MAX_SAFE_INTEGER)).toHaveLength(8);
  });

  it('come back as they were, one after the other', () => {
    const numbers = fc.array(fc.oneof(fc.constantFrom(...edges), fc.maxSafeNat()), { maxLength: 20 });
    fc.assert(
      fc.property(numbers, (values) => {
        const bytes = written((output) => {
          for (const value of values) writeWhole(output, value);
        });
        const input = { bytes, at: 0 };
        expect(values.map(() => readWhole(input))).toStrictEqual(values);
        expect(input.at).toBe(bytes.length);
      }),
    );
  });

  it('of either sign come back as they were, small ones in one byte', () => {
    const half = 2 ** 52 - 1;
    fc.assert(
      fc.property(fc.integer({ min: -half, max: half }), (value) => {
        const bytes = written((output) => writeSigned(output, value));
        // Adding nothing turns -0 into the 0 it was.
        expect(readSigned({ bytes, at: 0 }) + 0).toBe(value + 0);
      }),
    );
    for (const value of [-64, -1, 0, 1, 63]) expect(written((output) => writeSigned(output, value))).toHaveLength(1);
    for (const value of [-65, 64]) expect(written((output) => writeSigned(output, value))).toHaveLength(2);
  });

  it('that end early are damaged, wherever they end', () => {
    for (const value of edges) {
      const bytes = whole(value);
      for (let length = 0; length < bytes.length; length += 1) {
        expect(() => readWhole({ bytes: bytes.slice(0, length), at: 0 })).toThrow(
          new DamagedRecord(`the record ends at byte ${length}, before it is complete`),
        );
      }
    }
  });

  it('that are longer than they need be are damaged: nothing writes them', () => {
    for (const bytes of [
      [128, 0],
      [255, 0],
      [128, 128, 0],
    ]) {
      expect(() => read(...bytes)).toThrow(DamagedRecord);
    }
    expect(read(128, 1)).toBe(128);
  });

  it('that are too large for a number without loss are damaged', () => {
    const [last, ...rest] = [...whole(Number.MAX_SAFE_INTEGER)].toReversed();
    expect(read(...rest.toReversed(), last ?? 0)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => read(...rest.toReversed(), (last ?? 0) + 1)).toThrow(DamagedRecord);
    expect(() => read(...Array.from({ length: 9 }, () => 255), 1)).toThrow(DamagedRecord);
    expect(() => read(...Array.from({ length: 400 }, () => 128), 1)).toThrow(DamagedRecord);
  });
});

describe('bytes', () => {
  it('have room made for them when there is none, and what was written stays', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.nat(8), (pieces, capacity) => {
        const bytes = written((output) => {
          for (const piece of pieces) {
            for (const byte of piece) writeByte(output, byte);
            writeBytes(output, piece);
          }
        }, capacity);
        expect([...bytes]).toStrictEqual(pieces.flatMap((piece) => [...piece, ...piece]));
      }),
    );
  });

  it('are written up to a count where one is given', () => {
    expect([...written((output) => writeBytes(output, Uint8Array.of(1, 2, 3), 2))]).toStrictEqual([1, 2]);
  });

  it('grow at least twofold, so that writing many is not copying each time', () => {
    const output = outputOf(100);
    output.length = 100;
    makeRoom(output, 1);
    expect(output.bytes).toHaveLength(200);
    makeRoom(output, 1_000);
    expect(output.bytes).toHaveLength(1_100);
  });

  it('beyond the end are damaged', () => {
    expect(() => readByte({ bytes: Uint8Array.of(7), at: 1 })).toThrow(DamagedRecord);
    expect(readByte({ bytes: Uint8Array.of(7), at: 0 })).toBe(7);
  });
});

describe('hexadecimal digits', () => {
  it('are two for each byte, and come back as the bytes they were', () => {
    expect(toHex(Uint8Array.of(0, 10, 255))).toBe('000aff');
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toStrictEqual(bytes);
      }),
    );
  });

  it('that are odd in number, upper case or none at all are damaged', () => {
    for (const text of ['0', '0A', 'zz', '00 ', '00\n']) expect(() => fromHex(text)).toThrow(DamagedRecord);
    expect(fromHex('')).toHaveLength(0);
  });
});
