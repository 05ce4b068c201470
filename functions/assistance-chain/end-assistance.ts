import type { AssistanceEndBody, AssistanceEntryView } from '../../contracts/api/assistance-chain.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { type EndOfEntry, endedEntry, mayEndWith } from '../../domain/assistance/end-entry.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { AssistanceEntryId } from '../../domain/ids.ts';
import { assistanceEntryLifecycle } from '../../domain/lifecycles/assistance-entry.ts';
import { viewOf } from './entry-view.ts';
import { ownEntry } from './own-department.ts';

/** Ends an entry. The guards of the time after its end are free in the same transaction. The same end once more changes nothing. */
export const endAssistance = async (
  { store, policies, now, newId }: Dependencies,
  principal: Principal,
  entryId: AssistanceEntryId,
  { reason, lastMonth }: AssistanceEndBody,
): Promise<Outcome<AssistanceEntryView>> => {
  const entry = await ownEntry(store, principal, entryId);
  if (entry === undefined) return refuse('not-found');
  const policy = await policies.inForce();
  const isSame = entry.state === 'ended' && entry.endedFor === reason && entry.endedAfter === lastMonth;
  if (isSame) return succeed(viewOf(entry, policy), { version: entry.version });
  const move = assistanceEntryLifecycle.end;
  if (!move.from.includes(entry.state)) return refuse('lifecycle-conflict', { state: entry.state });
  const end: EndOfEntry = { at: now(), reason, lastMonth };
  if (!mayEndWith(entry, end))
    return refuse('validation-failed', { errors: [{ field: '/lastMonth', code: fault('assistance.last-month') }] });
  const { ended, free } = endedEntry(entry, end);
  const result = await store.commit({
    aggregates: [{ kind: 'assistance-entry', value: ended, from: move.from }],
    guards: { entryId, take: [], free },
    event: newEvent('AssistanceEnded', end.at, newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division: entry.division,
  });
  return result.ok ? succeed(viewOf(ended, policy), { version: ended.version }) : refuse('version-conflict');
};
