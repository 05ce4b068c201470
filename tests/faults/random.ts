/** Numbers from 0 to 1 that follow from a seed (mulberry32): the same seed gives the same run on every machine. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** The same things in an order that follows from the numbers (Fisher and Yates). */
export const shuffled = <Thing>(things: readonly Thing[], random: () => number): Thing[] => {
  const order = [...things];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    [order[last], order[chosen]] = [order[chosen] as Thing, order[last] as Thing];
  }
  return order;
};
