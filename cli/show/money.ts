/** Fen as yuan with thousands separators and two decimals: 4715000 is 47,150.00. Negative for what is saved. */
export const yuan = (fen: number): string => {
  const whole = Math.trunc(Math.abs(fen) / 100).toLocaleString('en');
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}${whole}.${rest}`;
};

/** A count with thousands separators. */
export const count = (value: number): string => value.toLocaleString('en');

const signed = (value: number, written: (value: number) => string): string =>
  value > 0 ? `+${written(value)}` : written(value);

/** How much more (+) or less (-) it is, in yuan. */
export const yuanMore = (fen: number): string => signed(fen, yuan);

/** How many more (+) or fewer (-) there are. */
export const countMore = (value: number): string => signed(value, count);
