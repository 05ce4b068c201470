/** The constants of SHA-256 (FIPS 180-4, 4.2.2): the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const roundConstants = Uint32Array.from(
  (
    '428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5 d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe ' +
    '9bdc06a7 c19bf174 e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da 983e5152 a831c66d b00327c8 bf597fc7 ' +
    'c6e00bf3 d5a79147 06ca6351 14292967 27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85 a2bfe8a1 a81a664b ' +
    'c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070 19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3 ' +
    '748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2'
  ).split(' '),
  (word) => Number.parseInt(word, 16),
);

type Code = number[];
const v128 = 0x7b;
const i32 = 0x7f;
const simd = (...code: readonly number[]): Code => [0xfd, ...code];
const or = simd(0x50);
const xor = simd(0x51);
const bitselect = simd(0x52);
const shiftLeft = simd(0xab, 0x01);
const shiftRight = simd(0xad, 0x01);
const add = simd(0xae, 0x01);

/** An unsigned number in LEB128. */
const number = (value: number): Code => {
  const code: Code = [];
  let rest = value;
  do {
    code.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return code;
};
const get = (local: number): Code => [0x20, ...number(local)];
const set = (local: number): Code => [0x21, ...number(local)];
const load = (pointer: number, word: number): Code => [...get(pointer), ...simd(0x00, 4, ...number(word * 16))];
const fourTimes = (word: number): Code => {
  const bytes = [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24];
  return simd(0x0c, ...bytes, ...bytes, ...bytes, ...bytes);
};
/** A count of at most 31 as a constant: six bits and a sign of LEB128. */
const rotated = (local: number, by: number): Code => [
  ...get(local),
  ...[0x41, by, ...shiftRight],
  ...get(local),
  ...[0x41, 32 - by, ...shiftLeft],
  ...or,
];
const shifted = (local: number, by: number): Code => [...get(local), 0x41, by, ...shiftRight];

/** Parameters: where the state, the block and the new state are. Then the eight words of the state, sixteen of the schedule, and one more. */
const [statePointer, blockPointer, outPointer, firstOfState, firstOfSchedule, spare] = [0, 1, 2, 3, 11, 27] as const;
const stateWord = (round: number, word: number): number => firstOfState + ((word - round + 64) % 8);
const scheduleWord = (place: number): number => firstOfSchedule + (place % 16);

/** The word of the schedule for a later round, in the place of the one sixteen rounds before. */
const nextWord = (round: number): Code => {
  const [two, fifteen] = [scheduleWord(round + 14), scheduleWord(round + 1)];
  return [
    ...[...rotated(two, 17), ...rotated(two, 19), ...xor, ...shifted(two, 10), ...xor],
    ...[...rotated(fifteen, 7), ...rotated(fifteen, 18), ...xor, ...shifted(fifteen, 3), ...xor],
    ...[...add, ...get(scheduleWord(round + 9)), ...add, ...get(scheduleWord(round)), ...add],
    ...set(scheduleWord(round)),
  ];
};

/** One round (FIPS 180-4, 6.2.2). The words of the state do not move; their names do. */
const roundCode = (round: number): Code => {
  const word = (place: number): number => stateWord(round, place);
  const [a, b, c, d] = [word(0), word(1), word(2), word(3)];
  const [e, f, g, h] = [word(4), word(5), word(6), word(7)];
  return [
    ...(round >= 16 ? nextWord(round) : []),
    ...[...rotated(e, 6), ...rotated(e, 11), ...xor, ...rotated(e, 25), ...xor],
    ...[...get(f), ...get(g), ...get(e), ...bitselect, ...add],
    ...[...get(h), ...add, ...fourTimes(roundConstants[round] ?? 0), ...add],
    ...[...get(scheduleWord(round)), ...add, ...set(spare)],
    ...[...get(d), ...get(spare), ...add, ...set(d)],
    ...[...rotated(a, 2), ...rotated(a, 13), ...xor, ...rotated(a, 22), ...xor],
    ...[...get(c), ...get(a), ...get(a), ...get(b), ...xor, ...bitselect, ...add],
    ...[...get(spare), ...add, ...set(h)],
  ];
};

const eight = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const compressCode = (): Code => [
  ...eight.flatMap((word) => [...load(statePointer, word), ...set(firstOfState + word)]),
  ...Array.from({ length: 16 }, (_, word) => [...load(blockPointer, word), ...set(firstOfSchedule + word)]).flat(),
  ...Array.from({ length: 64 }, (_, round) => roundCode(round)).flat(),
  ...eight.flatMap((word) => [
    ...get(outPointer),
    ...[...load(statePointer, word), ...get(firstOfState + word), ...add],
    ...simd(0x0b, 4, ...number(word * 16)),
  ]),
];

const section = (id: number, content: Code): Code => [id, ...number(content.length), ...content];
const name = (text: string): Code => [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))];
const moduleBytes = (): Uint8Array<ArrayBuffer> => {
  const body = [1, ...number(25), v128, ...compressCode(), 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, i32, i32, i32, 0]),
    ...section(2, [1, ...name('m'), ...name('m'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('c'), 0, 0]),
    ...section(10, [1, ...number(body.length), ...body]),
  ]);
};

/** Compresses a block: where the state is, where the block, where the new state goes. */
type Compression = (state: number, block: number, out: number) => void;
/** A module exports values of any kind; the one that is asked for is the function that this file wrote. */
const isCompression = (value: unknown): value is Compression => typeof value === 'function';

/**
 * Makes the compression of SHA-256 (FIPS 180-4) over four messages side by side, one in each lane of a vector, as a function over `memory`: where
 * the state is, where the block, where the new state goes. Word w of lane l stands at 16 w + 4 l, as a number of the machine.
 */
export const compressionOn = (memory: WebAssembly.Memory): Compression => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()), { m: { m: memory } });
  const compress: unknown = exports['c'];
  if (!isCompression(compress)) throw new Error('the module has lost its function');
  return compress;
};
