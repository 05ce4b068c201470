import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import type { PersonClaim, RosterStore } from '../../domain/store/roster-store.ts';

/**
 * Where people of a household are found from now on: in another household, or, where that is null, in none. Of whom no resident ID is
 * known nobody is found; who is found elsewhere already stays there.
 */
export const foundFromNowOn = async (
  store: Pick<RosterStore, 'people'>,
  { household, identities }: RosterHousehold,
  personIds: readonly PersonId[],
  householdId: HouseholdId | null,
): Promise<readonly PersonClaim[]> => {
  const known = identities.flatMap(({ personId, residentId }) =>
    residentId !== null && personIds.includes(personId) ? [{ personId, residentId }] : [],
  );
  const people = await store.people(known.map(({ residentId }) => residentId));
  return known.flatMap(({ personId, residentId }, index) => {
    const seen = people[index];
    return seen?.householdId === household.householdId
      ? [{ personId, residentId, seen, householdId, applicationId: null }]
      : [];
  });
};
