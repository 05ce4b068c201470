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
import type { ReviewId } from '../../domain/ids.ts';
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

/** The port `Workflows` on Step Functions, for one state machine. */
export const stepFunctionsWorkflows = (client: SFNClient, machineArn: string): Workflows => ({
  start: (reviewId) =>
    unless(
      (error) => error instanceof ExecutionAlreadyExists,
      client.send(
        new StartExecutionCommand({
          stateMachineArn: machineArn,
          name: executionName(reviewId),
          input: JSON.stringify({ reviewId }),
        }),
      ),
    ),
  goOn: (token) => unless(isSpent, client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{}' }))),
  interrupt: (token, interruption) =>
    unless(isSpent, client.send(new SendTaskFailureCommand({ taskToken: token, error: interruption }))),
  stop: (reviewId) =>
    unless(
      (error) => error instanceof ExecutionDoesNotExist,
      client.send(new StopExecutionCommand({ executionArn: executionArn(machineArn, executionName(reviewId)) })),
    ),
});
