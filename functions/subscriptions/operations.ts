import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import {
  SubscriptionBody,
  SubscriptionList,
  SubscriptionView,
  SubscriptionWithSecret,
} from '../../contracts/api/subscriptions.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { SubscriptionId } from '../../domain/ids.ts';
import type { Webhooks } from '../../domain/subscriptions/webhooks.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { registerSubscription } from './register-subscription.ts';
import { removeSubscription } from './remove-subscription.ts';
import { replaceSecret } from './replace-secret.ts';

const params = z.object({ subscriptionId: pathId(SubscriptionId) });

/** The operations on subscriptions: where a department wants to be called about its referrals. */
export const subscriptionOperations = (dependencies: Dependencies & { webhooks: Webhooks }): readonly Operation[] => [
  defineOperation({
    operation: 'registerSubscription',
    summary: 'Register where your department is called about referrals in your division; the secret is shown here only',
    body: SubscriptionBody,
    response: SubscriptionWithSecret,
    status: 201,
    idempotent: true,
    problems: ['lifecycle-conflict'],
    handle: ({ principal, body, idempotencyKey, fingerprint }) =>
      registerSubscription(dependencies, body, { principal, idempotencyKey, fingerprint }),
  }),
  defineOperation({
    operation: 'listSubscriptions',
    summary: 'See where your department is called, and how many calls were given up',
    response: SubscriptionList,
    status: 200,
    handle: ({ principal }) => listSubscriptions(dependencies, principal),
  }),
  defineOperation({
    operation: 'replaceSubscriptionSecret',
    summary: 'Replace the secret that calls are signed with; for a day they are signed with both',
    params,
    response: SubscriptionWithSecret,
    status: 200,
    idempotent: true,
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { subscriptionId }, idempotencyKey, fingerprint }) =>
      replaceSecret(dependencies, subscriptionId, { principal, idempotencyKey, fingerprint }),
  }),
  defineOperation({
    operation: 'removeSubscription',
    summary: 'Stop being called; address and secret are forgotten',
    params,
    response: SubscriptionView,
    status: 200,
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { subscriptionId } }) => removeSubscription(dependencies, principal, subscriptionId),
  }),
];
