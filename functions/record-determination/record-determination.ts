import { dateInChina, firstOfNextMonth, type Instant } from '../../domain/dates.ts';
import { workingDaysBetween } from '../../domain/deadlines/working-days.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { seenOn } from '../../domain/determinations/seen.ts';
import { withTiers } from '../../domain/determinations/with-tiers.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { DeterminationId, ReviewId } from '../../domain/ids.ts';
import { applicationLifecycle } from '../../domain/lifecycles/application.ts';
import { reviewLifecycle } from '../../domain/lifecycles/review.ts';
import { versionOf } from '../../domain/policy-versions/policies.ts';
import { formOpinion } from '../../domain/reviews/form-opinion.ts';
import type { Grant } from '../../domain/reviews/grant.ts';
import { taskOfKind } from '../../domain/reviews/open-work.ts';
import { determinationIdOf } from '../../domain/reviews/review-ids.ts';
import { mustBeStored, type ReviewRecords, recordsOf, workflowActor } from '../../domain/reviews/review-of.ts';

/** The household's facts have changed since the opinion that was confirmed: it no longer is the decision, and people must look. */
export class OpinionOutdated extends Error {
  override readonly name = 'OpinionOutdated';
}

/** Records what the county confirmed: determination, tiers on the roster, and the end of application and review, together. */
export const recordDetermination = async (
  dependencies: Dependencies,
  reviewId: ReviewId,
): Promise<{ determinationId: DeterminationId }> => {
  const { store, now, newId, digest } = dependencies;
  const records = await recordsOf(dependencies, reviewId);
  const { review, application, roster } = records;
  const determinationId = determinationIdOf(digest, reviewId);
  if (review.state === reviewLifecycle.conclude.to) return { determinationId };
  const at = now();
  const confirmed = await confirmedOpinion(dependencies, records);
  if (confirmed === undefined) {
    // This step may have been run by another in between, after the review was read: then the household is as that one left it.
    if ((await store.review(reviewId))?.state === reviewLifecycle.conclude.to) return { determinationId };
    throw new OpinionOutdated(`${reviewId}: the facts have changed`);
  }
  const determination = determined(dependencies, records, confirmed, {
    determinationId,
    confirmedBy: await confirmerOf(dependencies, records),
    at,
  });
  const decided = determination.outcome === 'granted' ? applicationLifecycle.grant : applicationLifecycle.refuse;
  const result = await store.commit({
    aggregates: [
      { kind: 'determination', value: determination },
      { kind: 'household', value: withTiers(roster, determination) },
      {
        kind: 'application',
        value: { ...application, version: application.version + 1, state: decided.to, determinationId },
        from: decided.from,
      },
      {
        kind: 'review',
        value: { ...review, version: review.version + 1, state: reviewLifecycle.conclude.to, determinationId },
        from: reviewLifecycle.conclude.from,
      },
    ],
    event: newEvent('DeterminationRecorded', at, newId, { ...review, determinationId }),
    actor: workflowActor,
    division: review.division,
  });
  mustBeStored(result, reviewId);
  return { determinationId };
};

/** What the rules gave, and what of it is granted. */
interface Confirmed {
  evaluation: Evaluation;
  grant: Grant;
  seen: Determination['seen'];
}

/**
 * What was confirmed, made again by the version it was formed by: another may have come into force since. Undefined when the facts
 * no longer give it.
 */
const confirmedOpinion = async (
  { digest, policies }: Dependencies,
  { review, application, roster }: ReviewRecords,
): Promise<Confirmed | undefined> => {
  if (review.opinion === null) throw new Error(`${review.reviewId} has no opinion to record`);
  const { formedOn, evaluationHash, policyVersion } = review.opinion;
  const policy = await versionOf(policies, policyVersion, `the opinion of ${review.reviewId}`);
  const { evaluation, grant, opinion } = formOpinion(digest, roster.household, application, policy, formedOn);
  if (opinion.evaluationHash !== evaluationHash) return undefined;
  return { evaluation, grant, seen: seenOn(roster.household, policy, formedOn) };
};

const confirmerOf = async (dependencies: Dependencies, { review }: ReviewRecords): Promise<string> => {
  const task = await taskOfKind(dependencies, review, 'county-confirmation');
  if (task?.completion?.outcome !== 'confirmed') throw new Error(`${review.reviewId} has not been confirmed`);
  return task.completion.by;
};

const determined = (
  { calendar }: Dependencies,
  { review, application, roster }: ReviewRecords,
  { evaluation, grant, seen }: Confirmed,
  { determinationId, confirmedBy, at }: { determinationId: DeterminationId; confirmedBy: string; at: Instant },
): Determination => {
  const decidedOn = dateInChina(at);
  const granted = grant.refusedFor === null;
  return {
    determinationId,
    version: 1,
    ...(roster.determinationId === null ? {} : { previous: roster.determinationId }),
    reviewId: review.reviewId,
    applicationId: review.applicationId,
    householdId: review.householdId,
    division: review.division,
    outcome: granted ? 'granted' : 'refused',
    refusedFor: grant.refusedFor,
    policyVersion: evaluation.policyVersion,
    evaluatedOn: evaluation.date,
    decidedOn,
    // Payment starts in the month after the decision (D57 article 21, D43 article 17).
    payableFrom: granted ? firstOfNextMonth(decidedOn) : null,
    recordedAt: at,
    confirmedBy,
    tier: grant.tier,
    memberTiers: [...grant.memberTiers],
    entitlements: grant.entitlements.map(({ item, personId, amount, period }) => ({ item, personId, amount, period })),
    seen,
    evaluationHash: review.opinion?.evaluationHash ?? '',
    workingDaysUsed:
      application.acceptedOn === null ? 0 : workingDaysBetween(calendar, application.acceptedOn, decidedOn),
  };
};
