import { dateInChina, type Instant } from '../dates.ts';
import { referralLifecycle } from '../lifecycles/referral.ts';
import {
  type Referral,
  type ReferralOutcome,
  type ReturnReason,
  returnsBeforePanel,
  type verifications,
} from './referral.ts';
import { type ReferralClocks, stepFrom } from './referral-deadlines.ts';

/** The next version of a referral. Whether it may be made is for the caller to ask the lifecycle; the store asks it again. */
const next = (referral: Referral, changes: Partial<Referral>): Referral => ({
  ...referral,
  version: referral.version + 1,
  ...changes,
});

const done = { due: null, remindedAt: null, escalatedAt: null } as const;

export const accepted = (clocks: ReferralClocks, referral: Referral, at: Instant): Referral => {
  const { step, lastDay } = stepFrom(clocks, 'accepted', referral.item, at);
  return next(referral, { state: referralLifecycle.accept.to, resultBy: lastDay, ...step });
};

/** Which move a return is: the last of so many is the panel's. */
export const returnMove = ({ returns }: Referral): 'return' | 'refer-to-panel' =>
  returns.length + 1 >= returnsBeforePanel ? 'refer-to-panel' : 'return';

export const returned = (clocks: ReferralClocks, referral: Referral, reason: ReturnReason, at: Instant): Referral => {
  const { item, department, returns } = referral;
  const state = returnMove(referral) === 'return' ? 'returned' : 'with-panel';
  return next(referral, {
    state,
    resultBy: null,
    returns: [...returns, { reason, department, on: dateInChina(at) }],
    ...stepFrom(clocks, state, item, at).step,
  });
};

export const rerouted = (clocks: ReferralClocks, referral: Referral, department: string, at: Instant): Referral => {
  const { step, lastDay } = stepFrom(clocks, 'sent', referral.item, at);
  return next(referral, { state: referralLifecycle.reroute.to, department, sentAt: at, acceptBy: lastDay, ...step });
};

export const reported = (clocks: ReferralClocks, referral: Referral, outcome: ReferralOutcome): Referral =>
  next(referral, {
    state: referralLifecycle.report.to,
    outcome,
    ...stepFrom(clocks, 'reported', referral.item, outcome.at).step,
  });

export const verified = (referral: Referral, how: (typeof verifications)[number], by: string, at: Instant): Referral =>
  next(referral, { state: referralLifecycle.verify.to, verification: { how, by, at }, closedAt: at, ...done });

/** What was reported was not found to be so: the department has the time of a result once more. */
export const disputed = (clocks: ReferralClocks, referral: Referral, at: Instant): Referral => {
  const { step, lastDay } = stepFrom(clocks, 'accepted', referral.item, at);
  return next(referral, { state: referralLifecycle.dispute.to, outcome: null, resultBy: lastDay, ...step });
};

export const withdrawn = (referral: Referral, at: Instant): Referral =>
  next(referral, { state: referralLifecycle.withdraw.to, closedAt: at, ...done });

/** The mark that its time is nearly over, or over. It changes nothing about who has to do what. */
export const marked = (referral: Referral, isLate: boolean, at: Instant): Referral =>
  next(referral, isLate ? { escalatedAt: at, escalations: referral.escalations + 1 } : { remindedAt: at });
