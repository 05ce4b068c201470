import type { Determination } from '../../domain/determinations/determination.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { reviewLifecycle } from '../../domain/lifecycles/review.ts';
import { coveredByRun, type DueItem, dueItems, givesMonth } from '../../domain/missed-needs/delivery.ts';
import { isStillInHardship, leftOn } from '../../domain/missed-needs/hardship.ts';
import type { MissedDelivery } from '../../domain/missed-needs/missed-need.ts';
import type { ScannedHousehold } from '../../domain/missed-needs/scan-store.ts';
import { needsEarlier } from '../../domain/payments/due-lines.ts';
import { chainEntryIdOf, paymentLineIdOf, paymentRunIdOf } from '../../domain/payments/payment-ids.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { decisionsBefore, ifReadable, readableDecision } from '../relay/payment-facts.ts';
import type { Missed, Scanning } from './scanning.ts';

/** Decisions and entries read at a time. */
const pageSize = 50;

/** The lines of a household; undefined when nobody can read its decision any more. */
export const missedBy = async (
  scanning: Scanning,
  scanned: ScannedHousehold,
): Promise<readonly Missed[] | undefined> => {
  const { store } = scanning.dependencies;
  const { determinationId } = scanned;
  const standing = determinationId === null ? undefined : await readableDecision(store, determinationId);
  if (determinationId !== null && standing === undefined) return undefined;
  const deliveries = standing === undefined ? [] : await missedDeliveries(scanning, scanned, standing);
  if (deliveries === undefined) return undefined;
  return [...deliveries, ...(await missedHardship(scanning, scanned, standing))];
};

const missedDeliveries = async (
  scanning: Scanning,
  { householdId, household }: ScannedHousehold,
  standing: Determination,
): Promise<readonly Missed[] | undefined> => {
  const { month } = scanning;
  const { store } = scanning.dependencies;
  const earlier = needsEarlier(month, standing) ? await decisionsBefore(store, month, standing) : [];
  if (earlier === undefined) return undefined;
  const missed: Missed[] = [];
  for (const due of dueItems(month, standing, earlier, household)) {
    const found = await missedDelivery(scanning, householdId, due);
    if (found !== undefined) missed.push(found);
  }
  return missed;
};

/** An item of a month that is not in the chain, with the payment run that has it on its list, if one does. */
const missedDelivery = async (
  scanning: Scanning,
  householdId: HouseholdId,
  { determination, line }: DueItem,
): Promise<Missed | undefined> => {
  const { month, dependencies } = scanning;
  const { store, digest } = dependencies;
  const { determinationId, division, entitlements } = determination;
  const { item, personId } = line;
  const paymentRunId = paymentRunIdOf(digest, countyOf(division), month);
  const lineId = paymentLineIdOf(digest, { paymentRunId, householdId, item, personId });
  const entry = await ifReadable(store.assistanceEntry(chainEntryIdOf(digest, lineId)));
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
  { dependencies: { store }, policy, day }: Scanning,
  { householdId, household, applicationId }: ScannedHousehold,
  standing: Determination | undefined,
): Promise<readonly Missed[]> => {
  const left = leftOn(policy, household, standing, day);
  if (left === null || !isStillInHardship(policy, household, day)) return [];
  const application = applicationId === null ? undefined : await ifReadable(store.application(applicationId));
  const review = application === undefined ? undefined : await store.review(application.reviewId);
  const isUnderReview = review !== undefined && reviewLifecycle.cancel.from.includes(review.state);
  const division = household.residenceDivision;
  const need = { kind: 'left-still-in-hardship', householdId, division, leftOn: left } as const;
  return [{ need, cover: isUnderReview ? { by: 'review' } : undefined }];
};
