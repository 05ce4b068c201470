import type { SubscriptionView } from '../../contracts/api/subscriptions.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Subscription } from '../../domain/subscriptions/subscription.ts';

/** A subscription as its department sees it: the secret is not among it. */
export const viewOf = (subscription: Subscription, now: Instant): SubscriptionView => {
  const { version: _version, secret: _secret, previous, ...shown } = subscription;
  return { ...shown, previousSecretUntil: previous !== null && now < previous.until ? previous.until : null };
};
