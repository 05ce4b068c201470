import type { Application } from '../applications/application.ts';
import type { Dependencies } from '../dependencies.ts';
import type { RosterHousehold } from '../households/roster-household.ts';
import type { ReviewId } from '../ids.ts';
import { reviewLifecycle } from '../lifecycles/review.ts';
import type { CommitResult } from '../store/roster-store.ts';
import type { Review } from './review.ts';

/** The workflow went on although the review was cancelled; it is being stopped, and must not be tried again. */
export class ReviewCancelled extends Error {
  override readonly name = 'ReviewCancelled';
}

/** Another writer was faster. The step is repeated and reads again. */
export class WriteConflict extends Error {
  override readonly name = 'RetryableError';
}

/** Whether a review is being worked on: then it may decide by the same facts itself. False where there is none. */
export const isUnderWay = (review: Review | undefined): boolean =>
  review !== undefined && reviewLifecycle.cancel.from.includes(review.state);

export interface ReviewRecords {
  review: Review;
  application: Application;
  roster: RosterHousehold;
}

/** Everything a step of a review works on. Throws `ReviewCancelled` when the household has withdrawn. */
export const recordsOf = async ({ store }: Pick<Dependencies, 'store'>, reviewId: ReviewId): Promise<ReviewRecords> => {
  const review = await store.review(reviewId);
  if (review === undefined) throw new Error(`${reviewId} is not in the store`);
  if (review.state === reviewLifecycle.cancel.to) throw new ReviewCancelled(`${reviewId} was cancelled`);
  const { application, household: roster } = await store.applicationAndHousehold(
    review.applicationId,
    review.householdId,
  );
  if (application === undefined || roster === undefined) {
    throw new Error(`${reviewId} names records that are not in the store`);
  }
  return { review, application, roster };
};

/** Lets a stored command pass, and makes a step that lost a race read again. */
export const mustBeStored = (result: CommitResult, reviewId: ReviewId): void => {
  if (!result.ok) throw new WriteConflict(`${reviewId}: ${result.conflict}`);
};

/** The workflow as an actor in audit entries. */
export const workflowActor = { role: 'workflow', subject: 'classified-review' } as const;
