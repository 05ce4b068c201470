import { dateInChina, type Instant } from '../dates.ts';
import { dueDate } from '../deadlines/due.ts';
import type { Dependencies } from '../dependencies.ts';
import type { RosterHousehold } from '../households/roster-household.ts';
import { clockOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { Opinion, Review } from '../reviews/review.ts';
import { noticeIdOf } from '../reviews/review-ids.ts';
import type { Notice, NoticeContent } from './notice.ts';

/** What a review, its household and its opinion are put before the public with. */
interface Publication {
  readonly review: Review;
  readonly roster: RosterHousehold;
  readonly opinion: Opinion;
}

/**
 * The public notice of a township's opinion, standing for the days the law sets (D57 article 17). One for each round of a review: its
 * id follows from both. Throws when the household has no applicant with a name, or the policy counts the days in hours.
 */
export const newNotice = (
  { calendar, digest, policy }: Pick<Dependencies, 'calendar' | 'digest'> & { policy: PolicyPack },
  publication: Publication,
  at: Instant,
): Notice => {
  const { reviewId, applicationId, householdId, division, round } = publication.review;
  const today = dateInChina(at);
  const { amount, unit } = clockOn(policy, 'public-notice', today);
  if (unit === 'hour') throw new Error('a public notice stands for days, not hours');
  return {
    ...contentToPublish(publication),
    noticeId: noticeIdOf(digest, reviewId, round),
    version: 1,
    state: 'published',
    reviewId,
    applicationId,
    householdId,
    division,
    publishedAt: at,
    endsOn: dueDate({ amount, unit }, calendar, today).date,
    objection: null,
  };
};

/** All that is published: who applied, how many they are, and what they would be given. */
const contentToPublish = ({ review, roster: { household, identities }, opinion }: Publication): NoticeContent => {
  const applicant = household.members.find(({ relation }) => relation === 'applicant');
  const identity = identities.find(({ personId }) => personId === applicant?.personId);
  if (identity === undefined) throw new Error(`${review.reviewId} has nothing to publish`);
  const counted = household.members.filter(({ notCounted, deceasedOn }) => notCounted === null && deceasedOn === null);
  return { applicantName: identity.name, memberCount: counted.length, monthlyAmount: opinion.monthlyAmount };
};
