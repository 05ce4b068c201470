import { SubscriptionWithSecret } from '../../contracts/api/subscriptions.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { EventType } from '../../domain/events/event.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { type SubscriptionAction, subscriptionLifecycle } from '../../domain/lifecycles/subscription.ts';
import type { Subscription } from '../../domain/subscriptions/subscription.ts';
import { answeredBefore } from '../answered-before.ts';
import { ownSubscription } from './own-subscription.ts';
import { viewOf } from './subscription-view.ts';

export interface SecretRequest {
  readonly principal: Principal;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

interface Giving extends SecretRequest {
  readonly action: SubscriptionAction;
  readonly event: EventType;
  /** The subscription with its new secret, or why there is none. */
  readonly next: (stored: Subscription | undefined, at: Instant) => (Subscription & { secret: string }) | Refusal;
}

/**
 * Stores a subscription with a new secret and answers with it: the one time it is shown. The same request again gets the same
 * answer for as long as answers are kept, since it may have been lost on its way.
 */
export const giveSecret = async (
  dependencies: Dependencies,
  giving: Giving,
): Promise<Outcome<SubscriptionWithSecret>> => {
  const repeated = await answerBefore(dependencies, giving);
  if (repeated !== undefined) return repeated;
  const { store, now, newId } = dependencies;
  const { principal, idempotencyKey, fingerprint, action, event } = giving;
  const at = now();
  const stored = await ownSubscription(dependencies, principal);
  const value = giving.next(stored, at);
  if ('ok' in value) return value;
  const { from } = subscriptionLifecycle[action];
  if (stored !== undefined && !from.includes(stored.state))
    return refuse('lifecycle-conflict', { state: stored.state });
  const answer = { ...viewOf(value, at), secret: value.secret };
  const result = await store.commit({
    aggregates: [{ kind: 'subscription', value, from }],
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: { ...answer } },
    event: newEvent(event, at, newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division: value.division,
  });
  if (result.ok) return succeed(answer, { version: value.version });
  return (await answerBefore(dependencies, giving)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 });
};

const answerBefore = (
  dependencies: Dependencies,
  { principal, idempotencyKey, fingerprint }: SecretRequest,
): Promise<Outcome<SubscriptionWithSecret> | undefined> =>
  answeredBefore(dependencies, { caller: principal.subject, idempotencyKey, fingerprint }, SubscriptionWithSecret);
