import { makeRoom, type Output } from './octets.ts';

/** Text that is written again and again, as the bytes it is written as. */
export type Fixed = Uint8Array;
const encoder = new TextEncoder();
export const fixed = (text: string): Fixed => encoder.encode(text);

/** Room that a writer of several pieces asks for at once: enough for any of them but a text of unbounded length. */
export const room = 1_024;

/** Bytes as they are. The caller has made room. */
export const writeFixed = (output: Output, text: Fixed): void => {
  const { bytes, length } = output;
  // Copying has a price of its own, which a loop over a few bytes does not reach.
  if (text.length > 20) bytes.set(text, length);
  else for (let index = 0; index < text.length; index += 1) bytes[length + index] = text[index] ?? 0;
  output.length = length + text.length;
};

const quote = 34;
const backslash = 92;
const isPlain = (code: number): boolean => code > 31 && code < 127 && code !== quote && code !== backslash;

/** A JSON string, in UTF-8. ASCII without escapes, nearly everything in a trace, is copied as it is. */
export const writeText = (output: Output, text: string): void => {
  makeRoom(output, text.length + room);
  const { bytes, length } = output;
  bytes[length] = quote;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (!isPlain(code)) {
      const escaped = fixed(JSON.stringify(text));
      makeRoom(output, escaped.length + room);
      writeFixed(output, escaped);
      return;
    }
    bytes[length + index + 1] = code;
  }
  bytes[length + text.length + 1] = quote;
  output.length = length + text.length + 2;
};

/** A JSON number. Whole ones, all there are of money and counts, digit by digit. The caller has made room. */
export const writeNumber = (output: Output, value: number): void => {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    writeFixed(output, fixed(JSON.stringify(value)));
    return;
  }
  const { bytes } = output;
  let rest = value;
  let at = output.length;
  if (rest < 0) {
    bytes[at] = 45;
    at += 1;
    rest = -rest;
  }
  let end = at + 1;
  for (let power = 10; power <= rest; power *= 10) end += 1;
  output.length = end;
  do {
    const next = Math.floor(rest / 10);
    end -= 1;
    bytes[end] = 48 + (rest - next * 10);
    rest = next;
  } while (end > at);
};

const words = { null: fixed('null'), true: fixed('true'), false: fixed('false') } as const;

/** A JSON number, string, true, false or null. The caller has made room. */
export const writeScalar = (output: Output, value: number | string | boolean | null): void => {
  if (typeof value === 'number') writeNumber(output, value);
  else if (typeof value === 'string') writeText(output, value);
  else if (value === null) writeFixed(output, words.null);
  else writeFixed(output, value ? words.true : words.false);
};

/** The comma before every piece but the first. The caller has made room. */
export const writeComma = (output: Output, isFirst: boolean): void => {
  if (isFirst) return;
  output.bytes[output.length] = 44;
  output.length += 1;
};
