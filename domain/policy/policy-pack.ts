import { z } from 'zod';
import { AlertRule } from '../alerts/alert-rule.ts';
import { alertRuleFaults } from '../alerts/alert-rule-faults.ts';
import { CatalogueItem, type CatalogueParts, Department, Exclusion } from '../catalogue/catalogue.ts';
import { catalogueFaults } from '../catalogue/catalogue-faults.ts';
import { LocalDate } from '../dates.ts';
import { Clock, type ClockKey, clockKeys, type ExtensionReason, extensionReasons } from '../deadlines/clock.ts';
import { disclosureFaults } from '../disclosure/disclosure-faults.ts';
import { DisclosureRow } from '../disclosure/disclosure-row.ts';
import { FeedDefinition } from '../feeds/feed-definition.ts';
import { feedFaults } from '../feeds/feed-faults.ts';
import { settlements } from '../households/household.ts';
import { type PaperKind, paperKinds } from '../households/papers.ts';
import { DivisionCode } from '../people/divisions.ts';
import { faultText, type PackFault, shapeFaults } from './pack-fault.ts';
import { contentFaults } from './pack-faults.ts';
import { Citation, type DatedValue, datedValues, type Parameters, PolicyAmount, parameterKinds } from './parameters.ts';

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
/** A clock from a date on, until the next. */
export const DatedClock = Clock.extend({
  validFrom: LocalDate,
  validUntil: LocalDate.optional(),
  citation: Citation,
});
export type DatedClock = z.infer<typeof DatedClock>;

const recordOf = <Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) =>
  z.record(z.enum(keys), value);

const parameterShape = z.strictObject(
  Object.fromEntries(Object.entries(parameterKinds).map(([key, kind]) => [key, datedValues(kind.unit, kind.value)])),
);
/**
 * The schema of all parameters, made from their list: every key once, no other key. `Parameters` is derived from the same
 * list, which TypeScript cannot follow through `fromEntries`; so the type is stated and the shape is checked beside it.
 */
const ParametersSchema = z.custom<Parameters>(() => true);

const packWith = <Shape extends z.ZodType>(parameters: Shape) =>
  z.strictObject({
    version: z.string().regex(/^[a-z0-9.-]{3,60}$/u),
    region: DivisionCode,
    coversFrom: LocalDate,
    parameters,
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
    clocks: recordOf(clockKeys, z.array(DatedClock).min(1, 'no value at all: add one')),
    extensionReasons: recordOf(extensionReasons, Name),
    papers: recordOf(paperKinds, Name),
    catalogue: z.array(CatalogueItem).min(1, 'no item at all: add one'),
    departments: z.array(Department).min(1, 'no department at all: add one'),
    exclusions: z.array(Exclusion),
    disclosures: z.array(DisclosureRow),
    alertRules: z.array(AlertRule).min(1, 'no rule at all: add one'),
    feeds: z.array(FeedDefinition),
  });
/** What a pack is checked with, and what one without a fault is then read with. */
const CheckedShape = packWith(parameterShape);
const PolicyPackSchema = packWith(ParametersSchema);

/**
 * A region's dated policy: allowance standards, parameters, property limits, clocks, and the names of what is asked for. It
 * says nothing about days before `coversFrom`; a test on such a day answers "unknown".
 */
export interface PolicyPack extends CatalogueParts {
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
  /** Which department is given which fields about a person, for which of its items: the published list. */
  readonly disclosures: readonly DisclosureRow[];
  /** When an officer is alerted to a household, how urgently, and what is suggested. */
  readonly alertRules: readonly AlertRule[];
  /** The datasets that departments deliver as files. */
  readonly feeds: readonly FeedDefinition[];
}

/**
 * Every fault of a pack, of its shape and of its content, in one list; empty when there is none. It reads as far as it can past
 * a fault, so that who edits a pack sees all of them at once.
 */
export const checkPack = (input: unknown, isKnownDivision: (code: DivisionCode) => boolean): PackFault[] => [
  ...shapeFaults(CheckedShape.safeParse(input, { reportInput: true }).error),
  ...contentFaults(input, { isKnownDivision, propertyTiers, assetKinds }),
  ...catalogueFaults(input),
  ...disclosureFaults(input),
  ...alertRuleFaults(input),
  ...feedFaults(input),
];

/** A pack that was read, or every fault for which it is refused as a whole. */
export type CheckedPack = { ok: true; pack: PolicyPack } | { ok: false; faults: PackFault[] };

/** Checks a pack and reads it when it has no fault. */
export const readPolicyPack = (input: unknown, isKnownDivision: (code: DivisionCode) => boolean): CheckedPack => {
  const faults = checkPack(input, isKnownDivision);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, pack: PolicyPackSchema.parse(input) };
};

/** Parses a pack as a whole, or throws one error that lists every fault `checkPack` finds. */
export const parsePolicyPack = (input: unknown, isKnownDivision: (code: DivisionCode) => boolean): PolicyPack => {
  const read = readPolicyPack(input, isKnownDivision);
  if (!read.ok) throw new Error(`This policy pack is refused. ${read.faults.map(faultText).join('; ')}`);
  return read.pack;
};

/**
 * Reads a pack that was checked when it was written, and is delivered with the program: its shape is parsed, its content is not judged once
 * more by every process that starts. Of any other pack, use `readPolicyPack`.
 */
export const readCheckedPack = (input: unknown): PolicyPack => PolicyPackSchema.parse(input);
