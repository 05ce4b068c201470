import type { Application } from '../../domain/applications/application.ts';
import type { Month } from '../../domain/assistance/period.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { ApplicationId, HouseholdId } from '../../domain/ids.ts';
import { coveredByRun, type DueItem, dueItems, givesMonth } from '../../domain/missed-needs/delivery.ts';
import { isStillInHardship, leftOn } from '../../domain/missed-needs/hardship.ts';
import type { MissedDelivery } from '../../domain/missed-needs/missed-need.ts';
import type { ScannedHousehold } from '../../domain/missed-needs/scan-store.ts';
import { needsEarlier } from '../../domain/payments/due-lines.ts';
import { chainEntryIdOf, paymentLineIdOf, paymentRunIdOf } from '../../domain/payments/payment-ids.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { isUnderWay } from '../../domain/reviews/review-of.ts';
import { decisionsBefore, ifReadable } from '../relay/payment-facts.ts';
import { dueReview } from './due-review.ts';
import { givesOtherwise, reassessed } from './reassess.ts';
import type { Missed, Scanning, ScanningPage } from './scanning.ts';
import { evaluatedEarlier } from './time-has-changed.ts';

/** Decisions and entries read at a time. */
const pageSize = 50;

/** What a night finds of a household: its lines, and whether it was decided anew because of the time that has passed. */
export interface FoundOfHousehold {
  readonly lines: readonly Missed[];
  readonly isRedecided: boolean;
}

/** What is found of a household; undefined when nobody can read its decision any more. */
export const foundOf = async (
  scanning: ScanningPage,
  scanned: ScannedHousehold,
): Promise<FoundOfHousehold | undefined> => {
  if (scanned.standing === 'unreadable') return undefined;
  const standing = scanned.standing ?? undefined;
  const deliveries = standing === undefined ? [] : await missedDeliveries(scanning, scanned, standing);
  if (deliveries === undefined) return undefined;
  const hardship = await missedHardship(scanning, scanned, standing);
  const { review, isRedecided } = await changedByTime(scanning, scanned, standing);
  return { lines: [...deliveries, ...hardship, ...review], isRedecided };
};

/**
 * What time has done to a household to which something was granted: its periodic review has fallen due, or the rules give it something else
 * by now. Where an application is under review, that decides.
 */
const changedByTime = async (
  scanning: Scanning,
  { householdId, household, applicationId }: ScannedHousehold,
  standing: Determination | undefined,
): Promise<{ readonly review: readonly Missed[]; readonly isRedecided: boolean }> => {
  if (standing?.outcome !== 'granted') return { review: [], isRedecided: false };
  const { policy, day } = scanning;
  const today = evaluate(household, policy, day);
  const earlier = (): Evaluation => evaluatedEarlier(policy, household, day);
  const isOutdated = today.status === 'cannot-decide' && earlier().status === 'decided';
  const [due, isChanged] = [
    await dueReview(scanning, { householdId, household }, standing, { evaluation: today, isOutdated }),
    givesOtherwise({ household, standing, today, earlier }),
  ];
  // Where its task is open nothing else has to be looked up for a line: for months that is so of most reviews that are due.
  const isSeenTo = due === undefined || due.cover !== undefined;
  if (isSeenTo && !isChanged) return { review: due === undefined ? [] : [due], isRedecided: false };
  const { application, isUnderReview } = await underReview(scanning, applicationId);
  const cover: Missed['cover'] = isUnderReview ? { by: 'review' } : undefined;
  return {
    review: due === undefined ? [] : [{ ...due, cover: due.cover ?? cover }],
    isRedecided:
      isChanged && !isUnderReview && (await reassessed(scanning, { household, standing, today, earlier, application })),
  };
};

const underReview = async (
  { dependencies: { store } }: Scanning,
  applicationId: ApplicationId | null,
): Promise<{ readonly application: Application | undefined; readonly isUnderReview: boolean }> => {
  const application = applicationId === null ? undefined : await ifReadable(store.application(applicationId));
  const review = application === undefined ? undefined : await store.review(application.reviewId);
  return { application, isUnderReview: isUnderWay(review) };
};

