import { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { relayFailureOf } from '../../adapters/telemetry/relay-failure.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { stepFunctionsWorkflows } from '../../adapters/workflows/step-functions.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { counties } from '../../policies/divisions/divisions.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { sweep } from './sweep.ts';

const arns = readEnvironment(process.env, ['CLASSIFIED_REVIEW_ARN', 'POLICY_SIMULATION_ARN']);
const workflows = stepFunctionsWorkflows(new SFNClient({}), {
  classifiedReview: arns.CLASSIFIED_REVIEW_ARN,
  policySimulation: arns.POLICY_SIMULATION_ARN,
});
const dependencies = { ...runtimeDependencies(), workflows };

/** What was left over is tried again by the next sweep; the failure still has to be seen. */
class SweepIncomplete extends Error {
  override readonly name = 'SweepIncomplete';
}

export const handler = taskHandler({
  task: 'sweep',
  input: z.unknown(),
  output: z.record(z.string(), z.int()),
  handle: async (_input, { log }) => {
    const counts = await sweep(
      dependencies,
      counties().map(({ code }) => code),
      (error) => {
        log.write('SWEEP_ITEM_FAILED', {}, error);
      },
      (error, at) => relayFailureOf(error, 'sweep', 'SWEEP_ITEM_FAILED', at),
    );
    if (counts.failed > 0) throw new SweepIncomplete(`${counts.failed} items failed`);
    return { ...counts };
  },
});
