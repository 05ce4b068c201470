import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { outboxEventsOf, StreamAnswer, StreamEvent } from '../../adapters/dynamodb/stream.ts';
import { relayFailureOf } from '../../adapters/telemetry/relay-failure.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { stepFunctionsWorkflows } from '../../adapters/workflows/step-functions.ts';
import { readEnvironment } from '../../contracts/environment.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { relayBatch } from './relay-batch.ts';

const arns = readEnvironment(process.env, [
  'CLASSIFIED_REVIEW_ARN',
  'POLICY_SIMULATION_ARN',
  'REFERRAL_ARN',
  'REFERRAL_PUSH_ARN',
]);
const workflows = stepFunctionsWorkflows(new SFNClient(clientSettings), {
  classifiedReview: arns.CLASSIFIED_REVIEW_ARN,
  policySimulation: arns.POLICY_SIMULATION_ARN,
  referral: arns.REFERRAL_ARN,
  referralPush: arns.REFERRAL_PUSH_ARN,
});
const dependencies = { ...runtimeDependencies(), workflows };

export const handler = taskHandler({
  task: 'relay',
  input: StreamEvent,
  output: StreamAnswer,
  handle: async (batch, { log, metrics }) => {
    const batchItemFailures = await relayBatch(
      dependencies,
      outboxEventsOf(batch),
      (error, ids) => {
        log.write('RECORD_FAILED', ids, error);
      },
      (error, at) => relayFailureOf(error, 'relay', 'RECORD_FAILED', at),
    );
    const count = batch.Records.length - batchItemFailures.length;
    log.write('OUTBOX_RELAYED', { count });
    metrics.count('OutboxRelayed', count);
    return { batchItemFailures };
  },
});
