import type { ReviewView } from '../../contracts/api/reviews.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { addWorkingDays } from '../../domain/deadlines/working-days.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { clockOn } from '../../domain/policy/look-up.ts';
import { workOf } from '../../domain/reviews/open-work.ts';

/** A review of the caller's division: how far it has got, on whose desk it lies, and the last day the law leaves for it. */
export const readReview = async (
  dependencies: Dependencies,
  principal: Principal,
  reviewId: ReviewId,
): Promise<Outcome<ReviewView>> => {
  const { store, policies, calendar } = dependencies;
  const review = await store.review(reviewId);
  if (review === undefined || !mayReach(principal, review)) return refuse('not-found');
  const [{ tasks, notice }, application] = await Promise.all([
    workOf(dependencies, review),
    store.application(review.applicationId),
  ]);
  const acceptedOn = application?.acceptedOn ?? null;
  const policy = await policies.inForce();
  const { opinion, version, assessors: _, ...shown } = review;
  return succeed(
    {
      ...shown,
      opinion: opinion === null ? null : withoutHash(opinion),
      dueOn:
        acceptedOn === null
          ? null
          : addWorkingDays(calendar, acceptedOn, clockOn(policy, 'review.total', acceptedOn).amount).date,
      tasks: tasks.map(({ taskId, kind, state, dueOn }) => ({ taskId, kind, state, dueOn })),
      notice: notice === undefined ? null : { noticeId: notice.noticeId, state: notice.state, endsOn: notice.endsOn },
    },
    { version },
  );
};

const withoutHash = <Opinion extends { evaluationHash: string }>({ evaluationHash: _, ...shown }: Opinion) => shown;
