import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReferralId } from '../../domain/ids.ts';
import { answerAt, type ReferralStage, type StageAnswer } from '../../domain/referrals/referral-stages.ts';
import { stageToken } from '../../domain/referrals/stage-token.ts';

/** The referral is no longer where the workflow takes it to be; the name says where the workflow goes on. */
class ReferralMoved extends Error {
  constructor(referralId: ReferralId, answer: Exclude<StageAnswer, 'wait'>) {
    super(`${referralId} has moved on`);
    this.name = answer === 'go-on' ? 'StagePassed' : answer;
  }
}

/**
 * Keeps the token of a stage, so that whoever moves the referral lets the workflow go on. What moved it before the token was there
 * is seen in the referral itself, which is read afterwards: nothing is waited for that has happened.
 */
export const awaitReferral = async (
  { store, now }: Pick<Dependencies, 'store' | 'now'>,
  referralId: ReferralId,
  stage: ReferralStage,
  token: string,
): Promise<{ waiting: ReferralId }> => {
  await store.storeToken(referralId, stageToken(stage, token), now());
  const referral = await store.referral(referralId);
  if (referral === undefined) throw new Error(`${referralId} is not in the store`);
  const answer = answerAt(stage, referral.state);
  if (answer !== 'wait') throw new ReferralMoved(referralId, answer);
  return { waiting: referralId };
};
