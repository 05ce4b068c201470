import type { PushReferralOutput } from '../../contracts/tasks/referral-push.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { subscriptionLifecycle } from '../../domain/lifecycles/subscription.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { envelopeOf, isCurrent, pushIdOf, type ReferralPush } from '../../domain/subscriptions/referral-push.ts';
import { type Subscription, secretsOf } from '../../domain/subscriptions/subscription.ts';
import { subscriptionsFor } from '../../domain/subscriptions/subscription-ids.ts';
import type { Webhooks } from '../../domain/subscriptions/webhooks.ts';

/** The department did not take the call: it is made again later. */
class WebhookNotTaken extends Error {
  override readonly name = 'WebhookNotTaken';
}
/** The address may not be called, wherever it leads today: calling again cannot help. */
class WebhookAddressRefused extends Error {
  override readonly name = 'WebhookAddressRefused';
}

const actor = { role: 'workflow', subject: 'referral-push' } as const;
/** Several calls may be given up at once; each is counted. */
const mostAttempts = 5;

type PushDependencies = Pick<Dependencies, 'store' | 'now' | 'newId' | 'digest'> & { webhooks: Webhooks };

/** Calls the department that has a referral about where it stands, at the nearest office that wants to be called. */
export const pushReferral = async (dependencies: PushDependencies, push: ReferralPush): Promise<PushReferralOutput> => {
  const { now, webhooks } = dependencies;
  const found = await standing(dependencies, push);
  if (found === undefined) return { result: 'moot' };
  const { referral, subscription } = found;
  if (subscription.url === null) return { result: 'moot' };
  const at = now();
  const result = await webhooks.call({
    url: subscription.url,
    id: pushIdOf(push),
    timestamp: Math.floor(Date.parse(at) / 1_000),
    body: JSON.stringify(envelopeOf(push, referral)),
    secrets: secretsOf(subscription, at),
  });
  if (result === 'taken') return { result };
  if (result === 'not-taken') throw new WebhookNotTaken(push.referralId);
  throw new WebhookAddressRefused(result);
};

/** Counts a call that was not taken however often it was made. The referral is in the inbox, and its deadline escalates it. */
export const giveUpPush = async (dependencies: PushDependencies, push: ReferralPush): Promise<PushReferralOutput> => {
  const { store, now, newId } = dependencies;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const found = await standing(dependencies, push);
    if (found === undefined) return { result: 'moot' };
    const { subscription } = found;
    const at = now();
    const { from, to } = subscriptionLifecycle['give-up'];
    const value: Subscription = {
      ...subscription,
      version: subscription.version + 1,
      state: to,
      givenUp: subscription.givenUp + 1,
      givenUpAt: at,
    };
    const result = await store.commit({
      aggregates: [{ kind: 'subscription', value, from }],
      event: newEvent('WebhookGivenUp', at, newId, { referralId: push.referralId }),
      actor,
      division: subscription.division,
    });
    if (result.ok) return { result: 'given-up' };
  }
  throw new Error('the count of calls that were given up is written by others all the time');
};

/** The referral, where the call still says what is so, and the subscription it goes to. */
const standing = async (
  { store, digest }: PushDependencies,
  push: ReferralPush,
): Promise<{ referral: Referral; subscription: Subscription } | undefined> => {
  const referral = await store.referral(push.referralId);
  if (referral === undefined || !isCurrent(push, referral)) return undefined;
  const subscriptions = await store.subscriptions(subscriptionsFor(digest, referral));
  const subscription = subscriptions.find(({ state }) => state === 'active');
  return subscription === undefined ? undefined : { referral, subscription };
};
