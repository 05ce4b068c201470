import { z } from 'zod';
import { CorrelationId } from '../../domain/events/event.ts';
import { ReferralPush } from '../../domain/subscriptions/referral-push.ts';

/** What the state machine `referral-push` gives its task function, and what it gets back: ids and steps, never a person. */
export const PushReferralInput = z.strictObject({
  ...ReferralPush.shape,
  correlationId: CorrelationId.nullable().default(null),
  step: z.enum(['call', 'give-up']),
});
/** `taken` by the department; `moot`: answered since, or nobody wants to be called any more; `given-up` is noted. */
export const PushReferralOutput = z.strictObject({ result: z.enum(['taken', 'moot', 'given-up']) });
export type PushReferralOutput = z.infer<typeof PushReferralOutput>;
