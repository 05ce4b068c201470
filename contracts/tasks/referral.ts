import { z } from 'zod';
import { CorrelationId } from '../../domain/events/event.ts';
import { ReferralId } from '../../domain/ids.ts';
import { referralStages } from '../../domain/referrals/referral-stages.ts';

/** What the state machine `referral` gives its task function, and what it gets back: ids and steps, never a person. */
export const AwaitReferralInput = z.strictObject({
  referralId: ReferralId,
  correlationId: CorrelationId.nullable().default(null),
  stage: z.enum(referralStages),
  taskToken: z.string().min(1).max(2_048),
});
/** A waiting step's own answer is not read: the token's is. */
export const AwaitReferralOutput = z.strictObject({ waiting: ReferralId });
