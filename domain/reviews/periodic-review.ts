import type { LocalDate } from '../dates.ts';
import { newestFacts } from '../disclosure/newest-facts.ts';
import type { Evaluation } from '../eligibility/evaluation.ts';
import { workCapacityKind } from '../eligibility/work-capacity.ts';
import type { Household } from '../households/household.ts';
import { parameterOn } from '../policy/look-up.ts';
import type { ParameterKey } from '../policy/parameters.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';

const earnedIncome = ['income.wages', 'income.business'] as const;

const isAbleToWork = ({ tests }: Evaluation): boolean =>
  tests.some(({ code, result }) => code === workCapacityKind.code && result === 'fail');

const hasEarnedIncome = ({ facts }: Household): boolean =>
  newestFacts(facts).some(({ kind, value }) => earnedIncome.some((earned) => earned === kind) && value !== 0);

/** The parameter that says after how many months a household of its tier is reviewed; null where no tier is to be reviewed. */
const parameterOf = (
  policy: PolicyPack,
  household: Household,
  evaluation: Evaluation,
  today: LocalDate,
): Extract<ParameterKey, `${string}_months`> | null => {
  const tiers = [household.tier, ...household.members.map(({ tier }) => tier)];
  if (tiers.includes('RIGID_EXPENDITURE')) return 'rigid.valid_months';
  if (tiers.some((tier) => tier === 'MINIMUM_LIVING_ALLOWANCE' || tier === 'MARGINAL')) {
    const earnedVaries = parameterOn(policy, 'review.earned_income_varies', today)?.value !== false;
    const isVolatile = isAbleToWork(evaluation) || (earnedVaries && hasEarnedIncome(household));
    return isVolatile ? 'review.volatile_months' : 'review.stable_months';
  }
  return tiers.includes('EXTREME_HARDSHIP') ? 'review.stable_months' : null;
};

/**
 * After how many months a household is looked at again, as it lives on a day: once a year; every half-year where its income varies or a
 * member is able to work (D57 article 31); extreme hardship once a year (D20 item 7); and rigid expenditure when its recognition expires
 * (DRE article 10). Null for a household in no tier that is reviewed, and where the policy has no such parameter in force.
 */
export const reviewedAfter = (
  policy: PolicyPack,
  household: Household,
  evaluation: Evaluation,
  today: LocalDate,
): number | null => {
  const parameter = parameterOf(policy, household, evaluation, today);
  return parameter === null ? null : (parameterOn(policy, parameter, today)?.value ?? null);
};

/**
 * The day on which all of a household's means were last looked at: of what counts about its income and property, the oldest. Null where
 * nothing is on file. What a department tells of one kind says nothing of the others.
 */
export const meansSeenOn = ({ facts }: Household): LocalDate | null =>
  newestFacts(facts)
    .filter(({ kind }) => kind.startsWith('income.') || kind.startsWith('asset.'))
    .reduce<LocalDate | null>((oldest, { asOf }) => (oldest === null || asOf < oldest ? asOf : oldest), null);
