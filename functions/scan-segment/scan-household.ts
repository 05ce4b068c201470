import type { Month } from '../../domain/assistance/period.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { coveredByRun, coversMonth, type DueItem, dueItems } from '../../domain/missed-needs/delivery.ts';
import { isStillInHardship, leftOn } from '../../domain/missed-needs/hardship.ts';
import type { MissedDelivery } from '../../domain/missed-needs/missed-need.ts';
import type { ScannedHousehold } from '../../domain/missed-needs/scan-store.ts';
import { needsEarlier } from '../../domain/payments/due-lines.ts';
import { chainEntryIdOf, paymentLineIdOf, paymentRunIdOf } from '../../domain/payments/payment-ids.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { decisionsBefore, isInLedger } from '../relay/payment-facts.ts';
import { dueReview } from './due-review.ts';
import { withTask } from './open-missed-need.ts';
import { givesOtherwise, type Reassessed } from './reassess.ts';
import type { Missed, Scanning } from './scanning.ts';
import { evaluatedEarlier } from './time-has-changed.ts';
import { undecidedHousehold } from './undecided-household.ts';
import { underReview } from './under-review.ts';

/** What a night finds of a household: its lines, and what it is to be decided anew from where time has changed what the rules give it. */
export interface FoundOfHousehold {
  readonly division: DivisionCode;
  /** Undefined when nobody can read its decision any more. */
  readonly lines: readonly Missed[] | undefined;
  readonly changed: Reassessed | undefined;
}

/** What is found of a household. It only reads, so that a page of them can be looked at together. */
export const foundOf = async (scanning: Scanning, scanned: ScannedHousehold): Promise<FoundOfHousehold> => {
  const division = scanned.household.residenceDivision;
  const unreadable = { division, lines: undefined, changed: undefined };
  if (scanned.standing === 'unreadable') return unreadable;
  const standing = scanned.standing ?? undefined;
  const deliveries = standing === undefined ? [] : await missedDeliveries(scanning, scanned, standing);
  if (deliveries === undefined) return unreadable;
  const hardship = [
    ...(await missedHardship(scanning, scanned, standing)),
    ...(standing === undefined ? await undecidedHousehold(scanning, scanned) : []),
  ];
  const { review, changed } = await changedByTime(scanning, scanned, standing);
  const lines = [...deliveries, ...hardship, ...review];
  return { division, lines: await Promise.all(lines.map((line) => withTask(scanning, line))), changed };
};

/**
 * What time has done to a household to which something was granted: its periodic review has fallen due, or the rules give it something else
 * by now. Where an application is under review, that decides.
 */
const changedByTime = async (
  scanning: Scanning,
  { householdId, household, applicationId }: ScannedHousehold,
  standing: Determination | undefined,
): Promise<{ readonly review: readonly Missed[]; readonly changed?: Reassessed }> => {
  if (standing?.outcome !== 'granted') return { review: [] };
  const { policy, day } = scanning;
  const today = evaluate(household, policy, day);
  const earlier = (): IteratorObject<Evaluation> => evaluatedEarlier(policy, household, standing, day);
  const isOutdated = today.status === 'cannot-decide' && earlier().some(({ status }) => status === 'decided');
  const [due, isChanged] = [
    await dueReview(scanning, { householdId, household }, standing, { evaluation: today, isOutdated }),
    givesOtherwise({ household, standing, today, earlier }),
  ];
  // Where its task is open nothing else has to be looked up for a line: for months that is so of most reviews that are due.
  const isSeenTo = due === undefined || due.cover !== undefined;
  if (isSeenTo && !isChanged) return { review: due === undefined ? [] : [due] };
  const { application, isUnderReview } = await underReview(scanning, applicationId);
  const cover: Missed['cover'] = isUnderReview ? { by: 'review' } : undefined;
  return {
    review: due === undefined ? [] : [{ ...due, cover: due.cover ?? cover }],
    ...(isChanged && !isUnderReview ? { changed: { household, standing, today, earlier, application } } : {}),
  };
};

const missedDeliveries = async (
  scanning: Scanning,
  { householdId, household }: ScannedHousehold,
  standing: Determination,
): Promise<readonly Missed[] | undefined> => {
  const { month } = scanning;
  if (month === null) return [];
  const { records } = scanning.dependencies.scans;
  const earlier = needsEarlier(month, standing) ? await decisionsBefore(records, month, standing) : [];
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

/** An item of a month that is not in the chain, with the payment run that has it on its list, if one does. */
const missedDelivery = async (
  scanning: Scanning,
  { householdId, month }: Of,
  { determination, line }: DueItem,
): Promise<Missed | undefined> => {
  const { store, scans } = scanning.dependencies;
  const { determinationId, division, entitlements } = determination;
  const { item, personId } = line;
  const { paymentRunId, lineId, entryId } = paymentOf(scanning, { householdId, month }, { determination, line });
  const entry = await scans.records.chainEntry(entryId);
  // The id follows from the item, so what is there is of no other.
  if (entry !== undefined && coversMonth(entry, month)) return undefined;
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
  const listed = await ifReadable(scans.records.paymentLine(lineId));
  if (listed !== undefined) {
    const standing = coveredByRun(listed, await store.paymentCorrections(lineId));
    if (standing === 'settled') return undefined;
    if (standing === 'covered') return { need, cover: { by: 'payment-run', paymentRunId } };
  }
  return (await isInLedger(store, need)) ? undefined : { need, cover: undefined };
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
