import type { SubscriptionBody, SubscriptionWithSecret } from '../../contracts/api/subscriptions.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse } from '../../contracts/outcome.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { subscriptionLifecycle } from '../../domain/lifecycles/subscription.ts';
import type { Webhooks } from '../../domain/subscriptions/webhooks.ts';
import { giveSecret, type SecretRequest } from './give-secret.ts';
import { ownId } from './own-subscription.ts';

/** Registers where the caller's department is called about referrals in the division of its token. There is one address at a time. */
export const registerSubscription = async (
  dependencies: Dependencies & { webhooks: Webhooks },
  { url }: SubscriptionBody,
  request: SecretRequest,
): Promise<Outcome<SubscriptionWithSecret>> => {
  const { webhooks } = dependencies;
  const { agency, division } = request.principal;
  const wrong = await webhooks.faultOf(url);
  if (wrong !== undefined) return refuse('validation-failed', { errors: [{ field: '/url', code: fault(wrong) }] });
  return giveSecret(dependencies, {
    ...request,
    action: 'register',
    event: 'SubscriptionRegistered',
    next: (stored, at) => ({
      subscriptionId: ownId(dependencies, request.principal),
      version: (stored?.version ?? 0) + 1,
      state: subscriptionLifecycle.register.to,
      department: agency ?? '',
      division,
      url,
      secret: webhooks.newSecret(),
      previous: null,
      registeredAt: at,
      givenUp: 0,
      givenUpAt: null,
    }),
  });
};
