import { type ReferralStage, referralStages } from './referral-stages.ts';

/** A referral has one token at a time; with it is kept what the workflow waits for under it. */
export const stageToken = (stage: ReferralStage, token: string): string => `${stage} ${token}`;

/** The stage and the token of what `stageToken` made. Throws when it is none. */
export const readStageToken = (text: string): { stage: ReferralStage; token: string } => {
  const [word = '', ...rest] = text.split(' ');
  const stage = referralStages.find((each) => each === word);
  if (stage === undefined || rest.length === 0) throw new Error('the token of a referral names no stage');
  return { stage, token: rest.join(' ') };
};
