import type { SubmitApplicationBody } from '../../contracts/api/applications.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { DeterminationId, HouseholdId, ReferralId } from '../../domain/ids.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { planAssistance } from '../../functions/relay/plan-assistance.ts';
import { couple } from './people.ts';
import { reviewSteps } from './reviews.ts';

/** A household with its decision, and what that has referred to departments. */
export interface Referred {
  readonly householdId: HouseholdId;
  readonly determinationId: DeterminationId;
  readonly referrals: readonly ReferralId[];
}

/** Leads households to a decision and plans what other departments are to do, with the use cases themselves. */
export const referralSteps = (dependencies: Dependencies) => {
  const { store } = dependencies;
  const steps = reviewSteps(dependencies);

  const decided = async (body: SubmitApplicationBody = couple()) => {
    const { reviewId, householdId } = await steps.submitToConfirmation(body);
    await steps.confirm(reviewId);
    const { determinationId } = await steps.record(reviewId);
    return { householdId, determinationId };
  };
  const referred = async (body?: SubmitApplicationBody): Promise<Referred> => {
    const { householdId, determinationId } = await decided(body);
    const { sent } = await planAssistance(dependencies, determinationId);
    return { householdId, determinationId, referrals: sent };
  };
  const now = async (referralId: ReferralId): Promise<Referral> => {
    const referral = await store.referral(referralId);
    if (referral === undefined) throw new Error(`${referralId} is not there`);
    return referral;
  };
  const all = ({ referrals }: Referred): Promise<readonly Referral[]> => Promise.all(referrals.map(now));
  /** The first referral of a new household. */
  const one = async (): Promise<Referral> => {
    const [first] = (await referred()).referrals;
    if (first === undefined) throw new Error('nothing was referred');
    return now(first);
  };
  return { decided, referred, now, all, one };
};
