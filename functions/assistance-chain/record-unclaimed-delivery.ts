import { type UnclaimedDeliveryBody, UnclaimedDeliveryView } from '../../contracts/api/assistance-chain.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { answeredBefore } from '../answered-before.ts';
import { checkRecord, itemInForce } from './check-record.ts';
import { deliveryFaults, lateFlag } from './delivery-rules.ts';
import { viewOf } from './entry-view.ts';
import { findInTheWay } from './find-in-the-way.ts';
import { namedHousehold } from './own-department.ts';

export interface UnclaimedDelivery {
  readonly principal: Principal;
  readonly body: UnclaimedDeliveryBody;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/** Somebody may take a place between the look at the guards and the writing. */
const attempts = 3;

/**
 * Records what was given although nobody had claimed it. It is kept in any case: where it stands beside something that should have
 * kept it out, it is flagged and takes no guards, so that what stood first still has them.
 */
export const recordUnclaimedDelivery = async (
  dependencies: Dependencies,
  recording: UnclaimedDelivery,
): Promise<Outcome<UnclaimedDeliveryView>> => {
  const { store, policies, now, newId } = dependencies;
  const { principal, body } = recording;
  const repeated = await answerBefore(dependencies, recording);
  if (repeated !== undefined) return repeated;
  const roster = await namedHousehold(store, principal, body.householdId, body.personId);
  if (roster === undefined) return refuse('not-found');
  const policy = await policies.inForce();
  const at = now();
  const checked = checkRecord({ principal, body, roster, policy, at, id: newId() });
  if (!checked.ok) return checked;
  const errors = deliveryFaults(itemInForce(policy, body.item, at), body.period, body, dateInChina(at));
  if (errors.length > 0) return refuse('validation-failed', { errors });
  const entry = deliveredAs(checked.body, body);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const found = await findInTheWay(dependencies, principal, entry, policy);
    if (found !== undefined) {
      const before = await answerBefore(dependencies, recording);
      if (before !== undefined) return before;
    }
    const written = await write(dependencies, recording, found === undefined ? entry : flagged(entry), policy, found);
    if (written !== undefined) return written;
  }
  return refuse('store-unavailable', { retryAfterSeconds: 1 });
};

const deliveredAs = (entry: AssistanceEntry, { deliveredOn, amount }: UnclaimedDeliveryBody): AssistanceEntry => ({
  ...entry,
  state: 'delivered',
  claimedAt: null,
  deliveredAt: deliveredOn,
  deliveredAmount: amount,
  flags: ['delivered-unclaimed', ...lateFlag(entry.period, deliveredOn)],
});

const flagged = (entry: AssistanceEntry): AssistanceEntry => ({
  ...entry,
  places: 0,
  guards: [],
  flags: [...entry.flags, 'duplicate-suspected'],
});

/** Stores the entry; undefined when a guard has been taken in the meantime. */
const write = async (
  dependencies: Dependencies,
  recording: UnclaimedDelivery,
  entry: AssistanceEntry,
  policy: PolicyPack,
  found: Awaited<ReturnType<typeof findInTheWay>>,
): Promise<Outcome<UnclaimedDeliveryView> | undefined> => {
  const { store, newId } = dependencies;
  const { principal, idempotencyKey, fingerprint } = recording;
  const { entryId, guards, registeredAt, division } = entry;
  const view: UnclaimedDeliveryView = { entry: viewOf(entry, policy), inTheWay: found?.inTheWay ?? null };
  const result = await store.commit({
    aggregates: [{ kind: 'assistance-entry', value: entry, from: [] }],
    guards: { entryId, take: guards, free: [] },
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...view } },
    event: newEvent('AssistanceDelivered', registeredAt, newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division,
  });
  if (result.ok) return succeed(view, { version: 1 });
  if (result.conflict === 'guard') return undefined;
  return (await answerBefore(dependencies, recording)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 });
};

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: UnclaimedDelivery,
): Promise<Outcome<UnclaimedDeliveryView> | undefined> =>
  answeredBefore(
    dependencies,
    { caller: principal.subject, idempotencyKey, fingerprint },
    UnclaimedDeliveryView,
    () => ({ version: 1 }),
  );
