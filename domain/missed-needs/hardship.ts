import { ageOn, isLocalDate, type LocalDate, laterOf } from '../dates.ts';
import type { Determination } from '../determinations/determination.ts';
import { evaluate } from '../eligibility/evaluate.ts';
import type { HouseholdTier, MemberTier } from '../eligibility/tiers.ts';
import { type Household, livingMembers } from '../households/household.ts';
import { parameterOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';

/** Who is in none of these is helped as a household; to be watched for having left is no help. */
const withoutAid: readonly HouseholdTier[] = ['NONE', 'OTHER_LOW_INCOME'];

/** The last day on which a household is known to have left; null when it is not known to have. */
const exitIn = ({ facts }: Household, today: LocalDate): LocalDate | null =>
  facts.reduce<LocalDate | null>((last, { kind, value }) => {
    if (kind !== 'exit.on' || !isLocalDate(value) || value > today) return last;
    return last === null ? value : laterOf(last, value);
  }, null);

/**
 * The day on which a household left or was refused, if that is less than the years of the watch list ago and it has not come back since;
 * otherwise null. Who withheld the consent to a tier has chosen, and is not sought out.
 */
export const leftOn = (
  policy: PolicyPack,
  household: Household,
  standing: Determination | undefined,
  today: LocalDate,
): LocalDate | null => {
  const years = parameterOn(policy, 'watchlist.exit_years', today)?.value;
  if (years === undefined || isHelped(household, standing)) return null;
  const exit = exitIn(household, today);
  const refused = standing?.refusedFor === 'no-tier' ? standing.decidedOn : null;
  const last = exit === null || refused === null ? (exit ?? refused) : laterOf(exit, refused);
  return last !== null && ageOn(last, today) < years ? last : null;
};

/** Whether a household about which nothing was decided is in no tier, and is not known to have left. */
export const isUndecided = (household: Household, today: LocalDate): boolean =>
  household.tier === 'NONE' && !isInHardship(household) && exitIn(household, today) === null;

/** Whether a household about which nothing was decided was taken over with a tier: somebody has decided, if not here. */
export const isTakenOver = (household: Household): boolean =>
  isInHardship(household) && livingMembers(household).length > 0;

/** Whether a household has left the roster: it is known to have, or was refused, and nothing is given to it. */
export const hasLeft = (household: Household, standing: Determination | undefined, today: LocalDate): boolean =>
  !isHelped(household, standing) && (exitIn(household, today) !== null || standing?.outcome === 'refused');

/** What tiers a household and its members have, or would have. */
interface Tiers {
  readonly tier: HouseholdTier;
  readonly members: readonly { readonly tier: MemberTier }[];
}

const isInHardship = ({ tier, members }: Tiers): boolean =>
  !withoutAid.includes(tier) ||
  members.some((member) => member.tier === 'EXTREME_HARDSHIP' || member.tier === 'SINGLE_PERSON_ENTRY');

/** Whether the household is in a tier with aid, or has withheld its consent to one. */
const isHelped = (household: Tiers, standing: Determination | undefined): boolean => {
  if (standing?.outcome === 'refused') return standing.refusedFor === 'consent-withheld';
  return isInHardship(household);
};

/** Whether what is on file would put a household in a tier with aid on a day. What cannot be decided is no hardship found. */
export const isStillInHardship = (policy: PolicyPack, household: Household, today: LocalDate): boolean => {
  const { status, householdTier, memberTiers } = evaluate(household, policy, today);
  return status === 'decided' && isInHardship({ tier: householdTier, members: memberTiers });
};
