import type { Principal } from '../../contracts/principal.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Purpose } from '../../domain/disclosure/purposes.ts';
import { lookingEvent } from '../../domain/events/looking-event.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { PersonId } from '../../domain/ids.ts';
import { mostPeopleRecorded } from '../../domain/store/roster-store.ts';

/** Whoever calls, as an audit entry about people names them. */
export const actorOf = ({ role, subject, agency, division }: Principal) => ({ role, subject, agency, division });

/** What was seen of whom. */
export interface Seen {
  roster: RosterHousehold;
  personIds: readonly PersonId[];
  purpose: Purpose;
  fields: readonly string[];
}

/**
 * Records that someone reads what is known of people, an entry for each, before anything of it is answered. Throws when it could
 * not be stored: what is not recorded is not shown.
 */
export const recordReading = async (
  { store, newId }: Dependencies,
  principal: Principal,
  { roster: { household }, personIds, purpose, fields }: Seen,
  at: Instant,
): Promise<void> => {
  const { householdId, residenceDivision } = household;
  for (let start = 0; start < personIds.length; start += mostPeopleRecorded) {
    const [event, ...alsoRecorded] = personIds
      .slice(start, start + mostPeopleRecorded)
      .map((personId) => lookingEvent(at, newId, { type: 'RecordRead', personId, householdId, purpose, fields }));
    if (event === undefined) return;
    const actor = actorOf(principal);
    const result = await store.commit({ aggregates: [], event, alsoRecorded, actor, division: residenceDivision });
    if (!result.ok) throw new Error(`the reading of ${householdId} was not recorded: ${result.conflict}`);
  }
};
