import type { Principal } from '../../contracts/principal.ts';
import { mayReachHousehold } from '../../domain/disclosure/household-rules.ts';
import { livingMembers } from '../../domain/households/apply-change.ts';
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
  const [known] = residentId === null ? [] : await store.people([residentId]);
  if (known === undefined || known.householdId === null) return undefined;
  const roster = await ifReadable(store.household(known.householdId));
  if (roster === undefined) return undefined;
  if (!livingMembers(roster.household).some(({ personId }) => personId === known.personId)) return undefined;
  const { personId, applicationId } = known;
  return { roster, personId, coverage: await coverageOf(store, principal, roster, { personId, applicationId }) };
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
  const application = applicationId === null ? undefined : await ifReadable(store.application(applicationId));
  const isUnderWay = application !== undefined && openStates.includes(application.state);
  const own = household.members.find((member) => member.personId === personId)?.tier ?? 'AS_HOUSEHOLD';
  const hasTier = own === 'AS_HOUSEHOLD' ? household.tier !== 'NONE' : own !== 'NONE';
  const by = [...(isUnderWay ? ['application-open'] : []), ...(hasTier ? ['tier'] : [])];
  if (by.length === 0) return null;
  const isNear = mayReachHousehold(principal, household);
  return Coverage.parse({
    householdId: isNear ? household.householdId : null,
    applicationId: isNear && isUnderWay ? applicationId : null,
    by,
  });
};
