import type { AssistanceDeliveryBody, AssistanceEntryView } from '../../contracts/api/assistance-chain.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { AssistanceEntryId } from '../../domain/ids.ts';
import { assistanceEntryLifecycle } from '../../domain/lifecycles/assistance-entry.ts';
import { itemInForce } from './check-record.ts';
import { deliveryFaults, lateFlag } from './delivery-rules.ts';
import { viewOf } from './entry-view.ts';
import { ownEntry } from './own-department.ts';

/** Records that what was claimed has arrived. The same once more is answered as before; something else is refused with what stands. */
export const recordDelivery = async (
  { store, policies, now, newId }: Dependencies,
  principal: Principal,
  entryId: AssistanceEntryId,
  body: AssistanceDeliveryBody,
): Promise<Outcome<AssistanceEntryView>> => {
  const entry = await ownEntry(store, principal, entryId);
  if (entry === undefined) return refuse('not-found');
  const policy = await policies.inForce();
  if (isSame(entry, body)) return succeed(viewOf(entry, policy), { version: entry.version });
  const move = assistanceEntryLifecycle.deliver;
  if (!move.from.includes(entry.state)) return refuse('lifecycle-conflict', { state: entry.state });
  const at = now();
  const errors = deliveryFaults(itemInForce(policy, entry.item, at), entry.period, body, dateInChina(at));
  if (errors.length > 0) return refuse('validation-failed', { errors });
  const delivered: AssistanceEntry = {
    ...entry,
    version: entry.version + 1,
    state: move.to,
    deliveredAt: body.deliveredOn,
    deliveredAmount: body.amount,
    flags: [...entry.flags, ...lateFlag(entry.period, body.deliveredOn)],
  };
  const result = await store.commit({
    aggregates: [{ kind: 'assistance-entry', value: delivered, from: move.from }],
    event: newEvent('AssistanceDelivered', at, newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division: entry.division,
  });
  return result.ok ? succeed(viewOf(delivered, policy), { version: delivered.version }) : refuse('version-conflict');
};

const isSame = (
  { state, deliveredAt, deliveredAmount }: AssistanceEntry,
  { deliveredOn, amount }: AssistanceDeliveryBody,
): boolean => state === 'delivered' && deliveredAt === deliveredOn && deliveredAmount === amount;
