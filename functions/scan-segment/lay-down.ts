import type { ScanProgress } from '../../domain/missed-needs/daily-scan.ts';
import { hasLeft } from '../../domain/missed-needs/hardship.ts';
import { type AlikePerson, toLines } from '../../domain/missed-needs/likeness.ts';
import { alikeKey } from '../../domain/missed-needs/scan-of.ts';
import type { ScannedHousehold } from '../../domain/missed-needs/scan-store.ts';
import type { Scanning } from './scanning.ts';

/**
 * The people of a household whom others may be. Of one that has left the roster those who have died: another record of theirs may live on,
 * and whoever lived alone has left by dying.
 */
export const registeredIn = (
  { day }: Pick<Scanning, 'day'>,
  { householdId, household, standing, people }: ScannedHousehold,
): readonly AlikePerson[] => {
  const decided = standing === 'unreadable' ? undefined : (standing ?? undefined);
  const isGone = hasLeft(household, decided, day);
  const told = people.filter(({ isDeceased }) => isDeceased || !isGone);
  return told.map((person) => ({ ...person, householdId, division: household.residenceDivision }));
};

/** Lays people down for the comparison, under a name of its own: a call that is slower, and noted by nobody, writes over nothing. */
export const layDown = async (
  { dependencies: { objects, newId }, day }: Pick<Scanning, 'dependencies' | 'day'>,
  people: readonly AlikePerson[],
): Promise<ScanProgress['people']> => {
  if (people.length === 0) return [];
  const name = newId();
  const content = new TextEncoder().encode(toLines(people));
  await objects.put(alikeKey(day, name), content);
  return [{ name, bytes: content.length }];
};
