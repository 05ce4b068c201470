import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { DailyScanInput } from '../../contracts/tasks/daily-scan.ts';
import type { ReviewId } from '../../domain/ids.ts';
import type { DailyScanWorkflow } from '../../domain/missed-needs/scan-of.ts';
import { pushIdOf } from '../../domain/subscriptions/referral-push.ts';
import type { Workflows } from '../../domain/workflows/workflows.ts';

const executionName = (reviewId: ReviewId): string => `review-${reviewId}`;

/** Step Functions names an execution after its machine, in the same place of the ARN, whatever the partition. */
const executionArn = (machineArn: string, name: string): string =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

const unless = async (isKnown: (error: unknown) => boolean, call: Promise<unknown>): Promise<void> => {
  try {
    await call;
  } catch (error) {
    if (!isKnown(error)) throw error;
  }
};

/** A token is spent once: a step that has gone on, ended or been stopped answers with one of these. */
const isSpent = (error: unknown): boolean => error instanceof TaskDoesNotExist || error instanceof TaskTimedOut;

/** A name is used once: a second start finds the execution, running or ended, and starts nothing. */
const startOnce = (client: SFNClient, stateMachineArn: string, name: string, input: object): Promise<void> =>
  unless(
    (error) => error instanceof ExecutionAlreadyExists,
    client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
  );

/** ARNs of the state machines. */
export interface MachineArns {
  classifiedReview: string;
  policySimulation: string;
  referral: string;
  referralPush: string;
  feedComparison: string;
}

/** The port `Workflows` on Step Functions. */
export const stepFunctionsWorkflows = (
  client: SFNClient,
  { classifiedReview, policySimulation, referral, referralPush, feedComparison }: MachineArns,
): Workflows => ({
  start: (reviewId, correlationId) =>
    startOnce(client, classifiedReview, executionName(reviewId), { reviewId, correlationId }),
  startPolicyRun: (runId, correlationId) =>
    startOnce(client, policySimulation, `policy-${runId}`, { runId, correlationId }),
  startReferral: (referralId, correlationId) =>
    startOnce(client, referral, `referral-${referralId}`, { referralId, correlationId }),
  startPush: (push, correlationId) => startOnce(client, referralPush, pushIdOf(push), { ...push, correlationId }),
  startComparison: ({ feedId, run }, correlationId) =>
    startOnce(client, feedComparison, `feed-${feedId}-${run}`, { feedId, run, correlationId }),
  goOn: (token) => unless(isSpent, client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{}' }))),
  interrupt: (token, interruption) =>
    unless(isSpent, client.send(new SendTaskFailureCommand({ taskToken: token, error: interruption }))),
  stop: (reviewId) =>
    unless(
      (error) => error instanceof ExecutionDoesNotExist,
      client.send(new StopExecutionCommand({ executionArn: executionArn(classifiedReview, executionName(reviewId)) })),
    ),
});

/** The port `DailyScanWorkflow` on Step Functions. */
export const stepFunctionsDailyScan = (client: SFNClient, dailyScan: string): DailyScanWorkflow => ({
  start: ({ day, segments }) => {
    const input: DailyScanInput = {
      day,
      segments: Array.from({ length: segments }, (_, segment) => ({ day, segment })),
    };
    return startOnce(client, dailyScan, `daily-scan-${day}`, input);
  },
});
