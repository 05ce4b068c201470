import type { Principal } from '../../contracts/principal.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { SubscriptionId } from '../../domain/ids.ts';
import type { Subscription } from '../../domain/subscriptions/subscription.ts';
import { subscriptionIdOf } from '../../domain/subscriptions/subscription-ids.ts';

/** The id that the caller's department has for the division of its token. */
export const ownId = ({ digest }: Pick<Dependencies, 'digest'>, { agency, division }: Principal): SubscriptionId =>
  subscriptionIdOf(digest, agency ?? '', division);

/** The subscription of the caller's department for the division of its token; undefined as long as none was registered. */
export const ownSubscription = async (
  dependencies: Pick<Dependencies, 'store' | 'digest'>,
  principal: Principal,
): Promise<Subscription | undefined> => (await dependencies.store.subscriptions([ownId(dependencies, principal)]))[0];
