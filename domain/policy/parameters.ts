import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import { Basis } from '../deadlines/clock.ts';
import { factChoices } from '../facts/choices.ts';
import { countedIncome } from '../facts/counted-income.ts';
import { disabilityCategories } from '../people/disability.ts';
import { isExactShare } from './shares.ts';

/** Monthly amounts a pack may name: up to 100,000 yuan, so that twelve months of thirty people stay exact (see shares.ts). */
export const PolicyAmount = z.int().min(0).max(10_000_000);
const Share = z.number().refine(isExactShare, 'expected 0 to 10 with at most four decimal places, such as 0.8');
const Count = z.int().min(0).max(10_000);
const below = z.enum(['<', '<=']);
const above = z.enum(['>', '>=']);
/** The mildest level of a category that still counts; a category that is not named does not count. */
const DisabilityLevels = z.partialRecord(z.enum(disabilityCategories), z.int().min(1).max(4));
export type DisabilityLevels = z.infer<typeof DisabilityLevels>;

/** Income the law names as not counting (D57 article 13, D43 article 6). */
const exemptIncomes = [
  'preferential-pension',
  'bereavement-pension',
  'family-planning-award',
  'scholarship',
  'bravery-award',
  'government-assistance',
  'basic-pension',
  'medical-insurance',
  'old-age-allowance',
] as const;

/**
 * The last column of every parameter, spelt once: its unit and the shape of its value. `null` is allowed only where the law
 * leaves a value to the region and nobody has set it; a test that needs it then answers "unknown".
 */
