import type { Principal } from '../../contracts/principal.ts';
import { mayReachHousehold } from '../../domain/disclosure/household-rules.ts';
import { type Household, livingMembers } from '../../domain/households/household.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { ApplicationId, PersonId } from '../../domain/ids.ts';
import { applicationLifecycle } from '../../domain/lifecycles/application.ts';
import { Coverage } from '../../domain/reports/report.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';

/** A person the roster knows, in the household they are in, and what covers them; null where nothing does. */
export interface Found {
  readonly roster: RosterHousehold;
  readonly personId: PersonId;
  readonly coverage: Coverage | null;
}

/** While an application can still be withdrawn it is under way. */
const openStates: readonly string[] = applicationLifecycle.withdraw.from;

/**
 * What the roster knows of whoever has a resident ID. Undefined when they live in no household by it, or nobody can read it any more: whoever
 * has died by the roster and is told of all the same is covered by nothing.
 */
export const foundByResidentId = async (
  store: RosterStore,
  principal: Principal,
  residentId: string | null,
): Promise<Found | undefined> => {
  const known = await inHousehold(store, residentId);
  if (known === undefined) return undefined;
  const { roster, personId } = known;
  if (!livingMembers(roster.household).some((member) => member.personId === personId)) return undefined;
  return { roster, personId, coverage: await coverageOf(store, principal, roster, known) };
};

/** The person of a resident ID with the household they are in, if they are in one that somebody can still read. */
const inHousehold = async (store: RosterStore, residentId: string | null) => {
  const [known] = residentId === null ? [] : await store.people([residentId]);
  if (known === undefined || known.householdId === null) return undefined;
  const roster = await ifReadable(store.household(known.householdId));
  return roster === undefined ? undefined : { ...known, roster };
};

/**
 * Whether the roster has somebody look after a person as it stands, so that nobody has to go there for what a file says: they are in a tier, or
 * a decision about the household stands, which is held against whatever is told of it. Nobody goes to the dead.
 */
export const isLookedAfter = ({ household, determinationId }: RosterHousehold, personId: PersonId): boolean =>
  determinationId !== null || isInTier(household, personId) || memberOf(household, personId)?.deceasedOn != null;

/**
 * Whether somebody looks after the person of a resident ID, in whichever county: as the roster stands, or by an application under way. Whose
 * household applied once and withdrew is known, and nobody looks after them.
 */
export const isCovered = async (store: RosterStore, residentId: string): Promise<boolean> => {
  const known = await inHousehold(store, residentId);
  if (known === undefined) return false;
  const { roster, personId, applicationId } = known;
  if (isLookedAfter(roster, personId)) return true;
  // Whoever came into the household after it applied is in no application of their own.
  const applications = [...new Set([applicationId, roster.applicationId])];
  const open = await Promise.all(applications.map((each) => isUnderWay(store, each)));
  return open.includes(true);
};

/**
 * What covers a household, or one person of it: an application under way, or a tier. A household of another county is not named, nor its
 * application: that there is something is all that is told.
 */
export const coverageOf = async (
  store: RosterStore,
  principal: Principal,
  { household }: RosterHousehold,
  { personId, applicationId }: { personId: PersonId | null; applicationId: ApplicationId | null },
): Promise<Coverage | null> => {
  const isOpen = await isUnderWay(store, applicationId);
  const by = [...(isOpen ? ['application-open'] : []), ...(isInTier(household, personId) ? ['tier'] : [])];
  if (by.length === 0) return null;
  const isNear = mayReachHousehold(principal, household);
  return Coverage.parse({
    householdId: isNear ? household.householdId : null,
    applicationId: isNear && isOpen ? applicationId : null,
    by,
  });
};

const isUnderWay = async (store: RosterStore, applicationId: ApplicationId | null): Promise<boolean> => {
  const application = applicationId === null ? undefined : await ifReadable(store.application(applicationId));
  return application !== undefined && openStates.includes(application.state);
};

const memberOf = ({ members }: Household, personId: PersonId | null) =>
  members.find((member) => member.personId === personId);

/** Whether a household is in a tier, or one person of it, who may have another than the household. */
const isInTier = (household: Household, personId: PersonId | null): boolean => {
  const own = memberOf(household, personId)?.tier ?? 'AS_HOUSEHOLD';
  return (own === 'AS_HOUSEHOLD' ? household.tier : own) !== 'NONE';
};
