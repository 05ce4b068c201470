import type { Dependencies } from '../../domain/dependencies.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { type PushStage, pushOf } from '../../domain/subscriptions/referral-push.ts';
import { subscriptionsFor } from '../../domain/subscriptions/subscription-ids.ts';
import type { Workflows } from '../../domain/workflows/workflows.ts';

/**
 * Has a department called about a referral, if it wants to be. Nothing waits for the call: it is an execution of its own, started
 * once under a name that follows from referral and stage, and what it is about lies in the inbox already.
 */
export const pushReferral = async (
  { store, digest, workflows }: Pick<Dependencies, 'store' | 'digest'> & { workflows: Workflows },
  referralId: ReferralId,
  stage: PushStage,
  { at, correlationId }: DomainEvent,
): Promise<void> => {
  const referral = await store.referral(referralId);
  const push = referral === undefined ? undefined : pushOf(referral, stage, at);
  if (referral === undefined || push === undefined) return;
  const subscriptions = await store.subscriptions(subscriptionsFor(digest, referral));
  if (subscriptions.some(({ state }) => state === 'active')) await workflows.startPush(push, correlationId);
};
