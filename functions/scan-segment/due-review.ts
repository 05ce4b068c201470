import { dateInChina, type LocalDate, laterOf, monthsBetween } from '../../domain/dates.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import { type DueReview, missedNeedTaskIdOf } from '../../domain/missed-needs/missed-need.ts';
import type { ScannedHousehold } from '../../domain/missed-needs/scan-store.ts';
import { reviewedAfter } from '../../domain/reviews/periodic-review.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { asSeen } from './open-missed-need.ts';
import type { Missed, Scanning } from './scanning.ts';

/** A household that the rules cannot decide any more, because what is on file has grown old, is not asked again before this many months. */
const monthsBeforeAskedAgain = 1;

/** A periodic review that has fallen due, with the task that is open for it. */
type MissedReview = Missed & { readonly need: DueReview };

/**
 * The periodic review of a household that has fallen due; undefined when none has. It counts from the day of the decision, or of the last
 * periodic review. Each review of a household has a number, and its task follows from that: while one is open there is no other. It is
 * due at once where time alone has made facts too old to decide by (`isOutdated`).
 */
export const dueReview = async (
  scanning: Scanning,
  { householdId, household }: Pick<ScannedHousehold, 'householdId' | 'household'>,
  standing: Determination,
  { evaluation, isOutdated }: { readonly evaluation: Evaluation; readonly isOutdated: boolean },
): Promise<MissedReview | undefined> => {
  const { policy, day, dependencies } = scanning;
  const { records } = dependencies.scans;
  const usual = reviewedAfter(policy, household, evaluation, day);
  if (usual === null) return undefined;
  const months = isOutdated ? Math.min(usual, monthsBeforeAskedAgain) : usual;
  let last = standing.decidedOn;
  // Most households have decided less than the months ago, and nothing has to be read for them.
  if (monthsBetween(last, day) < months && standing.change === undefined) return undefined;
  last = await decidedOn(scanning, standing);
  for (let number = 1; ; number += 1) {
    const need: DueReview = { kind: 'periodic-review', householdId, division: household.residenceDivision, number };
    const task = await records.task(missedNeedTaskIdOf(dependencies.digest, need));
    if (task === undefined) return monthsBetween(last, day) >= months ? { need, cover: undefined } : undefined;
    if (task.completion === null) return { need, cover: asSeen(task, scanning) };
    last = laterOf(last, dateInChina(task.completion.at));
  }
};

/** The day on which people last decided: what a policy, a change or time has led to since was looked at by nobody. */
const decidedOn = async (
  { dependencies: { scans } }: Scanning,
  { change, reviewId, decidedOn: day }: Determination,
): Promise<LocalDate> => {
  if (change === undefined || reviewId === null) return day;
  const review = await scans.records.review(reviewId);
  const decision =
    review?.determinationId == null ? undefined : await ifReadable(scans.records.determination(review.determinationId));
  return decision?.decidedOn ?? day;
};
