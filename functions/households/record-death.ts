import type { DeathBody, DeathView } from '../../contracts/api/households.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { deathDayFault, withDeath } from '../../domain/households/death.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';
import { type FoundMember, visibleMember } from './visible-member.ts';

export interface DeathRecording {
  principal: Principal;
  householdId: HouseholdId;
  personId: PersonId;
  body: DeathBody;
  /** Version of the household. */
  ifMatch: number;
}

/**
 * Records that a member has died, as a paper confirms. Payments in which the member has a part are held when they are next listed or
 * released, and the household is decided anew by the event that is stored with it. A repetition needs no key to be told: it says what stands already, and is answered with that,
 * whatever version it names. Another day than the one on record is refused, so that nobody overwrites a death unseen.
 */
export const recordDeath = async (
  dependencies: Dependencies,
  { principal, householdId, personId, body, ifMatch }: DeathRecording,
): Promise<Outcome<DeathView>> => {
  const { store, now, newId } = dependencies;
  const found = await visibleMember(store, principal, householdId, personId);
  if (found === undefined) return refuse('not-found');
  const standing = answerBy(found, body);
  if (standing !== undefined) return standing;
  const { roster, member } = found;
  const at = now();
  const dayFault = deathDayFault(member, body.diedOn, dateInChina(at));
  if (dayFault !== null) {
    return refuse('validation-failed', { errors: [{ field: '/diedOn', code: fault(dayFault) }] });
  }
  if (roster.version !== ifMatch) return refuse('version-conflict', { version: roster.version });
  const value = withDeath(roster, personId, body.diedOn);
  const result = await store.commit({
    aggregates: [{ kind: 'household', value }],
    householdChange: { householdId, personId, change: 'death', evidence: body.evidence },
    event: newEvent('DeathRecorded', at, newId, { changed: householdId }),
    actor: { role: principal.role, subject: principal.subject },
    division: roster.household.residenceDivision,
  });
  if (result.ok) return succeed({ householdId, personId, deceasedOn: body.diedOn }, { version: value.version });
  // The same may have been recorded this very moment: then what was refused here was done there.
  const after = await visibleMember(store, principal, householdId, personId);
  return (after && answerBy(after, body)) ?? refuse('version-conflict');
};

/** The answer where a death is on record: the same one again, or a refusal that says where the day that stands can be read. */
const answerBy = ({ roster, member }: FoundMember, { diedOn }: DeathBody): Outcome<DeathView> | undefined => {
  const { householdId } = roster.household;
  const { personId, deceasedOn } = member;
  if (deceasedOn === null) return undefined;
  if (deceasedOn === diedOn) {
    return succeed({ householdId, personId, deceasedOn }, { version: roster.version, replayed: true });
  }
  return refuse('death-already-recorded', {
    state: 'deceased',
    links: { household: `/households/${householdId}` },
  });
};
