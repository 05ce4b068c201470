import type { ReferralView } from '../../contracts/api/referrals.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { monthIn } from '../../domain/assistance/period.ts';
import { dateInChina, type Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { type ReferralAction, referralLifecycle } from '../../domain/lifecycles/referral.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import type { ReferralClocks } from '../../domain/referrals/referral-deadlines.ts';
import type { Change, IdempotencyRecord } from '../../domain/store/roster-store.ts';
import { visibleReferral } from './read-referral.ts';
import { referralViewOf } from './referral-view.ts';

/** Another writer may be faster: the sweep, or a repetition of the same request. Then the referral is read again, this often. */
const mostAttempts = 3;

/** What a request comes to on a referral as it stands: a move, a refusal, or nothing more than what was done before. */
export type Decided =
  | { readonly action: ReferralAction; readonly event: EventType; readonly next: Referral }
  | { readonly done: true }
  | Refusal;

export interface MoveRequest {
  readonly principal: Principal;
  readonly referralId: ReferralId;
  readonly decide: (referral: Referral, clocks: ReferralClocks, at: Instant) => Decided;
  readonly idempotency?: Omit<IdempotencyRecord, 'response'>;
}

/** A referral that a move has closed is counted in the transaction of the move. */
const closing = ({ state, division, department, item }: Referral, at: Instant): Pick<Change, 'closes'> => {
  if (state !== 'closed') return {};
  return { closes: { county: countyOf(division), department, item, month: monthIn(dateInChina(at)) } };
};

/**
 * Moves a referral in one transaction, conditional on its version and on the states its lifecycle names. What does not fit the
 * state it is in is refused with that state.
 */
export const moveReferral = async (
  dependencies: Dependencies,
  { principal, referralId, decide, idempotency }: MoveRequest,
): Promise<Outcome<ReferralView>> => {
  const { store, now, newId, policies, calendar } = dependencies;
  const policy = await policies.inForce();
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const referral = await visibleReferral(dependencies, principal, referralId);
    if (referral === undefined) return refuse('not-found');
    const at = now();
    const decided = decide(referral, { policy, calendar }, at);
    if ('ok' in decided) return decided;
    if ('done' in decided) {
      return succeed(referralViewOf(referral, policy), { version: referral.version, replayed: true });
    }
    const { from } = referralLifecycle[decided.action];
    if (!from.includes(referral.state)) return refuse('lifecycle-conflict', { state: referral.state });
    const view = referralViewOf(decided.next, policy);
    const result = await store.commit({
      aggregates: [{ kind: 'referral', value: decided.next, from }],
      ...closing(decided.next, at),
      ...(idempotency === undefined ? {} : { idempotency: { ...idempotency, response: { ...view } } }),
      event: newEvent(decided.event, at, newId, { referralId }),
      actor: { role: principal.role, subject: principal.subject },
      division: referral.division,
    });
    if (result.ok) return succeed(view, { version: decided.next.version });
    if (result.conflict === 'idempotency') break;
  }
  return refuse('store-unavailable', { retryAfterSeconds: 1 });
};
