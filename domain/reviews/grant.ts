import type { Application } from '../applications/application.ts';
import type { Entitlement, Evaluation } from '../eligibility/evaluation.ts';
import type { HouseholdTier, MemberTier } from '../eligibility/tiers.ts';
import type { PersonId } from '../ids.ts';

/** What an evaluation lets be granted to a household that applied as it did. */
export interface Grant {
  /** Null when something is granted. */
  refusedFor: 'no-tier' | 'consent-withheld' | null;
  tier: HouseholdTier;
  memberTiers: readonly { personId: PersonId; tier: MemberTier }[];
  entitlements: readonly Entitlement[];
}

/** What the household asked for by applying; a lower tier needs its consent (D39 section 5, one application for all tiers). */
const tiersOfApplication: readonly HouseholdTier[] = ['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE'];

/**
 * The tiers and entitlements to be granted. Extreme hardship is a person's own (D43): it is granted also where the household has
 * no tier, or did not agree to be considered for the one it would have.
 */
export const grantOf = (evaluation: Evaluation, application: Pick<Application, 'consentToNextTier'>): Grant => {
  const { householdTier, memberTiers, entitlements } = evaluation;
  const consented = application.consentToNextTier || tiersOfApplication.includes(householdTier);
  const inHardship = new Set(
    memberTiers.filter(({ tier }) => tier === 'EXTREME_HARDSHIP').map(({ personId }) => personId),
  );
  const isGranted = (personId: PersonId | null): boolean =>
    consented || (personId !== null && inHardship.has(personId));
  const tier = consented ? householdTier : 'NONE';
  return {
    refusedFor: refusalOf(tier, householdTier, inHardship.size),
    tier,
    memberTiers: memberTiers.map((member) => (isGranted(member.personId) ? member : { ...member, tier: 'NONE' })),
    entitlements: entitlements.filter(({ personId }) => isGranted(personId)),
  };
};

const refusalOf = (granted: HouseholdTier, found: HouseholdTier, inHardship: number): Grant['refusedFor'] => {
  if (granted !== 'NONE' || inHardship > 0) return null;
  return found === 'NONE' ? 'no-tier' : 'consent-withheld';
};
