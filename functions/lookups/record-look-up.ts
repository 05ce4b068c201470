import type { Principal } from '../../contracts/principal.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Purpose } from '../../domain/disclosure/purposes.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { lookingEvent } from '../../domain/events/looking-event.ts';
import { mostPeopleRecorded } from '../../domain/store/roster-store.ts';
import type { Answered } from './answer-for.ts';

/** An entry for a person who is known: whether the answer was told, and which fields with it. */
const eventsOf = (
  { newId }: Dependencies,
  purpose: Purpose,
  answered: readonly Answered[],
  at: Instant,
): readonly DomainEvent[] =>
  answered.flatMap(({ person, result }) => {
    if (person === undefined) return [];
    const { personId, householdId } = person;
    const fields = ['status', ...(result.person === null ? [] : ['person']), ...Object.keys(result.fields ?? {})];
    return [lookingEvent(at, newId, { type: 'PeopleLookedUp', personId, householdId, purpose, fields })];
  });

/**
 * Records a look-up: an entry of the call itself, so that asking about people nobody knows is seen too, and one for every person who
 * is known, with its copy in the person's own record. They lie in the caller's division. Throws when they could not be stored.
 */
export const recordLookUp = async (
  dependencies: Dependencies,
  { role, subject, agency, division }: Principal,
  purpose: Purpose,
  answered: readonly Answered[],
  at: Instant,
): Promise<void> => {
  const { store, newId } = dependencies;
  const people = eventsOf(dependencies, purpose, answered, at);
  const call = { type: 'PeopleLookedUp', personId: null, householdId: null, purpose, fields: ['status'] } as const;
  for (let start = 0; start === 0 || start < people.length; start += mostPeopleRecorded) {
    const result = await store.commit({
      aggregates: [],
      event: lookingEvent(at, newId, call),
      alsoRecorded: people.slice(start, start + mostPeopleRecorded),
      actor: { role, subject, agency, division },
      division,
    });
    if (!result.ok) throw new Error(`a look-up was not recorded: ${result.conflict}`);
  }
};
