const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const withFen = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Fen as yuan, as money is written: 4800000 is 48,000 and 37680 is 376.80. */
export const yuan = (fen: number): string => (fen % 100 === 0 ? whole : withFen).format(fen / 100);
