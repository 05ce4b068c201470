import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Emulator } from './emulator/server.ts';

/** What the deployed platform is doing, seen through the APIs of AWS. */
export type PlatformState = {
  /** Outbox items not passed on yet. */
  readonly outboxItems: () => Promise<number>;
  /** Entries in the Audit table. */
  readonly auditEntries: () => Promise<number>;
  /** Executions that are between two steps or in a function, and not waiting for people. */
  readonly busyExecutions: () => Promise<number>;
  /** Number of executions by status, such as RUNNING or FAILED. */
  readonly executions: () => Promise<Readonly<Record<string, number>>>;
  /**
   * Starts a state that hands a token to a function which refuses what else it is handed, and answers where the execution ended: `Named`
   * when Catch knew the error by its name, and undefined while it waits for a token that nobody will give back.
   */
  readonly failureOfAwaited: () => Promise<string | undefined>;
  /** Runs the sweep once, as its schedule does, and waits until it has ended. */
  readonly sweep: () => Promise<void>;
  readonly close: () => void;
};

const one = (names: readonly (string | undefined)[], part: string): string => {
  const [found, ...others] = names.filter((name) => name?.includes(part) === true);
  if (found === undefined || others.length > 0) {
    throw new Error(`Expected one name with "${part}" among: ${names.join(', ')}`);
  }
  return found;
};

/**
 * On AWS, TaskSubmitted follows when the function that was given the token has answered. The emulator stays at TaskScheduled, so
 * that an execution counts as waiting a moment too early: whoever waits for calm must see it more than once.
 */
const waitsForPeople = (event: HistoryEvent | undefined): boolean =>
  event?.type === 'TaskSubmitted' || event?.taskScheduledEventDetails?.resource?.endsWith('.waitForTaskToken') === true;

const busyCount = async (workflows: SFNClient, stateMachineArn: string): Promise<number> => {
  const running = await workflows.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));
  const waiting = await Promise.all(
    (running.executions ?? []).map(async ({ executionArn }) => {
      const question = new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 });
      return waitsForPeople((await workflows.send(question)).events?.[0]);
    }),
  );
  return waiting.filter((isWaiting) => !isWaiting).length;
};

const countByStatus = async (workflows: SFNClient, stateMachineArn: string): Promise<Record<string, number>> => {
  const { executions = [] } = await workflows.send(new ListExecutionsCommand({ stateMachineArn }));
  const counts: Record<string, number> = {};
  for (const { status = 'UNKNOWN' } of executions) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** As long as an execution may take that calls one function. */
const longestFailureMs = 10_000;

const failureOf = async (
  workflows: SFNClient,
  likeMachine: string,
  functionName: string,
): Promise<string | undefined> => {
  const { roleArn } = await workflows.send(new DescribeStateMachineCommand({ stateMachineArn: likeMachine }));
  // Its own machine is in the partition of the platform's.
  const [, partition] = likeMachine.split(':');
  const ended = (name: string) => ({ [name]: { Type: 'Pass', Result: name, End: true } });
  const definition = {
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::lambda:invoke.waitForTaskToken`,
        Parameters: { FunctionName: functionName, Payload: { 'taskToken.$': '$$.Task.Token' } },
        Catch: [
          { ErrorEquals: ['InvalidTaskInput'], Next: 'Named' },
          { ErrorEquals: ['States.ALL'], Next: 'Unnamed' },
        ],
        Next: 'Passed',
      },
      ...ended('Named'),
      ...ended('Unnamed'),
      ...ended('Passed'),
    },
  };
  const { stateMachineArn } = await workflows.send(
    new CreateStateMachineCommand({ name: 'fails', definition: JSON.stringify(definition), roleArn }),
  );
  const { executionArn } = await workflows.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
  for (const until = performance.now() + longestFailureMs; performance.now() < until; ) {
    const { output } = await workflows.send(new DescribeExecutionCommand({ executionArn }));
    if (output !== undefined) return String(JSON.parse(output));
    await sleep(100);
  }
  return undefined;
};

/** Finds the platform's tables, state machine and sweep in the emulator. */
export const openPlatformState = async (emulator: Emulator): Promise<PlatformState> => {
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = emulator.environment;
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  const tables = new DynamoDBClient(client);
  const workflows = new SFNClient(client);
  const functions = new LambdaClient(client);

  const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
  const roster = one(TableNames, 'TablesRoster');
  const audit = one(TableNames, 'TablesAudit');
  const { stateMachines = [] } = await workflows.send(new ListStateMachinesCommand({}));
  const review = one(
    stateMachines.map(({ stateMachineArn }) => stateMachineArn),
    'ClassifiedReview',
  );
  const { Functions = [] } = await functions.send(new ListFunctionsCommand({}));
  const names = Functions.map(({ FunctionName }) => FunctionName);
  const sweep = one(names, 'sweepFunction');
  const awaitNotice = one(names, 'awaitnotice');

  return {
    outboxItems: async () => {
      const found = await tables.send(
        new ScanCommand({
          TableName: roster,
          Select: 'COUNT',
          ConsistentRead: true,
          FilterExpression: 'begins_with(pk, :outbox)',
          ExpressionAttributeValues: { ':outbox': { S: 'OUTBOX#' } },
        }),
      );
      return found.Count ?? 0;
    },
    auditEntries: async () => {
      const found = await tables.send(new ScanCommand({ TableName: audit, Select: 'COUNT', ConsistentRead: true }));
      return found.Count ?? 0;
    },
    busyExecutions: () => busyCount(workflows, review),
    executions: () => countByStatus(workflows, review),
    failureOfAwaited: () => failureOf(workflows, review, awaitNotice),
    sweep: async () => {
      const answer = await functions.send(new InvokeCommand({ FunctionName: sweep, Payload: Buffer.from('{}') }));
      if (answer.FunctionError !== undefined) {
        throw new Error(`The sweep failed: ${Buffer.from(answer.Payload ?? []).toString('utf8')}`);
      }
    },
    close: () => {
      tables.destroy();
      workflows.destroy();
      functions.destroy();
    },
  };
};
