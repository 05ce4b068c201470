/** Bytes being written, and how many are. `write*` grow the array when they must. */
export interface Output {
  bytes: Uint8Array;
  length: number;
}
/** Bytes being read, and how far. */
export interface Input {
  readonly bytes: Uint8Array;
  at: number;
}

export const outputOf = (capacity: number): Output => ({ bytes: new Uint8Array(capacity), length: 0 });

/** Makes sure that as many more bytes have room. */
export const makeRoom = (output: Output, more: number): void => {
  const needed = output.length + more;
  if (needed <= output.bytes.length) return;
  const larger = new Uint8Array(Math.max(needed, output.bytes.length * 2));
  larger.set(output.bytes);
  output.bytes = larger;
};

export const writeByte = (output: Output, byte: number): void => {
  if (output.length === output.bytes.length) makeRoom(output, 1);
  output.bytes[output.length] = byte;
  output.length += 1;
};

/** Some bytes as they are, all of them or the first `count`. */
export const writeBytes = (output: Output, bytes: Uint8Array, count: number = bytes.length): void => {
  makeRoom(output, count);
  const { bytes: into, length } = output;
  for (let index = 0; index < count; index += 1) into[length + index] = bytes[index] ?? 0;
  output.length = length + count;
};

/** A whole number from 0 to 2^53 - 1 in seven-bit groups, the lowest first (LEB128). */
export const writeWhole = (output: Output, value: number): void => {
  let rest = value;
  // Whatever fits into 31 bits, which is nearly all there is, needs no division.
  for (; rest > 0x7fff_ffff; rest = Math.floor(rest / 128)) writeByte(output, (rest % 128) + 128);
  for (; rest > 127; rest >>>= 7) writeByte(output, (rest & 127) | 128);
  writeByte(output, rest);
};

/** A whole number of either sign: small magnitudes take few bytes. */
export const writeSigned = (output: Output, value: number): void => {
  writeWhole(output, value < 0 ? -2 * value - 1 : 2 * value);
};

/** Thrown when bytes end early or hold what nothing writes: they are not what was stored. */
export class DamagedRecord extends Error {
  override readonly name = 'DamagedRecord';
}

export const readByte = (input: Input): number => {
  const byte = input.bytes[input.at];
  if (byte === undefined) throw new DamagedRecord(`the record ends at byte ${input.at}, before it is complete`);
  input.at += 1;
  return byte;
};

export const readWhole = (input: Input): number => {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = readByte(input);
    value += (byte % 128) * scale;
    if (!Number.isSafeInteger(value)) throw new DamagedRecord(`the number before byte ${input.at} is too large`);
    if (byte === 0 && scale > 1)
      throw new DamagedRecord(`the number before byte ${input.at} is longer than it need be`);
    if (byte < 128) return value;
    scale *= 128;
  }
};

export const readSigned = (input: Input): number => {
  const value = readWhole(input);
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
};

/** Bytes as hexadecimal digits, two for each. */
export const toHex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
};

/** The bytes of hexadecimal digits; throws `DamagedRecord` when they are none. */
export const fromHex = (text: string): Uint8Array => {
  if (!/^(?:[0-9a-f]{2})*$/u.test(text)) throw new DamagedRecord('it is not written in pairs of hexadecimal digits');
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
};
