import type { Household } from '../domain/households/household.ts';
import type { HouseholdId, PersonId } from '../domain/ids.ts';
import { ifReadable } from '../domain/store/record-erased.ts';
import type { RosterStore } from '../domain/store/roster-store.ts';

/** Somebody as the record of a household has them; undefined where they are not in it, or nobody can read it any more. */
export const registeredMember = async (
  { store }: { readonly store: Pick<RosterStore, 'household'> },
  { householdId, personId }: { readonly householdId: HouseholdId; readonly personId: PersonId },
): Promise<Household['members'][number] | undefined> => {
  const found = await ifReadable(store.household(householdId));
  return found?.household.members.find((each) => each.personId === personId);
};
