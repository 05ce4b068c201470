/** Whether the row of a story makes its rule fire, or stays just below what would. */
export const expectations = ['fires', 'stays-silent'] as const;
export type Expectation = (typeof expectations)[number];

/** Why a row is refused that was spoilt (domain reference, section 5), by the codes of the platform. */
export const spoiltReasons = [
  'id-scientific',
  'id-15-digits',
  'id-check-digit',
  'date-impossible',
  'formula',
  'code-unknown',
  'required-missing',
] as const;
export type SpoiltReason = (typeof spoiltReasons)[number];
