import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { mayReachHousehold, worksWithHousehold } from '../../domain/disclosure/household-rules.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { AssistanceEntryId, HouseholdId, PersonId } from '../../domain/ids.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';

/** For which department a caller gives aid: an agency for itself, officers for Civil Affairs, to which they belong. */
export const departmentOf = ({ agency }: Principal): string => agency ?? 'civil-affairs';

/** An entry of the caller's own department; for officers it has to lie in their division. Anything else is as if it were not there. */
export const ownEntry = async (
  store: RosterStore,
  principal: Principal,
  entryId: AssistanceEntryId,
): Promise<AssistanceEntry | undefined> => {
  const entry = await store.assistanceEntry(entryId);
  if (entry === undefined || entry.department !== departmentOf(principal)) return undefined;
  return mayReach(principal, { division: entry.division, agency: entry.department }) ? entry : undefined;
};

/**
 * The household a caller names by its id and, if it does, by that of a member: one that is registered or lives in the caller's division,
 * and has the member. A wrong pair is as if it were not there.
 */
export const namedHousehold = async (
  store: RosterStore,
  principal: Principal,
  householdId: HouseholdId,
  personId: PersonId | null,
): Promise<RosterHousehold | undefined> => {
  const roster = await store.household(householdId);
  if (roster === undefined) return undefined;
  const { household } = roster;
  const reaches =
    principal.role === 'agency' ? worksWithHousehold(principal, household) : mayReachHousehold(principal, household);
  if (!reaches) return undefined;
  return personId === null || household.members.some((member) => member.personId === personId) ? roster : undefined;
};
