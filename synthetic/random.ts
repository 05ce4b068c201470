/**
 * Chance that can be had again: the same seed gives the same values on every machine. Only 32-bit integer arithmetic is used, which
 * is exact everywhere; no value goes through a function (such as a logarithm) that engines may round differently.
 */
export interface Random {
  /** A share from 0 up to, not including, 1. */
  readonly share: () => number;
  /** A whole number from `from` to `to`, both included. */
  readonly integer: (from: number, to: number) => number;
  /** True in this share of cases. */
  readonly chance: (share: number) => boolean;
  /** One of a list, each as likely as the others. Throws a RangeError for an empty list. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** One of the named outcomes, by their weights. Throws a RangeError when there is none. */
  readonly weighted: <Item>(outcomes: readonly (readonly [Item, number])[]) => Item;
}

/** FNV-1a with a final mix: spreads a text over 32 bits, differently for each salt. */
const hash = (text: string, salt: number): number => {
  let value = 2_166_136_261 ^ salt;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 16_777_619);
  value = Math.imul(value ^ (value >>> 16), 2_246_822_507);
  value = Math.imul(value ^ (value >>> 13), 3_266_489_909);
  return (value ^ (value >>> 16)) >>> 0;
};

/** sfc32, the small fast counting generator of PractRand: 128 bits of state, of which 32 are a counter. */
const smallFastCounter = (seed: string): (() => number) => {
  let [a, b, c, counter] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1];
  const next = (): number => {
    const result = (((a + b) >>> 0) + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + result) >>> 0;
    return result;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next();
  return next;
};

/** A source of chance for a seed. Sources of different seeds have nothing to do with each other. */
export const randomFrom = (seed: string): Random => {
  const next = smallFastCounter(seed);
  const share = (): number => next() / 4_294_967_296;
  const integer = (from: number, to: number): number => from + Math.floor(share() * (to - from + 1));
  return {
    share,
    integer,
    chance: (wanted) => share() < wanted,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('there is nothing to pick from');
      return item;
    },
    weighted: (outcomes) => {
      let rest = share() * outcomes.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of outcomes) {
        rest -= weight;
        if (rest < 0) return item;
      }
      const last = outcomes.at(-1);
      if (last === undefined) throw new RangeError('there is nothing to choose from');
      return last[0];
    },
  };
};
