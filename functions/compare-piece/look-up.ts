import type { Feed } from '../../domain/feeds/feed.ts';
import type { FeedRow } from '../../domain/feeds/feed-row.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import { forEachAtOnce } from '../at-once.ts';
import { isLookedAfter } from '../reports/coverage-of.ts';
import { type Hit, mayChange } from './roster-row.ts';

/** The households of the people that rows are about. */
export interface LookedUp {
  /** Who a row is about, with the household as it stands now; undefined for nobody the file may change. */
  readonly hit: (row: FeedRow) => Hit | undefined;
  /** Whether the roster has somebody look after the person of a row as it stands, also in a household that the file may not change. */
  readonly isLookedAfter: (row: FeedRow) => boolean;
  /** What a household has become by a row before. */
  readonly became: (roster: RosterHousehold) => void;
}

/** Looks up whom rows are about: by the keyed fingerprints of their IDs, and only of hits the household itself. */
export const lookUp = async (
  store: Pick<RosterStore, 'people' | 'household'>,
  feed: Pick<Feed, 'division'>,
  rows: readonly FeedRow[],
): Promise<LookedUp> => {
  const ids = [...new Set(rows.map(({ residentId }) => residentId))];
  const people = await store.people(ids);
  const known = new Map(ids.map((residentId, index) => [residentId, people[index]] as const));
  const wanted = [...new Set(people.flatMap((person) => person?.householdId ?? []))];
  const households = new Map<HouseholdId, RosterHousehold>();
  await forEachAtOnce(wanted, async (householdId) => {
    const roster = await ifReadable(store.household(householdId));
    if (roster !== undefined) households.set(householdId, roster);
  });
  const inHousehold = (row: FeedRow): Hit | undefined => {
    const person = known.get(row.residentId);
    if (person === undefined || person.householdId === null) return undefined;
    const roster = households.get(person.householdId);
    if (roster === undefined) return undefined;
    const isMember = roster.household.members.some(({ personId }) => personId === person.personId);
    return isMember ? { row, roster, personId: person.personId } : undefined;
  };
  return {
    became: (roster) => void households.set(roster.household.householdId, roster),
    hit: (row) => {
      const hit = inHousehold(row);
      return hit !== undefined && mayChange(feed, hit.roster) ? hit : undefined;
    },
    isLookedAfter: (row) => {
      const found = inHousehold(row);
      return found !== undefined && isLookedAfter(found.roster, found.personId);
    },
  };
};
