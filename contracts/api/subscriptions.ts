import { z } from 'zod';
import { Instant } from '../../domain/dates.ts';
import { SubscriptionId } from '../../domain/ids.ts';
import { subscriptionStates } from '../../domain/lifecycles/subscription.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';

/** Where a department wants to be called about its referrals. */
export const SubscriptionBody = z.strictObject({
  url: z.string().min(1).max(1_000).meta({
    description: 'An https address on port 443 with a public IP address, without user name or password.',
  }),
});
export type SubscriptionBody = z.infer<typeof SubscriptionBody>;

const shown = {
  subscriptionId: SubscriptionId,
  state: z.enum(subscriptionStates),
  department: z.string(),
  division: DivisionCode,
  /** Null once it was removed. */
  url: z.string().nullable(),
  registeredAt: Instant,
  /** Until when calls are signed with the secret before as well; null when there is none. */
  previousSecretUntil: Instant.nullable(),
  /** Calls that were given up since it was registered. */
  givenUp: z.int().min(0),
  givenUpAt: Instant.nullable(),
};

export const SubscriptionView = z.strictObject(shown);
export type SubscriptionView = z.infer<typeof SubscriptionView>;

/** The only answers with the secret in them. */
export const SubscriptionWithSecret = z.strictObject({
  ...shown,
  secret: z.string().meta({ description: 'whsec_ and the key in base64. It is shown here and never again.' }),
});
export type SubscriptionWithSecret = z.infer<typeof SubscriptionWithSecret>;

/** That of the caller's own department for the division of its token: one, or none. */
export const SubscriptionList = z.strictObject({ subscriptions: z.array(SubscriptionView) });
