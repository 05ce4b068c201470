import type { AssistanceEntry } from '../assistance/assistance-entry.ts';
import { lastDayOf, type Month, monthIn, plusMonths } from '../assistance/period.ts';
import { endOfDayInChina, type LocalDate, plusDays } from '../dates.ts';
import { deadlineOf } from '../deadlines/due.ts';
import type { Determination } from '../determinations/determination.ts';
import { type Household, livingMembers } from '../households/household.ts';
import type { PaymentCorrection } from '../payments/corrections.ts';
import { type DueLine, dueIn, payableLines } from '../payments/due-lines.ts';
import type { PaymentLine } from '../payments/payment-line.ts';
import { clockOn } from '../policy/look-up.ts';
import type { Clocks } from '../tasks/new-task.ts';

/** Whether the time after the end of a month has passed in which it may still be paid without being missed. */
const isOver = ({ policy, calendar }: Clocks, month: Month, today: LocalDate): boolean => {
  const last = lastDayOf({ of: 'months', from: month, to: month });
  if (last === null) return false;
  const { dueDate } = deadlineOf(
    clockOn(policy, 'missed-need.month-over', last),
    calendar,
    endOfDayInChina(plusDays(last, -1)),
  );
  return today > dueDate;
};

/** The month that is looked at on a day: the last one that counts as missed when nothing of it is on record. */
export const monthLookedAt = (clocks: Clocks, today: LocalDate): Month => {
  const before = plusMonths(monthIn(today), -1);
  return isOver(clocks, before, today) ? before : plusMonths(before, -1);
};

/**
 * The month that is looked at, if deliveries of it can be on record. Of a roster that was taken over, other systems know what was paid before:
 * what cannot be checked is neither missed nor delivered. `since`: the first month on record; null where no roster was taken over.
 */
export const monthOnRecord = (clocks: Clocks, today: LocalDate, since: Month | null): Month | null => {
  const month = monthLookedAt(clocks, today);
  return since !== null && month < since ? null : month;
};

/** A monthly item that a month is due of, with the decision it rests on. */
export interface DueItem {
  readonly determination: Determination;
  readonly line: DueLine;
}

/**
 * What a household is due for a month by the decision that was in force in it. After a refusal only what came before the month of the
 * refusal is still owed: that month itself is listed and held by the payment run. Nothing is due where nobody with a part in it lives.
 */
export const dueItems = (
  month: Month,
  standing: Determination,
  earlier: readonly Determination[],
  household: Household,
): readonly DueItem[] => {
  const due = dueIn(month, standing, earlier);
  if (due === undefined || (due.ended && monthIn(standing.decidedOn) <= month)) return [];
  const living = new Set(livingMembers(household).map(({ personId }) => personId));
  return payableLines(due.determination)
    .filter(({ persons }) => persons.some((personId) => living.has(personId)))
    .map((line) => ({ determination: due.determination, line }));
};

/** Whether an entry of the assistance chain says that what it is about was given, or granted, for a month. */
export const coversMonth = (
  { period, state, deliveredAt, endedAfter }: Pick<AssistanceEntry, 'period' | 'state' | 'deliveredAt' | 'endedAfter'>,
  month: Month,
): boolean => {
  if (period.of !== 'months' || period.from > month || period.to < month) return false;
  if (state === 'ended') return deliveredAt !== null && endedAfter !== null && endedAfter >= month;
  return state === 'granted' || state === 'delivered';
};

/** Whether an entry says that an item was given, or granted, for a month. */
export const givesMonth = (entry: AssistanceEntry, { item }: Pick<DueLine, 'item'>, month: Month): boolean =>
  entry.item === item && coversMonth(entry, month);

/**
 * What a line on a payment run says of an item that is not in the chain. `held` or `ready`: the run covers it. Cancelled by an officer:
 * settled, unless the bank sent the money back. Released and yet not in the chain: nobody covers it.
 */
export const coveredByRun = (
  { state }: Pick<PaymentLine, 'state'>,
  corrections: readonly Pick<PaymentCorrection, 'kind' | 'reason'>[],
): 'covered' | 'settled' | 'not-covered' => {
  const last = corrections.at(-1);
  if (last === undefined) return state === 'released' ? 'not-covered' : 'covered';
  return last.kind === 'cancelled' && last.reason !== 'returned-by-bank' ? 'settled' : 'not-covered';
};
