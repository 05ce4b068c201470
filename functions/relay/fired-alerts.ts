import { type Fired, firedConditions } from '../../domain/alerts/fired.ts';
import { firedDecision } from '../../domain/alerts/fired-decision.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { Household } from '../../domain/households/household.ts';
import type { AlertId } from '../../domain/ids.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { versionOf } from '../../domain/policy-versions/policies.ts';
import { isUnderWay } from '../../domain/reviews/review-of.ts';
import type { HouseholdRecords, OpenHousehold } from '../../domain/store/open-household.ts';

/** A household as it was read, by the policy in force, with what the rules give for it today. */
export interface LookedAt {
  readonly opened: OpenHousehold;
  readonly policy: PolicyPack;
  readonly evaluation: Evaluation;
  /** Whether what would be decided otherwise is looked at too. */
  readonly withDecision: boolean;
  /** A review has just ended: what it decided by is nothing to be alerted of. */
  readonly afterReview: boolean;
  /** Which alerts are to be read along, where these rules fire. */
  readonly alertsOf: (fired: readonly Fired[]) => readonly AlertId[];
}

/** The rules that fire for a household, each with the mark by which the same is known again; the decision that stands; the alerts read along. */
export interface FiredAlerts {
  readonly fired: readonly Fired[];
  readonly standing: Determination | undefined;
  readonly alerts: HouseholdRecords['alerts'];
}

/** What was read of a household, unless nobody can read it any more. */
export const readable = <Found>(record: Found | 'erased' | undefined): Found | undefined =>
  record === 'erased' ? undefined : record;

/** All that is read of the household beside itself is read in one request. */
export const firedAlerts = async (dependencies: Dependencies, looked: LookedAt): Promise<FiredAlerts> => {
  const { opened, policy, evaluation, withDecision, afterReview, alertsOf } = looked;
  const { household, determinationId, applicationId } = opened.roster;
  const conditions = firedConditions(dependencies.digest, evaluation, household, policy, evaluation.date);
  const records = await opened.records({
    // Nobody asks for the decision where nothing fires that would lie in its division.
    determinationId: withDecision || conditions.length > 0 ? determinationId : null,
    applicationId: withDecision && determinationId !== null ? applicationId : null,
    alertIds: alertsOf(conditions),
  });
  const standing = readable(records.determination);
  const decision =
    withDecision && standing !== undefined ? await decisionOf(dependencies, looked, standing, records) : null;
  const told = afterReview ? conditions.filter((each) => isToldSince(standing, each, household)) : conditions;
  return { fired: decision === null ? told : [...told, decision], standing, alerts: records.alerts };
};

/** Whether a rule fires on something that was told after the day which the decision that stands looked at. Before a decision, what was told has been asked of the rules. */
const isToldSince = (standing: Determination | undefined, { evidence }: Fired, { facts }: Household): boolean =>
  standing !== undefined &&
  evidence.some((each) =>
    facts.some(
      ({ kind, dataset, asOf, recordedAt }) =>
        kind === each.kind &&
        dataset === each.dataset &&
        asOf === each.asOf &&
        dateInChina(recordedAt) > standing.evaluatedOn,
    ),
  );

/** What would be decided otherwise; null while a review is under way, which may decide by the same facts itself: its end looks again. */
const decisionOf = async (
  { store, policies, digest }: Dependencies,
  { opened, policy, evaluation }: LookedAt,
  standing: Determination,
  records: HouseholdRecords,
): Promise<Fired | null> => {
  const { household } = opened.roster;
  const application = readable(records.application);
  const standingPolicy = await versionOf(policies, standing.policyVersion, standing.determinationId);
  const fired = firedDecision(digest, { standing, standingPolicy, application, household, policy, evaluation });
  const review = fired === null || application === undefined ? undefined : await store.review(application.reviewId);
  return isUnderWay(review) ? null : fired;
};
