import type { SubscriptionView } from '../../contracts/api/subscriptions.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { SubscriptionId } from '../../domain/ids.ts';
import { subscriptionLifecycle } from '../../domain/lifecycles/subscription.ts';
import type { Subscription } from '../../domain/subscriptions/subscription.ts';
import { ownSubscription } from './own-subscription.ts';
import { viewOf } from './subscription-view.ts';

/** Stops calling the department, and forgets address and secrets. What is referred to it lies in its inbox as before. */
export const removeSubscription = async (
  dependencies: Dependencies,
  principal: Principal,
  subscriptionId: SubscriptionId,
): Promise<Outcome<SubscriptionView>> => {
  const { store, now, newId } = dependencies;
  const stored = await ownSubscription(dependencies, principal);
  if (stored?.subscriptionId !== subscriptionId) return refuse('not-found');
  const { from, to } = subscriptionLifecycle.remove;
  if (!from.includes(stored.state)) return refuse('lifecycle-conflict', { state: stored.state });
  const at = now();
  const removed: Subscription = {
    ...stored,
    version: stored.version + 1,
    state: to,
    url: null,
    secret: null,
    previous: null,
  };
  const result = await store.commit({
    aggregates: [{ kind: 'subscription', value: removed, from }],
    event: newEvent('SubscriptionRemoved', at, newId, {}),
    actor: { role: principal.role, subject: principal.subject },
    division: removed.division,
  });
  if (result.ok) return succeed(viewOf(removed, at), { version: removed.version });
  return refuse('store-unavailable', { retryAfterSeconds: 1 });
};
