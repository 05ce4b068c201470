import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { answerAt } from '../../domain/referrals/referral-stages.ts';
import { readStageToken } from '../../domain/referrals/stage-token.ts';
import type { Workflows } from '../../domain/workflows/workflows.ts';

/**
 * Tells the workflow of a referral where the referral is now, if it waits for anything else. Without a token it has not begun to
 * wait: when it does, it looks for itself.
 */
export const followReferral = async (
  { store, workflows }: Pick<Dependencies, 'store'> & { workflows: Workflows },
  referralId: ReferralId,
): Promise<void> => {
  const [referral, kept] = await Promise.all([store.referral(referralId), store.token(referralId)]);
  if (referral === undefined) throw new Error(`${referralId} is not in the store`);
  if (kept === undefined) return;
  const { stage, token } = readStageToken(kept);
  const answer = answerAt(stage, referral.state);
  if (answer === 'go-on') await workflows.goOn(token);
  else if (answer !== 'wait') await workflows.interrupt(token, answer);
};
