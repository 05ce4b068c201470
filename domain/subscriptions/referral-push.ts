import { z } from 'zod';
import { Instant } from '../dates.ts';
import { ReferralId } from '../ids.ts';
import { countyOf } from '../people/divisions.ts';
import type { Referral } from '../referrals/referral.ts';

/** What a department is called about: a referral that is its to accept, an outcome that was not confirmed, one that ended early. */
export const pushStages = ['sent', 'disputed', 'withdrawn'] as const;
export type PushStage = (typeof pushStages)[number];

/** One call. `since` is when the stage began, so that a referral sent twice is called about twice and a repeated event once. */
export const ReferralPush = z.strictObject({ referralId: ReferralId, stage: z.enum(pushStages), since: Instant });
export type ReferralPush = z.infer<typeof ReferralPush>;

const stateOf = { sent: 'sent', disputed: 'accepted', withdrawn: 'withdrawn' } as const satisfies Record<
  PushStage,
  Referral['state']
>;

/** The call that a referral as it stands is worth; undefined when the department has answered since, or there is nothing to say. */
export const pushOf = (referral: Referral, stage: PushStage, at: Instant): ReferralPush | undefined => {
  const { referralId, state, sentAt, closedAt } = referral;
  if (state !== stateOf[stage]) return undefined;
  if (stage === 'sent') return { referralId, stage, since: sentAt };
  return { referralId, stage, since: stage === 'withdrawn' ? (closedAt ?? at) : at };
};

/** Whether a call still says what is so: the department may have answered, or it may be another's by now. */
export const isCurrent = ({ stage, since }: ReferralPush, referral: Referral): boolean =>
  pushOf(referral, stage, since)?.since === since;

/** Names the call to whoever gets it, and the execution that makes it: the same however often it is made. */
export const pushIdOf = ({ referralId, stage, since }: ReferralPush): string =>
  `${referralId}-${stage}-${since.replaceAll(/\D/gu, '')}`;

/**
 * What is sent: a CloudEvents 1.0 envelope with ids only. Item and deadline say how urgent it is; whom it is about is for the
 * department to fetch from its inbox.
 */
export const envelopeOf = (push: ReferralPush, { item, due, division }: Referral) => ({
  specversion: '1.0',
  id: pushIdOf(push),
  source: '/referrals',
  type: `hearth.referral.${push.stage}`,
  subject: push.referralId,
  time: push.since,
  datacontenttype: 'application/json',
  data: { referralId: push.referralId, item, county: countyOf(division), deadline: due?.dueAt ?? null },
});
