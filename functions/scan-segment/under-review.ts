import type { Application } from '../../domain/applications/application.ts';
import type { ApplicationId } from '../../domain/ids.ts';
import { isUnderWay } from '../../domain/reviews/review-of.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import type { Scanning } from './scanning.ts';

/** A household's application, if it has one that can be read, and whether it is being reviewed. */
export const underReview = async (
  { dependencies: { scans } }: Scanning,
  applicationId: ApplicationId | null,
): Promise<{ readonly application: Application | undefined; readonly isUnderReview: boolean }> => {
  const application = applicationId === null ? undefined : await ifReadable(scans.records.application(applicationId));
  const review = application === undefined ? undefined : await scans.records.review(application.reviewId);
  return { application, isUnderReview: isUnderWay(review) };
};
