import { type Fired, firedConditions } from '../../domain/alerts/fired.ts';
import { firedDecision } from '../../domain/alerts/fired-decision.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { reviewLifecycle } from '../../domain/lifecycles/review.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { versionOf } from '../../domain/policy-versions/policies.ts';
import { ifReadable, readableDecision } from './payment-facts.ts';

/** A household as it was read, by the policy in force, with what the rules give for it today. */
export interface LookedAt {
  readonly roster: RosterHousehold;
  readonly policy: PolicyPack;
  readonly evaluation: Evaluation;
  /** Whether what would be decided otherwise is looked at too. */
  readonly withDecision: boolean;
}

/** The rules that fire for a household, each with the mark by which the same is known again. */
export const firedAlerts = async (dependencies: Dependencies, looked: LookedAt): Promise<readonly Fired[]> => {
  const { roster, policy, evaluation, withDecision } = looked;
  const conditions = firedConditions(dependencies.digest, evaluation, roster.household, policy, evaluation.date);
  const decision = withDecision ? await decisionOf(dependencies, looked) : null;
  return decision === null ? conditions : [...conditions, decision];
};

/** What would be decided otherwise; null before a first decision, and while a review is under way, which decides by the same facts. */
const decisionOf = async (
  { store, policies, digest }: Dependencies,
  { roster, policy, evaluation }: LookedAt,
): Promise<Fired | null> => {
  const { household, applicationId, determinationId } = roster;
  const [standing, application] = await Promise.all([
    determinationId === null ? undefined : readableDecision(store, determinationId),
    applicationId === null ? undefined : ifReadable(store.application(applicationId)),
  ]);
  if (standing === undefined) return null;
  const review = application === undefined ? undefined : await store.review(application.reviewId);
  if (review !== undefined && reviewLifecycle.cancel.from.includes(review.state)) return null;
  const standingPolicy = await versionOf(policies, standing.policyVersion, standing.determinationId);
  return firedDecision(digest, { standing, standingPolicy, application, household, policy, evaluation });
};
