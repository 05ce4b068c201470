import { createRuntime } from '../../adapters/runtime.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { httpWebhooks } from '../../adapters/webhooks/webhooks.ts';
import { webhookTestHost } from '../../contracts/environment.ts';
import { PushReferralInput, PushReferralOutput } from '../../contracts/tasks/referral-push.ts';
import { giveUpPush, pushReferral } from './push-referral.ts';

/** It decides nothing, so a cold start loads no policy. */
const dependencies = {
  ...createRuntime(process.env),
  webhooks: httpWebhooks({ testHost: process.env[webhookTestHost] ?? null }),
};

export const handler = taskHandler({
  task: 'push-referral',
  input: PushReferralInput,
  output: PushReferralOutput,
  ids: ({ referralId }) => ({ referralId }),
  handle: ({ referralId, stage, since, step }) => {
    const push = { referralId, stage, since };
    return step === 'call' ? pushReferral(dependencies, push) : giveUpPush(dependencies, push);
  },
});
