import { monthsBetween } from '../../domain/dates.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { Household } from '../../domain/households/household.ts';
import { isStillInHardship, isTakenOver, isUndecided } from '../../domain/missed-needs/hardship.ts';
import type { ScannedHousehold } from '../../domain/missed-needs/scan-store.ts';
import { meansSeenOn, reviewedAfter } from '../../domain/reviews/periodic-review.ts';
import { askedAbout, asSeen } from './open-missed-need.ts';
import type { Missed, Scanning } from './scanning.ts';
import { underReview } from './under-review.ts';

/**
 * A household about which nothing was decided here: who was entered and then forgotten and would be in a tier by what is on file, or has a
 * tier from elsewhere and was looked at too long ago. Who is in no tier and has withdrawn an application has chosen, and is not sought out.
 */
export const undecidedHousehold = async (
  scanning: Scanning,
  { householdId, household, applicationId }: ScannedHousehold,
): Promise<readonly Missed[]> => {
  const { policy, day, dependencies } = scanning;
  const isForgotten = isUndecided(household, day) && isStillInHardship(policy, household, day);
  const monthsSinceSeen = isTakenOver(household) ? dueAfterMonths(scanning, household) : null;
  if (!isForgotten && monthsSinceSeen === null) return [];
  const { application, isUnderReview } = await underReview(scanning, applicationId);
  if (isForgotten && application !== undefined && !isUnderReview) return [];
  const about = { kind: 'undecided-in-hardship', householdId, division: household.residenceDivision } as const;
  const { need, task } = await askedAbout(
    scanning,
    (number) => ({ ...about, number }),
    dependencies.scans.records.task,
    monthsSinceSeen,
  );
  if (task !== undefined) return [{ need, cover: asSeen(task, scanning) }];
  return [{ need, cover: isUnderReview ? { by: 'review' } : undefined }];
};

/** After how many months a household with a tier from elsewhere is looked at, if so many have passed since its means were; otherwise null. */
const dueAfterMonths = ({ policy, day }: Scanning, household: Household): number | null => {
  const months = reviewedAfter(policy, household, evaluate(household, policy, day), day);
  const seenOn = meansSeenOn(household);
  return months === null || (seenOn !== null && monthsBetween(seenOn, day) < months) ? null : months;
};