export const parameterKinds = {
  // Which standard and who is counted
  'standard.place': { unit: 'choice', value: z.enum(['registered', 'residence']) },
  'members.extreme_hardship_counted': { unit: 'yes-no', value: z.boolean() },
  'members.independent_adult_child_counted': { unit: 'yes-no', value: z.boolean() },
  'members.study_beyond_bachelor_counted': { unit: 'yes-no', value: z.boolean() },
  'members.long_term_months': { unit: 'months', value: Count },
  'members.dependent_adult_alone': { unit: 'choice', value: z.enum(['with-family', 'own-household']) },
  'members.clergy_away_years': { unit: 'years', value: Count },
  'members.uncounted_loss_reported': { unit: 'yes-no', value: z.boolean() },

  // Income: what counts, what does not, what may be deducted (D57 article 13, D43 article 6)
  'income.counted': { unit: 'list', value: z.array(z.enum(countedIncome)).min(1) },
  'income.not_counted': { unit: 'list', value: z.array(z.enum(exemptIncomes)) },
  'income.deductible': { unit: 'list', value: z.array(z.enum(['illness', 'disability', 'work-cost'])) },
  'income.negative_net': { unit: 'choice', value: z.enum(['zero', 'reduces-income']) },
  'basic_pension.exempt': { unit: 'yes-no', value: z.boolean() },
  'old_age_allowance.exempt': { unit: 'yes-no', value: z.boolean() },
  'insurance_payments.exempt': { unit: 'yes-no', value: z.boolean() },
  'deduction.work_cost_share': { unit: 'share', value: Share.max(1) },
  'deduction.illness_disability_share': { unit: 'share', value: Share.max(1) },
  'deduction.is_duty': { unit: 'yes-no', value: z.boolean() },

  // Property: what is counted as a piece (D57 article 14; the limits themselves are apart)
  'property.stall': { unit: 'choice', value: z.enum(['counts', 'does-not-count', 'case-panel']) },
  'property.parking_space_counts': { unit: 'yes-no', value: z.boolean() },
  'property.farm_machine_counts': { unit: 'yes-no', value: z.boolean() },
  'property.electric_motorcycle_counts': { unit: 'yes-no', value: z.boolean() },
  'property.uncounted_members_included': { unit: 'yes-no', value: z.boolean() },

  // Extreme hardship (D43)
  'extreme-hardship.age_from': { unit: 'years', value: Count },
  'extreme-hardship.minor_below': { unit: 'years', value: Count },
  'extreme-hardship.minor_kept_below': { unit: 'years', value: Count },
  'extreme-hardship.minor_kept_while_studying': { unit: 'list', value: z.array(z.enum(factChoices['study-stage'])) },
  'extreme-hardship.minor_choice': { unit: 'choice', value: z.enum(['asked', 'extreme-hardship', 'orphan-allowance']) },
  'extreme-hardship.disabilities': { unit: 'level-by-category', value: DisabilityLevels },
  'extreme-hardship.provincial_additions': { unit: 'list', value: z.array(z.string().min(3)) },
  'extreme-hardship.income_of': { unit: 'choice', value: z.enum(['own', 'household-per-capita']) },
  'extreme-hardship.income_comparison': { unit: 'comparison', value: below },
  'extreme-hardship.income_not_counted': { unit: 'list', value: z.array(z.enum(exemptIncomes)) },
  'extreme-hardship.supporters_at_most': { unit: 'persons', value: Count },
  'extreme-hardship.aged_spouses': {
    unit: 'choice',
    value: z.enum(['by-assessment', 'support-each-other', 'do-not-support']),
  },
  'extreme-hardship.basic_multiple': { unit: 'times', value: Share },
  'extreme-hardship.care_full': { unit: 'fen-per-month', value: PolicyAmount },
  'extreme-hardship.care_partial': { unit: 'fen-per-month', value: PolicyAmount },
  'extreme-hardship.care_total': { unit: 'fen-per-month', value: PolicyAmount },
  'self-care.partial_from': { unit: 'indicators-of-six', value: Count },
  'self-care.total_from': { unit: 'indicators-of-six', value: Count },
  'supporters.working_age_from': { unit: 'years', value: Count },
  'supporters.working_age_below': { unit: 'years', value: Count },
  'supporters.incapable_disabilities': { unit: 'level-by-category', value: DisabilityLevels },
  'supporters.income_of': { unit: 'choice', value: z.enum(['own', 'household-per-capita']) },
  'supporters.standard_place': { unit: 'choice', value: z.enum(['supporter', 'applicant']) },
  'supporters.aged_or_sibling_disregarded': { unit: 'yes-no', value: z.boolean() },
  'tekun.sample': { unit: 'share', value: Share.max(1) },

  // Minimum living allowance (D14, D57) and marginal households (D39, D57 article 8)
  'mla.income_comparison': { unit: 'comparison', value: below },
  'mla.amount_by': { unit: 'choice', value: z.enum(['gap', 'grades']) },
  'mla.floor_at_single_entry': { unit: 'yes-no', value: z.boolean() },
  'marginal.multiple': { unit: 'times', value: Share },
  'marginal.income_comparison': { unit: 'comparison', value: below },
  'single-entry.disabilities': { unit: 'level-by-category', value: DisabilityLevels },
  'single-entry.major_illness': { unit: 'yes-no', value: z.boolean() },
  'single-entry.clergy': { unit: 'choice', value: z.enum(['enters-alone', 'panel-decides', 'does-not-enter']) },
  'single-entry.clergy_years': { unit: 'years', value: Count },
  'single-entry.share_of_standard': { unit: 'share', value: Share.max(1) },
  'amount.round_up_to_fen': { unit: 'fen', value: z.int().min(1).max(10_000) },
  'amount.smallest_payment': { unit: 'fen-per-month', value: PolicyAmount },

  // Rigid expenditure (DRE)
  'rigid.window_months': { unit: 'months', value: z.literal(12) },
  'rigid.valid_months': { unit: 'months', value: Count },
  'rigid.ceiling.urban': { unit: 'fen-per-12-months', value: z.int().min(0).max(120_000_000).nullable() },
  'rigid.ceiling.rural': { unit: 'fen-per-12-months', value: z.int().min(0).max(120_000_000).nullable() },
  'rigid.rural_ceiling': { unit: 'choice', value: z.enum(['rural', 'urban']) },
  'rigid.income_comparison': { unit: 'comparison', value: below },
  'rigid.ratio': { unit: 'share', value: Share.nullable() },
  'rigid.ratio_comparison': { unit: 'comparison', value: above },
  'rigid.spending_counted': {
    unit: 'list',
    value: z.array(z.enum(['expenditure.medical', 'expenditure.education', 'expenditure.rehabilitation'])).min(1),
  },
  'rigid.exempt_in_denominator': { unit: 'yes-no', value: z.boolean() },

  // Other low income: the watch list (DN24); the poverty-return overlay (D39)
  'watchlist.exit_years': { unit: 'years', value: Count },
  'watchlist.is_tier': { unit: 'yes-no', value: z.boolean() },
  'monitoring.is_overlay': { unit: 'yes-no', value: z.boolean() },

  // Facts: when they are too old, and what silence means
  'stale.income_days': { unit: 'days', value: Count },
  'stale.asset_days': { unit: 'days', value: Count },
  'stale.expenditure_days': { unit: 'days', value: Count },
  'stale.condition_days': { unit: 'days', value: Count },
  'stale.study_days': { unit: 'days', value: Count },
  'facts.undeclared_spending': { unit: 'choice', value: z.enum(['none', 'unknown']) },
  'facts.irrelevant_unknown_blocks': { unit: 'yes-no', value: z.boolean() },
  'facts.paid_meanwhile': { unit: 'choice', value: z.enum(['as-before', 'nothing']) },

  // After the decision
  'grace.max_months': { unit: 'months', value: Count },
  'grace.amount_share': { unit: 'share', value: Share.max(1) },
  'death.review_max_months': { unit: 'months', value: Count },
  'work_refusal.count': { unit: 'refusals', value: Count },
  'work_refusal.share_cut': { unit: 'share', value: Share.max(1) },
  'work_refusal.cut_months': { unit: 'months', value: Count },
  'work_refusal.age_from': { unit: 'years', value: Count },
  'work_refusal.age_below': { unit: 'years', value: Count },
  'review.stable_months': { unit: 'months', value: Count },
  'review.volatile_months': { unit: 'months', value: Count },
  'review.earned_income_varies': { unit: 'yes-no', value: z.boolean() },
  'emergency.max_months_of_standard': { unit: 'months', value: Count },
  'emergency.cap_per': { unit: 'choice', value: z.enum(['person', 'household', 'event']) },
  'emergency.standard_of': { unit: 'choice', value: z.enum(['incident', 'registered', 'residence']) },

  // Changing the policy itself
  'policy.simulation_drift_share': { unit: 'share', value: Share.max(1) },
  'policy.simulation_valid_days': { unit: 'days', value: Count },

  // Alerts: when a rule is named as too often wrong
  'alerts.precision_floor': { unit: 'share', value: Share.max(1) },
  'alerts.judged_from': { unit: 'alerts', value: Count },
} as const satisfies Record<string, { unit: string; value: z.ZodType }>;

