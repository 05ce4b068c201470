import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { stepFunctionsWorkflows } from '../../../adapters/workflows/step-functions.ts';
import { PolicyRunId, ReviewId } from '../../../domain/ids.ts';

const arns = {
  classifiedReview: 'arn:test:states:::stateMachine:review',
  policySimulation: 'arn:test:states:::stateMachine:policy',
  referral: 'arn:test:states:::stateMachine:referral',
  referralPush: 'arn:test:states:::stateMachine:push',
};

it('an execution starts with ids and the correlation id, and nothing else', async () => {
  const inputs: unknown[] = [];
  const client = {
    send: async (command: unknown) => {
      if (command instanceof StartExecutionCommand) inputs.push(JSON.parse(command.input.input ?? 'null'));
      return {};
    },
  } as SFNClient;
  const workflows = stepFunctionsWorkflows(client, arns);
  const reviewId = ReviewId.parse(`rev_${'0'.repeat(32)}`);
  const runId = PolicyRunId.parse(`sim_${'0'.repeat(32)}`);
  await workflows.start(reviewId, 'request-00000001');
  await workflows.start(reviewId, null);
  await workflows.startPolicyRun(runId, 'request-00000002');
  expect(inputs).toEqual([
    { reviewId, correlationId: 'request-00000001' },
    // Null and not absent: the paths of the state machine ask for it.
    { reviewId, correlationId: null },
    { runId, correlationId: 'request-00000002' },
  ]);
});
