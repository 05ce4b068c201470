import { type AllocationBody, EmergencyReserveView } from '../../contracts/api/emergency-aid.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReach } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { afterMovement, balanceOf } from '../../domain/emergency/reserve.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { answeredBefore } from '../answered-before.ts';
import { mostAtOnce } from './grant-emergency-aid.ts';

const isSeen = (principal: Principal, division: DivisionCode): boolean =>
  knownDivision(division) && mayReach(principal, { division });

/** What a township or county still has for emergencies. */
export const readEmergencyReserve = async (
  { store }: Dependencies,
  principal: Principal,
  division: DivisionCode,
): Promise<Outcome<EmergencyReserveView>> => {
  if (!isSeen(principal, division)) return refuse('not-found');
  const reserve = await store.emergencyReserve(division);
  return succeed({ division, balance: balanceOf(reserve) }, { version: reserve?.version ?? 0 });
};

export interface Allocation {
  principal: Principal;
  division: DivisionCode;
  body: AllocationBody;
  idempotencyKey: string;
  fingerprint: string;
}

/** The county puts money into a reserve: an entry of its own, never a change of another. */
export const allocateEmergencyReserve = async (
  dependencies: Dependencies,
  allocation: Allocation,
): Promise<Outcome<EmergencyReserveView>> => {
  const { principal, division, body } = allocation;
  if (!isSeen(principal, division)) return refuse('not-found');
  if (body.amount === 0)
    return refuse('validation-failed', { errors: [{ field: '/amount', code: fault('emergency.amount-zero') }] });
  for (let attempt = 0; attempt < mostAtOnce; attempt += 1) {
    const outcome = await attemptAllocation(dependencies, allocation);
    if (outcome !== 'again') return outcome;
  }
  return refuse('store-unavailable', { retryAfterSeconds: 1 });
};

const attemptAllocation = async (
  dependencies: Dependencies,
  allocation: Allocation,
): Promise<Outcome<EmergencyReserveView> | 'again'> => {
  const { store, now, newId } = dependencies;
  const { principal, division, body, idempotencyKey, fingerprint } = allocation;
  const at = now();
  const moved = afterMovement(division, await store.emergencyReserve(division), {
    entry: 'allocation',
    amount: body.amount,
    emergencyAidId: null,
    at,
    by: principal.subject,
  });
  if (moved === undefined)
    return refuse('validation-failed', { errors: [{ field: '/amount', code: fault('money.too-large') }] });
  const view = { division, balance: moved.reserve.balance };
  const result = await store.commit({
    aggregates: [
      { kind: 'emergency-reserve', value: moved.reserve },
      { kind: 'reserve-entry', value: moved.entry },
    ],
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: view },
    event: newEvent('EmergencyReserveAllocated', at, newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division,
  });
  if (result.ok) return succeed(view, { version: moved.reserve.version });
  return (await answerBefore(dependencies, allocation)) ?? 'again';
};

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: Allocation,
): Promise<Outcome<EmergencyReserveView> | undefined> =>
  answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, EmergencyReserveView);
