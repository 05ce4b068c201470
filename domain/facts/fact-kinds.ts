import type { ChoiceSort } from './choices.ts';

/** The sorts of value a fact can hold; one of a choice is one of its words. */
export type ValueSort = 'amount' | 'count' | 'flag' | 'date' | 'disability' | ChoiceSort;

/** How a kind is written down. */
interface KindWritten {
  readonly about: 'person' | 'household';
  readonly unit: string;
  readonly value: ValueSort;
  readonly atMost?: number;
  /**
   * Of a kind that tells of something that has happened on its as-of day, and not of how things stand: each day is another one, and a later one
   * does not undo those before. It says which of them counts, the newest or the largest of the last `occurrenceDays`; where the largest does, the
   * rules for alerts ask about each of those days by itself.
   */
  readonly occurrence?: 'newest' | 'largest';
  /**
   * Of a kind of which a dataset has several rows of one person on one day, one for each bill: of two of one day the larger stands, whichever was
   * handed in last, since a running total only grows. So a file that is handed in again changes nothing.
   */
  readonly ofOneDay?: 'largest';
}

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
  'illness.major': { about: 'person', unit: 'yes-no', value: 'flag', ofOneDay: 'largest' },
  'self-care.failed': { about: 'person', unit: 'indicators-of-six', value: 'count', atMost: 6 },
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
  'expenditure.medical': { about: 'household', unit: 'fen-per-12-months', value: 'amount', ofOneDay: 'largest' },
  'expenditure.education': { about: 'household', unit: 'fen-per-12-months', value: 'amount' },
  'expenditure.rehabilitation': { about: 'household', unit: 'fen-per-12-months', value: 'amount' },
  'exit.on': { about: 'household', unit: 'date', value: 'date' },
  /** What the household is paid as its allowance at present: the amount a grace period goes on from. */
  'allowance.paid': { about: 'household', unit: 'fen-per-month', value: 'amount' },
  'illness.chronic': { about: 'person', unit: 'yes-no', value: 'flag' },
  'insurance.basic-medical': { about: 'person', unit: 'yes-no', value: 'flag' },
  'study.stage': { about: 'person', unit: 'choice', value: 'study-stage' },
  'child.care': { about: 'person', unit: 'choice', value: 'child-care' },
  'work.registered-unemployed': { about: 'person', unit: 'yes-no', value: 'flag' },
  'work.union-member': { about: 'person', unit: 'yes-no', value: 'flag' },
  'need.legal-aid': { about: 'person', unit: 'yes-no', value: 'flag' },
  'need.judicial-aid': { about: 'person', unit: 'yes-no', value: 'flag' },
  'housing.condition': { about: 'household', unit: 'choice', value: 'housing-condition' },
  'extreme-hardship.support-form': { about: 'household', unit: 'choice', value: 'support-form' },
  'event.kind': { about: 'household', unit: 'choice', value: 'event', occurrence: 'newest' },
  'monitoring.poverty-return': { about: 'household', unit: 'choice', value: 'poverty-return' },
  /**
   * Support that an adult, severely disabled and without work, has from siblings or from people of 60 and over. Whether it counts is
   * a pack's choice (D22 1(1)); what is held here is not in `income.transfer`.
   */
  'income.support-of-disabled-adult': { about: 'person', unit: 'fen-per-12-months', value: 'amount' },
  /** The day from which a member of the clergy has lived in a place of worship without a break (D57 articles 7 and 8). */
  'clergy.since': { about: 'person', unit: 'date', value: 'date' },
  /** What was left to pay of the bill of one stay in hospital after all insurances; the as-of day is that of the bill. */
  'hospital.stay-self-paid': {
    about: 'person',
    unit: 'fen',
    value: 'amount',
    occurrence: 'largest',
    ofOneDay: 'largest',
  },
} as const satisfies Record<string, KindWritten>;

export type FactKind = keyof typeof factKinds;
export const isFactKind = (kind: string): kind is FactKind => Object.hasOwn(factKinds, kind);
/** Every kind, in one order that never changes within a release: facts are kept in slots by it. */
export const factKindNames = Object.keys(factKinds).filter(isFactKind);

/** Whether a kind tells of something that has happened on its day. */
export const isOccurrence = (kind: FactKind): boolean => 'occurrence' in factKinds[kind];
/** Whether of two facts of a kind as of one day the larger stands, whichever was recorded last. */
export const growsWithinDay = (kind: FactKind): boolean => 'ofOneDay' in factKinds[kind];
/** Whether of several occurrences of a kind the largest counts. */
export const countsByLargest = (kind: FactKind): boolean => {
  const written: KindWritten = factKinds[kind];
  return written.occurrence === 'largest';
};

/**
 * So many days before the newest occurrence the largest one is looked for [L: a local setting, no national rule and none of Shanxi known: a month, as
 * often as the bills are told].
 */
export const occurrenceDays = 30;

/** No count of things that one household has or one person does is higher. */
export const highestCount = 1_000;

/** The highest count that a kind of fact can hold: what its unit says, such as six of six. */
export const highestCountOf = (kind: FactKind): number => {
  const written = factKinds[kind];
  return 'atMost' in written ? written.atMost : highestCount;
};
