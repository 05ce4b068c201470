import type { ReferralView } from '../../contracts/api/referrals.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { clockOfStep } from '../../domain/referrals/referral-deadlines.ts';

const dueViewOf = ({ due, state, item, sentAt }: Referral, policy: PolicyPack): ReferralView['due'] => {
  if (due === null || state === 'closed' || state === 'withdrawn') return null;
  const { citation } = clockOfStep(policy, state, item, dateInChina(sentAt)).clock;
  const { dueAt, provisional, clock, basis } = due;
  return { dueAt, provisional, clock, basis, isLocalSetting: basis !== 'statute', citation };
};

/** A referral as callers see it, with the rule its deadline comes from. Who reported and who verified is for the audit. */
export const referralViewOf = (referral: Referral, policy: PolicyPack): ReferralView => {
  const { version: _version, outcome, verification, returns, ...shown } = referral;
  return {
    ...shown,
    due: dueViewOf(referral, policy),
    returns: [...returns],
    outcome:
      outcome === null
        ? null
        : {
            kind: outcome.kind,
            amount: outcome.amount,
            on: outcome.on,
            evidence: outcome.evidence,
            reportedAt: outcome.at,
          },
    verification: verification === null ? null : { how: verification.how, at: verification.at },
  };
};
