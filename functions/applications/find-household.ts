import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import { livingMembers } from '../../domain/households/household.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { ApplicationId } from '../../domain/ids.ts';
import { applicationLifecycle } from '../../domain/lifecycles/application.ts';
import type { ResidentId } from '../../domain/people/resident-id.ts';
import type { KnownPerson, RosterStore } from '../../domain/store/roster-store.ts';

/** What the roster knows of the applicants: each person in the order of the members, and the household they are in, if any. */
export interface KnownHousehold {
  people: readonly (KnownPerson | undefined)[];
  household: RosterHousehold | undefined;
}

/** While an application can still be withdrawn it is open, and its members cannot be in another. */
const openStates: readonly string[] = applicationLifecycle.withdraw.from;

/**
 * Looks every person up. Refuses when one is in an open application, and when the roster's household is not the one applying:
 * dividing or merging households is the county's to record, lest someone be dropped from the roster or aided in two places.
 */
export const findHousehold = async (
  store: RosterStore,
  residentIds: readonly ResidentId[],
  principal: Principal,
): Promise<Outcome<KnownHousehold>> => {
  const people = await store.people(residentIds.map(({ id18 }) => id18));
  for (const [index, person] of people.entries()) {
    if (person?.applicationId == null) continue;
    const refusal = await refusalOfOpenApplication(store, person.applicationId, principal, index);
    if (refusal !== undefined) return refusal;
  }
  // Whoever has left a household, and is in no other, may come into any.
  const householdIds = new Set(people.flatMap((person) => person?.householdId ?? []));
  if (householdIds.size > 1) return refuse('household-differs');
  const [householdId] = householdIds;
  const household = householdId === undefined ? undefined : await store.household(householdId);
  const listed = new Set(people.map((person) => person?.personId));
  const living = household === undefined ? [] : livingMembers(household.household);
  if (living.some(({ personId }) => !listed.has(personId))) return refuse('household-differs');
  return succeed({ people, household });
};

const refusalOfOpenApplication = async (
  store: RosterStore,
  applicationId: ApplicationId,
  principal: Principal,
  index: number,
) => {
  const application = await store.application(applicationId);
  if (application === undefined || !openStates.includes(application.state)) return undefined;
  return refuse('person-in-open-application', {
    errors: [{ field: `/members/${index}/residentId`, code: fault('member.in-open-application') }],
    ...(mayReach(principal, application)
      ? { links: { application: `/applications/${applicationId}` }, state: application.state }
      : {}),
  });
};
