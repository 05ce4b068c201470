import type { Dependencies } from '../dependencies.ts';
import { type ReviewTaskKind, reviewTaskKinds } from '../lifecycles/task.ts';
import type { Notice } from '../notices/notice.ts';
import type { Task } from '../tasks/task.ts';
import type { Review } from './review.ts';
import { noticeIdOf, taskIdOf } from './review-ids.ts';

/** Papers are asked for once, before the first round, so their task never has another. */
const roundOf = (kind: ReviewTaskKind, review: Review): number => (kind === 'supply-papers' ? 1 : review.round);

/** The tasks and the notice of a review's present round, whatever their state. They are found by their ids, without a search. */
export const workOf = async (
  { store, digest }: Pick<Dependencies, 'store' | 'digest'>,
  review: Review,
): Promise<{ tasks: readonly Task[]; notice: Notice | undefined }> => {
  const [notice, ...tasks] = await Promise.all([
    store.notice(noticeIdOf(digest, review.reviewId, review.round)),
    ...reviewTaskKinds.map((kind) => store.task(taskIdOf(digest, review.reviewId, kind, roundOf(kind, review)))),
  ]);
  return { tasks: tasks.filter((task) => task !== undefined), notice };
};

/** The task of a kind in the review's present round. */
export const taskOfKind = (
  { store, digest }: Pick<Dependencies, 'store' | 'digest'>,
  review: Review,
  kind: ReviewTaskKind,
): Promise<Task | undefined> => store.task(taskIdOf(digest, review.reviewId, kind, roundOf(kind, review)));
