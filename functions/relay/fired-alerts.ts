import { type Fired, firedConditions } from '../../domain/alerts/fired.ts';
import { firedDecision } from '../../domain/alerts/fired-decision.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { versionOf } from '../../domain/policy-versions/policies.ts';
import { isUnderWay } from '../../domain/reviews/review-of.ts';
import { ifReadable, readableDecision } from './payment-facts.ts';

/** A household as it was read, by the policy in force, with what the rules give for it today. */
export interface LookedAt {
  readonly roster: RosterHousehold;
  readonly policy: PolicyPack;
  readonly evaluation: Evaluation;
  /** Whether what would be decided otherwise is looked at too. */
  readonly withDecision: boolean;
}

/** The rules that fire for a household, each with the mark by which the same is known again; and the decision that stands. */
export interface FiredAlerts {
  readonly fired: readonly Fired[];
  readonly standing: Determination | undefined;
}

export const firedAlerts = async (dependencies: Dependencies, looked: LookedAt): Promise<FiredAlerts> => {
  const { roster, policy, evaluation, withDecision } = looked;
  const conditions = firedConditions(dependencies.digest, evaluation, roster.household, policy, evaluation.date);
  // Nobody asks for the decision where nothing fires that would lie in its division.
  if (roster.determinationId === null || (!withDecision && conditions.length === 0))
    return { fired: conditions, standing: undefined };
  const standing = await readableDecision(dependencies.store, roster.determinationId);
  const decision = withDecision && standing !== undefined ? await decisionOf(dependencies, looked, standing) : null;
  return { fired: decision === null ? conditions : [...conditions, decision], standing };
};

/** What would be decided otherwise; null while a review is under way, which decides by the same facts itself. */
const decisionOf = async (
  { store, policies, digest }: Dependencies,
  { roster, policy, evaluation }: LookedAt,
  standing: Determination,
): Promise<Fired | null> => {
  const { household, applicationId } = roster;
  const [application, standingPolicy] = await Promise.all([
    applicationId === null ? undefined : ifReadable(store.application(applicationId)),
    versionOf(policies, standing.policyVersion, standing.determinationId),
  ]);
  const fired = firedDecision(digest, { standing, standingPolicy, application, household, policy, evaluation });
  const review = fired === null || application === undefined ? undefined : await store.review(application.reviewId);
  return isUnderWay(review) ? null : fired;
};
