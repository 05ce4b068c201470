import { fault } from '../../contracts/field-faults.ts';
import type { FieldRefusal } from '../../contracts/outcome.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { firstDayOf, lastDayOf } from '../../domain/assistance/period.ts';
import type { CatalogueItem } from '../../domain/catalogue/catalogue.ts';
import { type LocalDate, plusDays } from '../../domain/dates.ts';
import { amountFaults } from './check-record.ts';

/** So many days before its period an item may be paid out [assumption: with the payment of the month before]. */
const earliestDays = 31;
/** After so many days behind its period a delivery is marked as late [assumption: no rule of Shanxi is known]. */
const lateAfterDays = 60;

type Delivery = Readonly<{ deliveredOn: LocalDate; amount: number | null }>;

/** What is wrong with a delivery under an item: when it is said to have been, and how much. */
export const deliveryFaults = (
  item: CatalogueItem | undefined,
  period: AssistanceEntry['period'],
  { deliveredOn, amount }: Delivery,
  today: LocalDate,
): readonly FieldRefusal[] => {
  const first = firstDayOf(period);
  const isOff = deliveredOn > today || (first !== null && deliveredOn < plusDays(first, -earliestDays));
  const isMissing = item !== undefined && item.amount.rule !== 'in-kind' && amount === null;
  return [
    ...(isOff
      ? [{ field: '/deliveredOn', code: fault('assistance.delivered-when'), values: { days: earliestDays } }]
      : []),
    ...(isMissing ? [{ field: '/amount', code: fault('assistance.amount-missing') }] : []),
    ...amountFaults(item, amount),
  ];
};

/** The marks of a delivery as such. */
export const lateFlag = (period: AssistanceEntry['period'], deliveredOn: LocalDate): AssistanceEntry['flags'] => {
  const last = lastDayOf(period);
  return last !== null && deliveredOn > plusDays(last, lateAfterDays) ? ['delivered-late'] : [];
};
