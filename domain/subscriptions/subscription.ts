import { z } from 'zod';
import { Instant } from '../dates.ts';
import { SubscriptionId } from '../ids.ts';
import { subscriptionStates } from '../lifecycles/subscription.ts';
import { DivisionCode } from '../people/divisions.ts';

/** For so long after a secret was replaced a call is signed with both [A: a local setting, no national rule]. */
export const overlapHours = 24;

/** Where a department is called about its referrals in a division, and the secret the calls are signed with: at most one for both. */
export const Subscription = z.strictObject({
  subscriptionId: SubscriptionId,
  version: z.int().min(1),
  state: z.enum(subscriptionStates),
  department: z.string(),
  division: DivisionCode,
  /** Null once it was removed, and so is the secret. */
  url: z.string().nullable(),
  secret: z.string().nullable(),
  /** The secret before, as long as calls are signed with it as well. */
  previous: z.strictObject({ secret: z.string(), until: Instant }).nullable(),
  registeredAt: Instant,
  /** Calls that were given up since it was registered, and when the last of them was. */
  givenUp: z.int().min(0),
  givenUpAt: Instant.nullable(),
});
export type Subscription = z.infer<typeof Subscription>;

/** The secrets a call is signed with at a moment, the present one first. */
export const secretsOf = ({ secret, previous }: Subscription, at: Instant): readonly string[] => {
  if (secret === null) return [];
  return previous !== null && at < previous.until ? [secret, previous.secret] : [secret];
};
