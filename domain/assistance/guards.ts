import { type CatalogueParts, type Exclusion, exclusionIdentity, versionsInForce } from '../catalogue/catalogue.ts';
import { dateInChina, type LocalDate, laterOf } from '../dates.ts';
import type { AssistanceEntry } from './assistance-entry.ts';
import { type Guard, type GuardSide, type GuardSlot, guardSlots } from './guard.ts';
import { lastDayOf, type Month, monthsFrom } from './period.ts';

const months = guardSlots.slice(0, 12);
const isSlot = (text: string): text is GuardSlot => guardSlots.some((slot) => slot === text);

export type Guarded = Pick<
  AssistanceEntry,
  'householdId' | 'personId' | 'persons' | 'item' | 'period' | 'event' | 'registeredAt'
>;

const occasion = 'once';

interface Spans {
  readonly span: string;
  readonly slots: readonly GuardSlot[];
}

const spansOfMonths = (from: Month, to: Month): readonly Spans[] => {
  const years = new Map<string, GuardSlot[]>();
  for (const month of monthsFrom(from, to)) {
    const [year, slot] = [month.slice(0, 4), month.slice(5)];
    if (isSlot(slot)) years.set(year, [...(years.get(year) ?? []), slot]);
  }
  return [...years].map(([span, slots]) => ({ span, slots }));
};

/** The places an entry takes of its item's own guard. */
const ownSpans = ({ period }: Guarded): readonly Spans[] => {
  if (period.of === 'months') return spansOfMonths(period.from, period.to);
  if (period.of === 'year') return [{ span: String(period.year), slots: ['year'] }];
  return [{ span: occasion, slots: ['once'] }];
};

/** Calendar years an entry touches: those of its period, or the one in which it was entered where its period has none. */
const yearsOf = ({ period, registeredAt }: Guarded): readonly string[] => {
  if (period.of === 'months') return spansOfMonths(period.from, period.to).map(({ span }) => span);
  return [period.of === 'year' ? String(period.year) : dateInChina(registeredAt).slice(0, 4)];
};

/** The places an entry takes of an exclusion's guard, by the time within which the one item keeps out the other. */
const pairSpans = (entry: Guarded, within: Exclusion['period']): readonly Spans[] => {
  switch (within) {
    case 'month':
      if (entry.period.of === 'months') return spansOfMonths(entry.period.from, entry.period.to);
      return yearsOf(entry).map((span) => ({ span, slots: months }));
    case 'year':
      return yearsOf(entry).map((span) => ({ span, slots: ['year'] as const }));
    case 'once':
    case 'per-event':
      return [{ span: occasion, slots: ['once'] }];
  }
};

/** Whoever has a part in an item has it: so the household's item is guarded for the household and for each who shares it. */
const ownSubjects = ({ householdId, personId, persons }: Guarded): readonly string[] =>
  personId === null ? [householdId, ...persons] : [personId];

/** What an exclusion holds apart: persons (those who share an item, too), the household, or the household in one event. */
const pairSubjects = (entry: Guarded, scope: Exclusion['scope']): readonly string[] => {
  if (scope === 'person') return entry.persons;
  return scope === 'household' ? [entry.householdId] : [`${entry.householdId} ${entry.event ?? ''}`];
};

/** The exclusions that bear on an entry: in force on the day it is made, or on the last of its period. */
export const exclusionsFor = (
  { exclusions }: Pick<CatalogueParts, 'exclusions'>,
  entry: Pick<Guarded, 'item' | 'period'>,
  day: LocalDate,
): readonly Exclusion[] => {
  const last = laterOf(lastDayOf(entry.period) ?? day, day);
  const found = new Map<string, Exclusion>();
  for (const date of [day, last]) {
    for (const exclusion of versionsInForce(exclusions, exclusionIdentity, date)) {
      if (exclusion.stands === entry.item || exclusion.yields === entry.item)
        found.set(exclusionIdentity(exclusion), exclusion);
    }
  }
  return [...found.values()];
};

/** By the order of their codes: a side does not turn when a later version says that the other item stands. */
const sideOf = (exclusion: Exclusion, item: string): GuardSide =>
  [exclusion.stands, exclusion.yields].toSorted()[0] === item ? 'one' : 'other';

/**
 * Every guard an entry takes. Two entries that must not stand together take, by construction, a place in the same guard that only one
 * of them can have: entries of one item for one subject and time, and entries of the two items of an exclusion.
 */
export const guardsOf = (parts: Pick<CatalogueParts, 'exclusions'>, entry: Guarded): readonly Guard[] => {
  const ofOccasion = entry.period.of === 'event' ? ` ${entry.event ?? ''}` : '';
  const own = ownSubjects(entry).flatMap((subject) =>
    ownSpans(entry).map((spans) => ({
      ...spans,
      of: `item ${entry.item} ${subject}${ofOccasion}`,
      side: 'own' as const,
    })),
  );
  const day = dateInChina(entry.registeredAt);
  const pairs = exclusionsFor(parts, entry, day).flatMap((exclusion) =>
    pairSubjects(entry, exclusion.scope).flatMap((subject) =>
      pairSpans(entry, exclusion.period).map((spans) => ({
        ...spans,
        of: `pair ${exclusionIdentity(exclusion)} ${subject}`,
        side: sideOf(exclusion, entry.item),
      })),
    ),
  );
  return [...own, ...pairs];
};

/** Of guards, the places that come after a month: what is free again when an entry ends with it. Null: all of them. */
export const guardsAfter = (guards: readonly Guard[], last: Month | null): readonly Guard[] => {
  if (last === null) return guards;
  const [year, month] = [last.slice(0, 4), last.slice(5)];
  return guards.flatMap((guard) => {
    const slots = guard.slots.filter((slot) =>
      slot === 'year' ? guard.span > year : `${guard.span}${slot}` > `${year}${month}`,
    );
    return slots.length === 0 ? [] : [{ ...guard, slots }];
  });
};
