import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { missingPapers } from '../../domain/households/missing-papers.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { recordsOf } from '../../domain/reviews/review-of.ts';

/** Whether an application has all its papers: it was accepted as it came in, or what is missing has to be asked for. */
export const checkCompleteness = async (
  dependencies: Dependencies,
  reviewId: ReviewId,
): Promise<{ complete: boolean }> => {
  const { application, roster } = await recordsOf(dependencies, reviewId);
  if (application.acceptedOn !== null) return { complete: true };
  const circumstances = { ...roster.household, date: dateInChina(dependencies.now()) };
  return { complete: missingPapers(circumstances, application.papers).length === 0 };
};
