import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fixed,
  room,
  writeComma,
  writeFixed,
  writeNumber,
  writeScalar,
  writeText,
} from '../../../../domain/determinations/json-output.ts';
import { makeRoom, type Output, outputOf } from '../../../../domain/determinations/octets.ts';

const written = (write: (output: Output) => void): string => {
  const output = outputOf(8);
  makeRoom(output, room);
  write(output);
  return Buffer.from(output.bytes.subarray(0, output.length)).toString('utf8');
};
const text = (value: string): string => written((output) => writeText(output, value));
const number = (value: number): string => written((output) => writeNumber(output, value));

describe('a text written as JSON', () => {
  it('is what JSON.stringify makes of it: quotes, control characters, all that is not ASCII, halves of surrogates', () => {
    const units = fc.oneof(
      fc.constantFrom('"', '\\', '\u0000', '\u001f', '\u007f', '\u0080', '\u2028', '低', '😀', '\ud800', '\udfff'),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(units, { maxLength: 8 }), (parts) => {
        const value = parts.join('');
        expect(text(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 500 },
    );
  });

  it('may be of any length, and what follows finds room', () => {
    for (const value of ['a'.repeat(5_000), `${'低'.repeat(5_000)}"`]) {
      const line = written((output) => {
        writeText(output, value);
        writeNumber(output, Number.MAX_SAFE_INTEGER);
      });
      expect(line).toBe(`${JSON.stringify(value)}${Number.MAX_SAFE_INTEGER}`);
    }
  });
});

describe('a number written as JSON', () => {
  it('is what JSON.stringify makes of it, whole or not, of either sign', () => {
    const edges = [0, -0, 9, 10, -10, 99, 100, 0.5, -1.5, 1e21, 1e-7, 2 ** 53, 2 ** 53 - 1, 1 - 2 ** 53];
    for (const value of [...edges, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(number(value)).toBe(JSON.stringify(value));
    }
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.double()), (value) => {
        expect(number(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('pieces of JSON', () => {
  it('are the words for true, false and nothing, and numbers and texts', () => {
    for (const value of [true, false, null, 12, 'a "b"']) {
      expect(written((output) => writeScalar(output, value))).toBe(JSON.stringify(value));
    }
  });

  it('have a comma before each but the first', () => {
    const line = written((output) => {
      for (const index of [0, 1, 2]) {
        writeComma(output, index === 0);
        writeNumber(output, index);
      }
    });
    expect(line).toBe('0,1,2');
  });

  it('that are fixed are copied whole, short or long', () => {
    for (const length of [0, 1, 20, 21, 300]) {
      expect(written((output) => writeFixed(output, fixed('x'.repeat(length))))).toBe('x'.repeat(length));
    }
  });
});
