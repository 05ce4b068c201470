import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import { Basis, Clock, clockKeys } from '../deadlines/clock.ts';
import { Fen } from '../money.ts';
import { isExactShare } from '../policy/shares.ts';
import { coveredTiers } from './tiers.ts';

/** The six areas of measures (D39 section 4). */
export const assistanceAreas = [
  'BASIC_LIVING',
  'SPECIAL_ASSISTANCE',
  'EMERGENCY_AID',
  'SERVICE_BASED',
  'CHARITABLE',
  'OTHER_AID',
] as const;

/** The three types of policy under which the plan sorts them. */
export const policyTypes = ['BASIC_LIVING', 'SPECIAL', 'EMERGENCY'] as const;
export const itemPeriods = ['month', 'year', 'once', 'per-event'] as const;
export type ItemPeriod = (typeof itemPeriods)[number];
export const itemSubjects = ['person', 'household'] as const;

/** The items that `evaluate` decides itself, with their amounts: the catalogue names them and takes them over. */
export const determinedItems = [
  'minimum-living-allowance',
  'minimum-living-allowance.single-person-entry',
  'extreme-hardship.basic-living',
  'extreme-hardship.care',
] as const;

const Words = z.strictObject({ zh: z.string().min(1).max(500), en: z.string().min(1).max(500) });
const Citation = z.string().min(3, 'a citation is missing').max(1_000);
/** Lower-case words joined by hyphens, in parts joined by dots: `medical.inpatient-aid`. */
export const itemCodePattern = /^[a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)*$/u;
export const ItemCode = z.string().regex(itemCodePattern, 'expected words of lower-case letters joined by - and .');
const DepartmentCode = z.string().regex(/^[a-z]+(?:-[a-z]+)*$/u, 'expected words of lower-case letters joined by -');

/** A department or unit that leads or delivers items; which fourteen they are is data (domain.md 1.4). */
export const Department = z.strictObject({
  code: DepartmentCode,
  validFrom: LocalDate,
  name: Words,
  basis: Basis,
  citation: Citation,
});
export type Department = z.infer<typeof Department>;

const Share = z
  .number()
  .refine(
    (share) => isExactShare(share) && share <= 1,
    'expected a share from 0 to 1 with at most four decimal places',
  );
/** A rate for each tier covered, and one for everyone else where an item is open to anyone. */
const Rates = z.partialRecord(z.enum([...coveredTiers, 'ANYONE']), Share);
export const amountUnits = ['fen-per-month', 'fen-per-year', 'fen'] as const;

/** How the amount of an item is found. Every figure carries its own basis: an item may be law and its amount an assumption. */
export const AmountRule = z.discriminatedUnion('rule', [
  /** Taken from the entitlements of the evaluation. */
  z.strictObject({ rule: z.literal('determined') }),
  z.strictObject({
    rule: z.literal('fixed'),
    value: z.int().min(0, 'an amount is never below 0').max(100_000_000),
    unit: z.enum(amountUnits),
    basis: Basis,
    citation: Citation,
  }),
  /** At most so many months of the local allowance standard; how many is a parameter of the pack. */
  z.strictObject({ rule: z.literal('months-of-standard'), parameter: z.string() }),
  /** A step of the medical waterfall: a share of what is left of a bill above a deductible, up to a cap, in fen. */
  z.strictObject({
    rule: z.literal('waterfall'),
    step: z.int().min(1).max(20),
    rates: Rates,
    deductible: Fen,
    cap: Fen.nullable(),
    basis: Basis,
    citation: Citation,
  }),
  /** Money whose figure the lead department sets; none is known here, and none is made up. */
  z.strictObject({ rule: z.literal('set-by-department') }),
  /** A service, a place or a waiver: no money is paid out. */
  z.strictObject({ rule: z.literal('in-kind') }),
]);
export type AmountRule = z.infer<typeof AmountRule>;
export type WaterfallRule = Extract<AmountRule, { rule: 'waterfall' }>;

/**
 * One version of an item of assistance, in force from a date until the next version of the same code. A version is never edited:
 * a change is a new one, and an item that ends has a last version that is `withdrawn`.
 */
export const CatalogueItem = z.strictObject({
  code: ItemCode,
  validFrom: LocalDate,
  withdrawn: z.literal(true).optional(),
  name: Words,
  area: z.enum(assistanceAreas),
  policyType: z.enum(policyTypes),
  leadDepartment: DepartmentCode,
  subject: z.enum(itemSubjects),
  /** Whom it is for; `anyone` is also for people of no tier, and for those whose tier cannot be decided. */
  tiers: z.union([z.literal('anyone'), z.array(z.enum(coveredTiers)).min(1)]),
  /** In CEL, over the variables of `variables.ts`. */
  condition: z.string().min(1).max(500),
  amount: AmountRule,
  period: z.enum(itemPeriods),
  /** Within what time it is to be given or refused: a clock of the pack, or a span of its own. */
  deadline: z.union([z.strictObject({ clock: z.enum(clockKeys) }), Clock]),
  basis: Basis,
  citation: Citation,
});
export type CatalogueItem = z.infer<typeof CatalogueItem>;

/** Within what two items exclude each other. `event`: both for the same event. */
export const exclusionScopes = ['person', 'household', 'event'] as const;

/** Two items of which only one is given: where both could open, `stands` does and `yields` does not. Dated like an item. */
export const Exclusion = z.strictObject({
  stands: ItemCode,
  yields: ItemCode,
  validFrom: LocalDate,
  withdrawn: z.literal(true).optional(),
  scope: z.enum(exclusionScopes),
  /** The time within which the one keeps out the other. */
  period: z.enum(itemPeriods),
  basis: Basis,
  citation: Citation,
});
export type Exclusion = z.infer<typeof Exclusion>;

/** The part of a pack that says what assistance there is. */
export interface CatalogueParts {
  readonly catalogue: readonly CatalogueItem[];
  readonly departments: readonly Department[];
  readonly exclusions: readonly Exclusion[];
}

/** Of each thing the version in force on a date; what has been withdrawn by then is left out. */
export const versionsInForce = <Version extends { validFrom: LocalDate; withdrawn?: true | undefined }>(
  versions: readonly Version[],
  identityOf: (version: Version) => string,
  date: LocalDate,
): readonly Version[] => {
  const newest = new Map<string, Version>();
  for (const version of versions) {
    const identity = identityOf(version);
    const other = newest.get(identity);
    if (version.validFrom > date || (other !== undefined && other.validFrom >= version.validFrom)) continue;
    newest.set(identity, version);
  }
  return [...newest.values()].filter(({ withdrawn }) => withdrawn !== true);
};

/** What makes two versions versions of one exclusion: the same two items in the same scope, whichever of them stands. */
export const exclusionIdentity = ({ stands, yields, scope }: Exclusion): string =>
  [...[stands, yields].toSorted(), scope].join(' ');
