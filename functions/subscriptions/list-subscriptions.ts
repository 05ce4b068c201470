import type { SubscriptionView } from '../../contracts/api/subscriptions.ts';
import { type Outcome, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { ownSubscription } from './own-subscription.ts';
import { viewOf } from './subscription-view.ts';

/** Where the caller's department is called for the division of its token, if it is. */
export const listSubscriptions = async (
  dependencies: Dependencies,
  principal: Principal,
): Promise<Outcome<{ subscriptions: SubscriptionView[] }>> => {
  const stored = await ownSubscription(dependencies, principal);
  return succeed({ subscriptions: stored === undefined ? [] : [viewOf(stored, dependencies.now())] });
};
