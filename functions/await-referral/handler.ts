import { createRuntime } from '../../adapters/runtime.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { AwaitReferralInput, AwaitReferralOutput } from '../../contracts/tasks/referral.ts';
import { awaitReferral } from './await-referral.ts';

/** It decides nothing, so a cold start loads no policy: a decision opens several at once. */
const dependencies = createRuntime(process.env);

export const handler = taskHandler({
  task: 'await-referral',
  input: AwaitReferralInput,
  output: AwaitReferralOutput,
  ids: ({ referralId }) => ({ referralId }),
  handle: ({ referralId, stage, taskToken }) => awaitReferral(dependencies, referralId, stage, taskToken),
});
