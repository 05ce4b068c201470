import type { Dependencies } from '../../domain/dependencies.ts';
import type { NoticeId, ReviewId } from '../../domain/ids.ts';
import { announceNoticeAgain } from '../../domain/reviews/announce-again.ts';
import { noticeIdOf } from '../../domain/reviews/review-ids.ts';
import { recordsOf } from '../../domain/reviews/review-of.ts';

/**
 * Keeps the workflow's token with the notice that was published together with the opinion, so that the review goes on when its days have
 * passed or somebody objects. What was said to an older token, or before there was one, is said again.
 */
export const awaitNotice = async (
  dependencies: Dependencies,
  reviewId: ReviewId,
  token: string,
): Promise<{ opened: NoticeId }> => {
  const { store, now, digest } = dependencies;
  const { review } = await recordsOf(dependencies, reviewId);
  const noticeId = noticeIdOf(digest, reviewId, review.round);
  await store.storeToken(noticeId, token, now());
  await announceNoticeAgain(dependencies, noticeId);
  return { opened: noticeId };
};
