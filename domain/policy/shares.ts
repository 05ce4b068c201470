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

/**
 * The greatest whole number not above `amount / divisor`, both whole and not negative. Below 2^53 the quotient of two doubles is
 * never rounded across a whole number; a remainder (`%`) of doubles would cost ten times as much.
 */
export const dividedDown = (amount: number, divisor: number): number => Math.floor(amount / divisor);

/** The least whole number not below `amount / divisor`, both whole and not negative. */
export const dividedUp = (amount: number, divisor: number): number => {
  const down = dividedDown(amount, divisor);
  return down * divisor === amount ? down : down + 1;
};

/** The greatest whole number not above `amount` times `share`. */
export const shareRoundedDown = (amount: number, share: number): number => {
  if (share === 1) return amount;
  const tenThousandths = inTenThousandths(share);
  const whole = dividedDown(amount, scale);
  return whole * tenThousandths + dividedDown((amount - whole * scale) * tenThousandths, scale);
};

/** The least whole number not below `amount` times `share`. */
export const shareRoundedUp = (amount: number, share: number): number => {
  if (share === 1) return amount;
  const tenThousandths = inTenThousandths(share);
  const whole = dividedDown(amount, scale);
  return whole * tenThousandths + dividedUp((amount - whole * scale) * tenThousandths, scale);
};
