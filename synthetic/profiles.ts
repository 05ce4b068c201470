/**
 * What sorts of household a county's roster holds, and in which proportion: the recommended split of Shanxi's 1,320,000 people
 * (domain reference, section 3.2). A sort is what a household is drawn as; its tier is what the rules say about the result.
 */
export const sorts = [
  'allowance-rural',
  'allowance-urban',
  'extreme-hardship',
  'marginal',
  'rigid-expenditure',
  'watch-list',
  'near-poor',
  'overlooked',
] as const;
export type Sort = (typeof sorts)[number];

/** Households of each sort; only the proportions matter. */
export type Split = Readonly<Record<Sort, number>>;

/** Shanxi in households. `overlooked` is the 3 % who should be covered and are on no list [assumption of section 3.2]. */
export const provincialSplit: Split = {
  'allowance-rural': 592_900,
  'allowance-urban': 106_400,
  'extreme-hardship': 127_000,
  'marginal': 43_200,
  'rigid-expenditure': 4_600,
  'watch-list': 12_500,
  'near-poor': 16_000,
  'overlooked': 27_100,
};

/** Weights of household sizes 1, 2, 3, 4 and 5 or more. */
export type SizeMix = readonly [number, number, number, number, number];

/** How households of a sort differ from the others. */
export interface Profile {
  readonly sizes: SizeMix;
  readonly ruralShare: number;
  /** Income per head as a multiple of the household's own standard, lowest and highest. */
  readonly income: readonly [number, number];
  /** Share of members with a disability that opens a tier, with a milder one, and with a major illness [assumption]. */
  readonly severe: number;
  readonly mild: number;
  readonly ill: number;
}

/** The mixes of section 3.2 for the allowance; the others are chosen to meet the mean sizes given there. */
const sizes = {
  rural: [0.7, 0.21, 0.06, 0.02, 0.01],
  urban: [0.52, 0.28, 0.14, 0.05, 0.01],
  alone: [1, 0, 0, 0, 0],
  around2: [0.4, 0.32, 0.18, 0.08, 0.02],
  around2point2: [0.3, 0.36, 0.2, 0.12, 0.02],
  around2point5: [0.2, 0.34, 0.26, 0.16, 0.04],
  around2point8: [0.1, 0.32, 0.32, 0.2, 0.06],
} as const satisfies Record<string, SizeMix>;

/**
 * The income ranges keep away from the lines (1 and 1.5 times the standard), where a rounding could decide; the lines themselves
 * have tests of their own. Rural shares outside the allowance are assumptions.
 */
export const profiles: Readonly<Record<Sort, Profile>> = {
  'allowance-rural': {
    sizes: sizes.rural,
    ruralShare: 1,
    income: [0.1, 0.97],
    severe: 0.12,
    mild: 0.07,
    ill: 0.09,
  },
  'allowance-urban': { sizes: sizes.urban, ruralShare: 0, income: [0.1, 0.97], severe: 0.14, mild: 0.07, ill: 0.1 },
  'extreme-hardship': { sizes: sizes.alone, ruralShare: 0.9, income: [0, 0.6], severe: 0.12, mild: 0.06, ill: 0.06 },
  'marginal': {
    sizes: sizes.around2point2,
    ruralShare: 0.75,
    income: [1.03, 1.47],
    severe: 0.18,
    mild: 0.08,
    ill: 0.14,
  },
  'rigid-expenditure': {
    sizes: sizes.around2point8,
    ruralShare: 0.6,
    income: [1.55, 2.7],
    severe: 0.06,
    mild: 0.05,
    ill: 0.1,
  },
  'watch-list': { sizes: sizes.around2, ruralShare: 0.75, income: [1.55, 2.8], severe: 0.05, mild: 0.06, ill: 0.05 },
  'near-poor': { sizes: sizes.around2point5, ruralShare: 1, income: [1.55, 2.2], severe: 0.05, mild: 0.06, ill: 0.06 },
  'overlooked': { sizes: sizes.rural, ruralShare: 0.7, income: [0.15, 0.95], severe: 0.2, mild: 0.1, ill: 0.12 },
};
