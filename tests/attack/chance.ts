import { createHash } from 'node:crypto';

/** Chance that can be had again: the same seed and the same name give the same numbers. */
export interface Chance {
  /** A fraction in [0, 1). */
  readonly next: () => number;
  /** A whole number from least to most, both included. */
  readonly whole: (least: number, most: number) => number;
  readonly one: <Item>(items: readonly Item[]) => Item;
  readonly is: (probability: number) => boolean;
}

/** xoshiro128** of Blackman and Vigna, begun from a hash, so that neighbouring seeds have nothing in common. */
export const chanceOf = (seed: string): Chance => {
  const begun = createHash('sha256').update(seed).digest();
  let [a, b, c, d] = [begun.readUInt32LE(0), begun.readUInt32LE(4), begun.readUInt32LE(8), begun.readUInt32LE(12)];
  const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
  const next = (): number => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result / 4_294_967_296;
  };
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    one: (items) => {
      if (items.length === 0) throw new RangeError('nothing to choose from');
      return items[whole(0, items.length - 1)] as (typeof items)[number];
    },
    is: (probability) => next() < probability,
  };
};
