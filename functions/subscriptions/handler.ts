import { apiHandler } from '../../adapters/http/api-handler.ts';
import { httpWebhooks } from '../../adapters/webhooks/webhooks.ts';
import { webhookTestHost } from '../../contracts/environment.ts';
import { edgeOf, runtimeDependencies } from '../runtime-dependencies.ts';
import { subscriptionOperations } from './operations.ts';

const dependencies = {
  ...runtimeDependencies(),
  webhooks: httpWebhooks({ testHost: process.env[webhookTestHost] ?? null }),
};

export const handler = apiHandler({
  function: 'subscriptions',
  operations: subscriptionOperations(dependencies),
  ...edgeOf(dependencies),
});
