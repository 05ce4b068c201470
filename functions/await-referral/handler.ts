import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { AwaitReferralInput, AwaitReferralOutput } from '../../contracts/tasks/referral.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { awaitReferral } from './await-referral.ts';

const dependencies = runtimeDependencies();

export const handler = taskHandler({
  task: 'await-referral',
  input: AwaitReferralInput,
  output: AwaitReferralOutput,
  ids: ({ referralId }) => ({ referralId }),
  handle: ({ referralId, stage, taskToken }) => awaitReferral(dependencies, referralId, stage, taskToken),
});
