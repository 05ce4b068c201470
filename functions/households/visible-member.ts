import type { Principal } from '../../contracts/principal.ts';
import { mayReachHousehold } from '../../domain/disclosure/household-rules.ts';
import type { HouseholdMember } from '../../domain/households/household.ts';
import type { Identity, RosterHousehold } from '../../domain/households/roster-household.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import type { Contact } from '../../domain/people/contact.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';

/** A household within the caller's division; anything else is as if it were not there. */
export const visibleHousehold = async (
  store: RosterStore,
  principal: Principal,
  householdId: HouseholdId,
): Promise<RosterHousehold | undefined> => {
  const roster = await store.household(householdId);
  return roster !== undefined && mayReachHousehold(principal, roster.household) ? roster : undefined;
};

/** A member of a household, with the identity, telephone and account that are on file. */
export interface FoundMember {
  roster: RosterHousehold;
  member: HouseholdMember;
  identity: Identity | undefined;
  contact: Contact | undefined;
}

/** A member of a household within the caller's division. */
export const visibleMember = async (
  store: RosterStore,
  principal: Principal,
  householdId: HouseholdId,
  personId: PersonId,
): Promise<FoundMember | undefined> => {
  const roster = await visibleHousehold(store, principal, householdId);
  const member = roster?.household.members.find((one) => one.personId === personId);
  if (roster === undefined || member === undefined) return undefined;
  const identity = roster.identities.find((one) => one.personId === personId);
  const contact = roster.contacts?.find((one) => one.personId === personId);
  return { roster, member, identity, contact };
};
