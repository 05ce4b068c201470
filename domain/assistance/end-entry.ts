import type { Instant } from '../dates.ts';
import { assistanceEntryLifecycle } from '../lifecycles/assistance-entry.ts';
import type { AssistanceEntry, assistanceEndReasons } from './assistance-entry.ts';
import { type Guard, placesIn } from './guard.ts';
import { guardsAfter } from './guards.ts';
import type { Month } from './period.ts';

export interface EndOfEntry {
  readonly at: Instant;
  readonly reason: (typeof assistanceEndReasons)[number];
  /** The last month that still stands; null when none does, and for what is not monthly. */
  readonly lastMonth: Month | null;
}

/**
 * Whether an entry can end so: with a month of its own. Without one nothing of a monthly entry stands, which cannot be where it has been
 * delivered, unless it was entered in error.
 */
export const mayEndWith = ({ period, deliveredAt }: AssistanceEntry, { reason, lastMonth }: EndOfEntry): boolean => {
  if (period.of !== 'months') return lastMonth === null;
  if (reason === 'entered-in-error') return lastMonth === null;
  if (lastMonth === null) return deliveredAt === null;
  return lastMonth >= period.from && lastMonth <= period.to;
};

/** What comes free: everything that was not to be; the months after the last; an occasion only when nothing was delivered on it. */
const freedBy = ({ guards, period, deliveredAt }: AssistanceEntry, { reason, lastMonth }: EndOfEntry) => {
  if (reason === 'entered-in-error') return guards;
  if (period.of === 'months') return guardsAfter(guards, lastMonth);
  return deliveredAt === null ? guards : [];
};

/** The places of guards that are left when others have been given back. */
const keptOf = (guards: readonly Guard[], free: readonly Guard[]): Guard[] =>
  guards.flatMap((guard) => {
    const given = free.find(({ of, span, side }) => of === guard.of && span === guard.span && side === guard.side);
    const slots = guard.slots.filter((slot) => given?.slots.includes(slot) !== true);
    return slots.length === 0 ? [] : [{ ...guard, slots }];
  });

/** The entry as it has ended, and the places in guards that it gives back. */
export const endedEntry = (
  entry: AssistanceEntry,
  end: EndOfEntry,
): { ended: AssistanceEntry; free: readonly Guard[] } => {
  const free = freedBy(entry, end);
  const guards = keptOf(entry.guards, free);
  return {
    free,
    ended: {
      ...entry,
      version: entry.version + 1,
      state: assistanceEntryLifecycle.end.to,
      endedAt: end.at,
      endedFor: end.reason,
      endedAfter: end.lastMonth,
      guards,
      places: placesIn(guards),
    },
  };
};
