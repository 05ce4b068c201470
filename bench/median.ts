/** The middle of some figures; of an even number the mean of the two in the middle. Throws a RangeError when there is none. */
export const median = (figures: readonly number[]): number => {
  const sorted = figures.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('there is no median of nothing');
  return (low + high) / 2;
};

/** The least of some figures that a share of them (0.95: nineteen of twenty) are not above, by nearest rank. Throws a RangeError when there is none. */
export const atShare = (figures: readonly number[], share: number): number => {
  const found = figures.toSorted((one, other) => one - other)[Math.ceil(share * figures.length) - 1];
  if (found === undefined) throw new RangeError(`no figure stands at ${share} of ${figures.length}`);
  return found;
};

/** A figure with as many places as say something. */
export const rounded = (figure: number, places = 2): number => Math.round(figure * 10 ** places) / 10 ** places;
