import { dateInChina, type Instant } from '../../domain/dates.ts';
import { dueDate } from '../../domain/deadlines/due.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { NoticeId, ReviewId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import { clockOn } from '../../domain/policy/look-up.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { announceNoticeAgain } from '../../domain/reviews/announce-again.ts';
import type { Review } from '../../domain/reviews/review.ts';
import { noticeIdOf } from '../../domain/reviews/review-ids.ts';
import { mustBeStored, recordsOf, workflowActor } from '../../domain/reviews/review-of.ts';

/** Puts the township's opinion before the public for the days the law sets, and keeps the workflow's token with the notice. */
export const publishNotice = async (
  dependencies: Dependencies,
  reviewId: ReviewId,
  token: string,
): Promise<{ opened: NoticeId }> => {
  const { store, now, newId, digest } = dependencies;
  const { review, roster } = await recordsOf(dependencies, reviewId);
  const noticeId = noticeIdOf(digest, reviewId, review.round);
  const at = now();
  await store.storeToken(noticeId, token, at);
  const notice = newNotice(
    { ...dependencies, policy: await dependencies.policies.inForce() },
    noticeId,
    review,
    roster,
    at,
  );
  const result = await store.commit({
    aggregates: [{ kind: 'notice', value: notice, from: [] }],
    event: newEvent('NoticePublished', at, newId, notice),
    actor: workflowActor,
    division: review.division,
  });
  const isThereAlready = !result.ok && result.conflict === 'exists';
  if (isThereAlready) await announceNoticeAgain(dependencies, noticeId);
  else mustBeStored(result, reviewId);
  return { opened: noticeId };
};

const newNotice = (
  { policy, calendar }: Pick<Dependencies, 'calendar'> & { policy: PolicyPack },
  noticeId: NoticeId,
  review: Review,
  { household, identities }: RosterHousehold,
  at: Instant,
): Notice => {
  const today = dateInChina(at);
  const { amount, unit } = clockOn(policy, 'public-notice', today);
  if (unit === 'hour') throw new Error('a public notice stands for days, not hours');
  const applicant = household.members.find(({ relation }) => relation === 'applicant');
  const identity = identities.find(({ personId }) => personId === applicant?.personId);
  if (review.opinion === null || identity === undefined) throw new Error(`${review.reviewId} has nothing to publish`);
  return {
    noticeId,
    version: 1,
    state: 'published',
    reviewId: review.reviewId,
    applicationId: review.applicationId,
    householdId: review.householdId,
    division: review.division,
    publishedAt: at,
    endsOn: dueDate({ amount, unit }, calendar, today).date,
    applicantName: identity.name,
    memberCount: household.members.filter(({ notCounted, deceasedOn }) => notCounted === null && deceasedOn === null)
      .length,
    monthlyAmount: review.opinion.monthlyAmount,
    objection: null,
  };
};
