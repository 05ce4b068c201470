import type { SubscriptionWithSecret } from '../../contracts/api/subscriptions.ts';
import { type Outcome, refuse } from '../../contracts/outcome.ts';
import { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { SubscriptionId } from '../../domain/ids.ts';
import { overlapHours } from '../../domain/subscriptions/subscription.ts';
import type { Webhooks } from '../../domain/subscriptions/webhooks.ts';
import { giveSecret, type SecretRequest } from './give-secret.ts';

const hour = 3_600_000;

/** Gives a new secret. For a day calls are signed with the one before as well, so that no call is lost while it is changed over. */
export const replaceSecret = (
  dependencies: Dependencies & { webhooks: Webhooks },
  subscriptionId: SubscriptionId,
  request: SecretRequest,
): Promise<Outcome<SubscriptionWithSecret>> =>
  giveSecret(dependencies, {
    ...request,
    action: 'replace-secret',
    event: 'SubscriptionSecretReplaced',
    next: (stored, at) => {
      if (stored?.subscriptionId !== subscriptionId) return refuse('not-found');
      if (stored.secret === null) return refuse('lifecycle-conflict', { state: stored.state });
      const until = Instant.parse(new Date(Date.parse(at) + overlapHours * hour).toISOString());
      return {
        ...stored,
        version: stored.version + 1,
        secret: dependencies.webhooks.newSecret(),
        previous: { secret: stored.secret, until },
      };
    },
  });