export type ParameterKey = keyof typeof parameterKinds;
export const isParameterKey = (key: string): key is ParameterKey => Object.hasOwn(parameterKinds, key);
/** Every parameter, in the order of the list. */
export const parameterKeys: readonly ParameterKey[] = Object.keys(parameterKinds).filter(isParameterKey);
type ParameterValues = { [Key in ParameterKey]: z.infer<(typeof parameterKinds)[Key]['value']> };
export type ParameterValue<Key extends ParameterKey> = ParameterValues[Key];

/** Where a value comes from: a document and the place in it, or what a default nobody has set follows. */
export const Citation = z
  .string()
  .trim()
  .min(3, 'the citation is missing: name the document and article, or say what the default follows')
  .max(1_000);

/** One value of a parameter from a date on, until the next. It is never edited: a change is a new dated value. */
export interface DatedValue<Value> {
  validFrom: LocalDate;
  /** The last day it is in force, where it is known to end; without it, until the next value begins. */
  validUntil?: LocalDate | undefined;
  value: Value;
  unit: string;
  basis: Basis;
  citation: string;
}
export type Parameters = { readonly [Key in ParameterKey]: readonly DatedValue<ParameterValue<Key>>[] };

/** The schema of a list of dated values: its unit is the parameter's. How their dates follow each other: pack-faults.ts. */
export const datedValues = <Value extends z.ZodType>(unit: string, value: Value) =>
  z
    .array(
      z.strictObject({
        validFrom: LocalDate,
        validUntil: LocalDate.optional(),
        value,
        unit: z.literal(
          unit,
          `expected the unit ${unit}${unit.startsWith('fen-per-') ? ', or yuan in a YAML file' : ''}`,
        ),
        basis: Basis,
        citation: Citation,
      }),
    )
    .min(1, 'no value at all: add one');
