import type { InTheWay } from '../../contracts/api/in-the-way.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { lookingEvent } from '../../domain/events/looking-event.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { mostPeopleRecorded } from '../../domain/store/roster-store.ts';
import { inTheWayOf } from './entry-view.ts';

/** The fields that are told of what stands in the way, as the record of each person names them. */
const fieldsTold = ['assistance.item', 'assistance.department', 'assistance.until'];

/**
 * What stands where an entry is to be made; undefined when nothing does. That it is told to the caller is written into the record of
 * everybody it is about, before it is: throws when it could not be.
 */
export const findInTheWay = async (
  dependencies: Dependencies,
  principal: Principal,
  entry: Pick<AssistanceEntry, 'guards' | 'persons' | 'householdId'>,
  policy: PolicyPack,
): Promise<{ inTheWay: InTheWay | null } | undefined> => {
  const { store, now, newId } = dependencies;
  const [first] = await store.holdersOf(entry.guards);
  if (first === undefined) return undefined;
  const standing = await ifReadable(store.assistanceEntry(first));
  if (standing === undefined) return { inTheWay: null };
  const { householdId, persons } = entry;
  const [event, ...alsoRecorded] = persons.slice(0, mostPeopleRecorded).map((personId) =>
    lookingEvent(now(), newId, {
      ...({ type: 'PeopleLookedUp', purpose: 'duplicate-check', fields: fieldsTold } as const),
      personId,
      householdId,
    }),
  );
  if (event === undefined) throw new Error('an entry is about nobody');
  const { role, subject, agency, division } = principal;
  const actor = { role, subject, agency, division };
  const written = await store.commit({ aggregates: [], event, alsoRecorded, actor, division });
  if (!written.ok) throw new Error(`what stands in the way was not recorded as told: ${written.conflict}`);
  return { inTheWay: inTheWayOf(standing, policy) };
};
