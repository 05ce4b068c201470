import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { stepFunctionsDailyScan, stepFunctionsWorkflows } from '../../../adapters/workflows/step-functions.ts';
import { Instant, LocalDate } from '../../../domain/dates.ts';
import { FeedId, PolicyRunId, ReviewId } from '../../../domain/ids.ts';

const arns = {
  classifiedReview: 'arn:test:states:::stateMachine:review',
  policySimulation: 'arn:test:states:::stateMachine:policy',
  referral: 'arn:test:states:::stateMachine:referral',
  referralPush: 'arn:test:states:::stateMachine:push',
  feedComparison: 'arn:test:states:::stateMachine:feeds',
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
  const feedId = FeedId.parse(`fed_${'0'.repeat(32)}`);
  const runId = PolicyRunId.parse(`sim_${'0'.repeat(32)}`);
  await workflows.start(reviewId, 'request-00000001');
  await workflows.start(reviewId, null);
  await workflows.startPolicyRun(runId, 'request-00000002');
  await workflows.startComparison({ feedId, run: 'dry-run' }, null);
  expect(inputs).toEqual([
    { reviewId, correlationId: 'request-00000001' },
    // Null and not absent: the paths of the state machine ask for it.
    { reviewId, correlationId: null },
    { runId, correlationId: 'request-00000002' },
    { feedId, run: 'dry-run', correlationId: null },
  ]);
});

it('the scan of a day is started under the name of the day, and a second start is the same', async () => {
  const started: unknown[] = [];
  const client = {
    send: async (command: unknown) => {
      if (!(command instanceof StartExecutionCommand)) throw new Error('nothing else is asked of it');
      const { stateMachineArn, name, input = 'null' } = command.input;
      started.push({ stateMachineArn, name, input: JSON.parse(input) });
      if (started.length > 1) throw new ExecutionAlreadyExists({ message: 'it is there', $metadata: {} });
      return {};
    },
  } as SFNClient;
  const { start } = stepFunctionsDailyScan(client, 'arn:test:states:::stateMachine:scan');
  const day = LocalDate.parse('2026-04-11');
  const scan = { day, segments: 2, beganAt: Instant.parse('2026-04-10T18:30:00.000Z'), deliveriesOf: null };
  await start(scan);
  await start(scan);
  expect(started).toHaveLength(2);
  expect(started[1]).toEqual(started[0]);
  expect(started[0]).toEqual({
    stateMachineArn: 'arn:test:states:::stateMachine:scan',
    name: 'daily-scan-2026-04-11',
    input: {
      day,
      segments: [
        { day, segment: 0 },
        { day, segment: 1 },
      ],
    },
  });
});
