/** The three kinds of poverty-return monitoring: an overlay beside the tiers, never one of them (D39 section 4). */
export const povertyReturnKinds = ['UNSTABLE_EX_POOR', 'AT_RISK', 'SUDDEN_HARDSHIP'] as const;
export type PovertyReturnKind = (typeof povertyReturnKinds)[number];

/** The sorts of value a fact can hold; a `choice` is one of the kind's own `choices`. */
export type ValueSort = 'amount' | 'count' | 'flag' | 'date' | 'disability' | 'choice';

/**
 * Every kind of fact the roster can hold, with whom it is about, its unit and how its value is written. A fact of another
 * kind, or with another unit, is refused when it is recorded, so that no rule meets a number whose unit it must guess.
 *
 * `fen-per-12-months` covers the twelve months before the fact's as-of date (DRE article 4; D57 article 13 leaves the period
 * to the provinces, which use twelve months).
 */
export const factKinds = {
  'income.wages': { about: 'person', unit: 'fen-per-12-months', value: 'amount' },
  'income.business': { about: 'person', unit: 'fen-per-12-months', value: 'amount' },
  'income.property': { about: 'person', unit: 'fen-per-12-months', value: 'amount' },
  'income.transfer': { about: 'person', unit: 'fen-per-12-months', value: 'amount' },
  'income.other': { about: 'person', unit: 'fen-per-12-months', value: 'amount' },
  'income.exempt': { about: 'person', unit: 'fen-per-12-months', value: 'amount' },
  'disability': { about: 'person', unit: 'certificate', value: 'disability' },
  'illness.major': { about: 'person', unit: 'yes-no', value: 'flag' },
  'self-care.failed': { about: 'person', unit: 'indicators-of-six', value: 'count' },
  /** The centrally-set basic pension of the resident scheme: whether it counts is a pack's choice (basic_pension.exempt). */
  'income.basic-pension': { about: 'person', unit: 'fen-per-12-months', value: 'amount' },
  /** Refusals in a row, without good reason, of work that was offered (D57 article 34). */
  'work.refusals': { about: 'person', unit: 'refusals', value: 'count' },
  /** The day on which a job was taken up: the grace period counts from it (D22 1(3)). */
  'employment.started-on': { about: 'person', unit: 'date', value: 'date' },
  'supporters.capable': { about: 'person', unit: 'persons', value: 'count' },
  'asset.financial': { about: 'household', unit: 'fen', value: 'amount' },
  'asset.dwellings': { about: 'household', unit: 'dwellings', value: 'count' },
  'asset.vehicles': { about: 'household', unit: 'vehicles', value: 'count' },
  'asset.businesses': { about: 'household', unit: 'registrations', value: 'count' },
  'asset.non-residential': { about: 'household', unit: 'properties', value: 'count' },
  'expenditure.medical': { about: 'household', unit: 'fen-per-12-months', value: 'amount' },
  'expenditure.education': { about: 'household', unit: 'fen-per-12-months', value: 'amount' },
  'expenditure.rehabilitation': { about: 'household', unit: 'fen-per-12-months', value: 'amount' },
  'exit.on': { about: 'household', unit: 'date', value: 'date' },
  /** What the household is paid as its allowance at present: the amount a grace period goes on from. */
  'allowance.paid': { about: 'household', unit: 'fen-per-month', value: 'amount' },
  /** Why agriculture and rural affairs watches the household lest it fall back into poverty (D39 section 4). */
  'monitoring.poverty-return': { about: 'household', unit: 'kind', value: 'choice', choices: povertyReturnKinds },
} as const satisfies Record<
  string,
  { about: 'person' | 'household'; unit: string; value: ValueSort; choices?: readonly string[] }
>;

export type FactKind = keyof typeof factKinds;
/** Every kind, in one order that never changes within a release: facts are kept in slots by it. */
export const factKindNames = Object.keys(factKinds).filter((kind): kind is FactKind => Object.hasOwn(factKinds, kind));
