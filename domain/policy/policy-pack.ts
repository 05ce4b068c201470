import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import { Clock, type ClockKey, clockKeys, type ExtensionReason, extensionReasons } from '../deadlines/clock.ts';
import { settlements } from '../households/household.ts';
import { type PaperKind, paperKinds } from '../households/papers.ts';
import { DivisionCode } from '../people/divisions.ts';
import { type DatedValue, datedValues, type Parameters, PolicyAmount, parameterKinds } from './parameters.ts';

/** The tiers with a property test, and the assets it looks at. */
export const propertyTiers = ['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE'] as const;
export type PropertyTier = (typeof propertyTiers)[number];
export const assetKinds = [
  'asset.financial',
  'asset.dwellings',
  'asset.vehicles',
  'asset.businesses',
  'asset.non-residential',
] as const;
export type AssetKind = (typeof assetKinds)[number];

/** A limit in pieces, or in months of a standard for each counted member; held or exceeded by `comparison`. */
export const PropertyLimit = z.strictObject({
  metric: z.enum(['count', 'months-of-urban-standard-per-head', 'months-of-own-standard-per-head']),
  comparison: z.enum(['<', '<=']),
  limit: z.int().min(0).max(1_000),
});
export type PropertyLimit = z.infer<typeof PropertyLimit>;

const Name = z.strictObject({ zh: z.string().min(1), en: z.string().min(1), citation: z.string().min(3) });
export type Name = z.infer<typeof Name>;
const DatedClock = Clock.extend({ validFrom: LocalDate });
export type DatedClock = z.infer<typeof DatedClock>;

const risingClocks = z
  .array(DatedClock)
  .min(1)
  .refine(
    (clocks) => clocks.every((clock, index) => index === 0 || clock.validFrom > (clocks[index - 1]?.validFrom ?? '')),
    'dates must rise without a repeat',
  );

const recordOf = <Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) =>
  z.record(z.enum(keys), value);

const parameterShape = z.strictObject(
  Object.fromEntries(Object.entries(parameterKinds).map(([key, kind]) => [key, datedValues(kind.unit, kind.value)])),
);
/**
 * The schema of all parameters, made from their list: every key once, no other key. `Parameters` is derived from the same
 * list, which TypeScript cannot follow through `fromEntries`; so the type is stated and the shape is checked beside it.
 */
const ParametersSchema = z.custom<Parameters>().superRefine((parameters, context) => {
  for (const { path, message } of parameterShape.safeParse(parameters).error?.issues ?? []) {
    context.addIssue({ code: 'custom', path, message });
  }
});

const PolicyPackSchema = z.strictObject({
  version: z.string().regex(/^[a-z0-9.-]{3,60}$/u),
  region: DivisionCode,
  coversFrom: LocalDate,
  parameters: ParametersSchema,
  standards: z.array(
    z.strictObject({
      division: DivisionCode,
      settlement: z.enum(settlements),
      values: datedValues('fen-per-month', PolicyAmount.min(1)),
    }),
  ),
  propertyLimits: z.array(
    z.strictObject({
      tier: z.enum(propertyTiers),
      asset: z.enum(assetKinds),
      values: datedValues('limit', PropertyLimit),
    }),
  ),
  clocks: recordOf(clockKeys, risingClocks),
  extensionReasons: recordOf(extensionReasons, Name),
  papers: recordOf(paperKinds, Name),
});

/**
 * A region's dated policy: allowance standards, parameters, property limits, clocks, and the names of what is asked for. It
 * says nothing about days before `coversFrom`; a test on such a day answers "unknown".
 */
export interface PolicyPack {
  readonly version: string;
  readonly region: DivisionCode;
  readonly coversFrom: LocalDate;
  readonly parameters: Parameters;
  readonly standards: readonly {
    readonly division: DivisionCode;
    readonly settlement: (typeof settlements)[number];
    readonly values: readonly DatedValue<number>[];
  }[];
  readonly propertyLimits: readonly {
    readonly tier: PropertyTier;
    readonly asset: AssetKind;
    readonly values: readonly DatedValue<PropertyLimit>[];
  }[];
  readonly clocks: Readonly<Record<ClockKey, readonly DatedClock[]>>;
  readonly extensionReasons: Readonly<Record<ExtensionReason, Name>>;
  readonly papers: Readonly<Record<PaperKind, Name>>;
}

/** A run of dated values. Only a division inside the region may begin late: until then it has the value around it. */
type Series = { name: string; values: readonly { validFrom: LocalDate }[]; mayBeginLate?: boolean };

const allSeries = (pack: PolicyPack): Series[] => [
  ...Object.entries(pack.parameters).map(([name, values]) => ({ name: `parameters.${name}`, values })),
  ...pack.standards.map(({ division, settlement, values }) => ({
    name: `standards.${division}.${settlement}`,
    values,
    mayBeginLate: division !== pack.region,
  })),
  ...pack.propertyLimits.map((p) => ({ name: `propertyLimits.${p.tier}.${p.asset}`, values: p.values })),
  ...Object.entries(pack.clocks).map(([name, values]) => ({ name: `clocks.${name}`, values })),
];

const duplicates = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);

/** What the shape alone cannot show: series given twice, missing, or beginning too late, and divisions nobody knows. */
const faultsBetween = (pack: PolicyPack, isKnownDivision: (code: DivisionCode) => boolean): string[] => {
  const series = allSeries(pack);
  const names = new Set(series.map(({ name }) => name));
  const required = [
    ...settlements.map((settlement) => `standards.${pack.region}.${settlement}`),
    ...propertyTiers.flatMap((tier) => assetKinds.map((asset) => `propertyLimits.${tier}.${asset}`)),
  ];
  return [
    ...duplicates(series.map(({ name }) => name)).map((name) => `${name}: given twice`),
    ...required.filter((name) => !names.has(name)).map((name) => `${name}: missing`),
    ...series
      .filter(
        ({ values, mayBeginLate }) =>
          mayBeginLate !== true && values[0] !== undefined && values[0].validFrom > pack.coversFrom,
      )
      .map(({ name, values }) => `${name}: a gap from ${pack.coversFrom} until ${String(values[0]?.validFrom)}`),
    ...pack.propertyLimits
      .filter(({ asset, values }) =>
        values.some(({ value }) => (value.metric === 'count') === (asset === 'asset.financial')),
      )
      .map(({ tier, asset }) => `propertyLimits.${tier}.${asset}: the metric does not fit the asset`),
    ...pack.standards
      .filter(({ division }) => !isKnownDivision(division))
      .map(({ division }) => `standards.${division}: no such division`),
  ];
};

/**
 * Parses a pack as a whole, or throws one error that lists every fault: unknown or missing keys, a wrong unit, dates that
 * repeat or leave a gap after `coversFrom`, a missing citation, a division that `isKnownDivision` does not know.
 */
export const parsePolicyPack = (input: unknown, isKnownDivision: (code: DivisionCode) => boolean): PolicyPack => {
  const parsed = PolicyPackSchema.safeParse(input);
  const faults = parsed.success
    ? faultsBetween(parsed.data, isKnownDivision)
    : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'pack'}: ${issue.message}`);
  if (!parsed.success || faults.length > 0) throw new Error(`This policy pack is refused. ${faults.join('; ')}`);
  return parsed.data;
};
