/**
 * Exact arithmetic on shares and multiples. A share is written as a decimal with at most four places (1.5, 0.8) and used in
 * whole ten-thousandths, so that no comparison ever rests on a binary fraction. Amounts stay below 2^53 throughout, because
 * the pack's schema bounds standards to 100,000 yuan a month and shares to 10.
 */
const scale = 10_000;

/** Whether a number is a share this system can use exactly: 0 to 10 with at most four decimal places. */
export const isExactShare = (share: number): boolean =>
  share >= 0 && share <= 10 && Math.abs(share * scale - Math.round(share * scale)) < 1e-7;

/** A share in whole ten-thousandths, and what one whole is in them. */
export const inTenThousandths = (share: number): number => Math.round(share * scale);
export const wholeShare = scale;

const parts = (amount: number, share: number): { whole: number; rest: number } => {
  if (share === 1) return { whole: amount, rest: 0 };
  const tenThousandths = inTenThousandths(share);
  const below = amount % scale;
  const scaledBelow = below * tenThousandths;
  const rest = scaledBelow % scale;
  return { whole: ((amount - below) / scale) * tenThousandths + (scaledBelow - rest) / scale, rest };
};

/** The greatest whole number not above `amount` times `share`. */
export const shareRoundedDown = (amount: number, share: number): number => parts(amount, share).whole;

/** The least whole number not below `amount` times `share`. */
export const shareRoundedUp = (amount: number, share: number): number => {
  const { whole, rest } = parts(amount, share);
  return rest === 0 ? whole : whole + 1;
};

/** The greatest whole number not above `amount / divisor`, both whole and not negative. */
export const dividedDown = (amount: number, divisor: number): number => (amount - (amount % divisor)) / divisor;

/** The least whole number not below `amount / divisor`, both whole and not negative. */
export const dividedUp = (amount: number, divisor: number): number =>
  amount % divisor === 0 ? amount / divisor : dividedDown(amount, divisor) + 1;