const missedDeliveries = async (
  scanning: ScanningPage,
  { householdId, household }: ScannedHousehold,
  standing: Determination,
): Promise<readonly Missed[] | undefined> => {
  const { month } = scanning;
  if (month === null) return [];
  const { store } = scanning.dependencies;
  const earlier = needsEarlier(month, standing) ? await decisionsBefore(store, month, standing) : [];
  if (earlier === undefined) return undefined;
  const missed: Missed[] = [];
  for (const due of dueItems(month, standing, earlier, household)) {
    const found = await missedDelivery(scanning, { householdId, month }, due);
    if (found !== undefined) missed.push(found);
  }
  return missed;
};

/** Whose deliveries are looked at, and of which month. */
interface Of {
  readonly householdId: HouseholdId;
  readonly month: Month;
}

/** Under which ids a payment run has an item of a household, and the chain what it paid. */
const paymentOf = (
  { dependencies: { digest } }: Scanning,
  { householdId, month }: Of,
  { determination, line: { item, personId } }: DueItem,
) => {
  const paymentRunId = paymentRunIdOf(digest, countyOf(determination.division), month);
  const lineId = paymentLineIdOf(digest, { paymentRunId, householdId, item, personId });
  return { paymentRunId, lineId, entryId: chainEntryIdOf(digest, lineId) };
};

/**
 * What payment runs have entered in the chain for a page of households, read together: most households are paid their month by the decision
 * that stands. What is asked for is in the answer, with undefined for what is not there.
 */
export const entriesOf = async (
  scanning: Scanning,
  households: readonly ScannedHousehold[],
): Promise<ScanningPage['entries']> => {
  const { month, dependencies } = scanning;
  if (month === null) return new Map();
  const ids = households.flatMap(({ householdId, household, standing }) => {
    if (standing === null || standing === 'unreadable' || needsEarlier(month, standing)) return [];
    return dueItems(month, standing, [], household).map(
      (due) => paymentOf(scanning, { householdId, month }, due).entryId,
    );
  });
  const found = await dependencies.scans.entries(ids);
  return new Map(ids.map((id, index) => [id, found[index]]));
};

/** An item of a month that is not in the chain, with the payment run that has it on its list, if one does. */
const missedDelivery = async (
  scanning: ScanningPage,
  { householdId, month }: Of,
  { determination, line }: DueItem,
): Promise<Missed | undefined> => {
  const { store } = scanning.dependencies;
  const { determinationId, division, entitlements } = determination;
  const { item, personId } = line;
  const { paymentRunId, lineId, entryId } = paymentOf(scanning, { householdId, month }, { determination, line });
  const entry = scanning.entries.has(entryId)
    ? scanning.entries.get(entryId)
    : await ifReadable(store.assistanceEntry(entryId));
  if (entry !== undefined && givesMonth(entry, line, month)) return undefined;
  const need: MissedDelivery = {
    kind: 'entitled-not-delivered',
    householdId,
    division,
    determinationId,
    entitlement: entitlements.findIndex((each) => each.item === item && each.personId === personId),
    item,
    personId,
    month,
  };
  const listed = await ifReadable(store.paymentLine(lineId));
  if (listed !== undefined) {
    const standing = coveredByRun(listed, await store.paymentCorrections(lineId));
    if (standing === 'settled') return undefined;
    if (standing === 'covered') return { need, cover: { by: 'payment-run', paymentRunId } };
  }
  return (await isInLedger(scanning, need)) ? undefined : { need, cover: undefined };
};

/** Whether the ledger has the month of the item, by whomever it was given. */
const isInLedger = async (
  { dependencies: { store } }: Scanning,
  { householdId, personId, item, month }: MissedDelivery,
): Promise<boolean> => {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.assistanceOf>> = await store.assistanceOf(
      personId ?? householdId,
      pageSize,
      after,
    );
    if (page.items.some((entry) => givesMonth(entry, { item }, month))) return true;
    after = page.next;
  } while (after !== null);
  return false;
};

const missedHardship = async (
  scanning: Scanning,
  { householdId, household, applicationId }: ScannedHousehold,
  standing: Determination | undefined,
): Promise<readonly Missed[]> => {
  const { policy, day } = scanning;
  const left = leftOn(policy, household, standing, day);
  if (left === null || !isStillInHardship(policy, household, day)) return [];
  const { isUnderReview } = await underReview(scanning, applicationId);
  const division = household.residenceDivision;
  const need = { kind: 'left-still-in-hardship', householdId, division, leftOn: left } as const;
  return [{ need, cover: isUnderReview ? { by: 'review' } : undefined }];
};
