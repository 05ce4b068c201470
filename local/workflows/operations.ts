import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { PreparedMachine } from './definition.ts';
import { historyOf } from './history.ts';
import { type Execution, executionStatuses, isTokenShaped, type Journal, type Step } from './journal.ts';
import type { Runner } from './runner.ts';

/** An error of the Step Functions API; `type` is its name there. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** Largest input or output of a state, in bytes of UTF-8. */
const payloadLimit = 256 * 1024;
const pageSize = 100;

const payload = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= payloadLimit, { error: `must be at most ${payloadLimit} bytes` });
const ExecutionName = z.string().regex(/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u);

const StartExecution = z.looseObject({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: payload.default('{}'),
});
const OneMachine = z.looseObject({ stateMachineArn: z.string() });
const OneExecution = z.looseObject({ executionArn: z.string() });
const StopExecution = OneExecution.extend({
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const TaskToken = z.looseObject({ taskToken: z.string() });
const SendTaskSuccess = TaskToken.extend({ output: payload });
const SendTaskFailure = TaskToken.extend({
  error: z.string().max(256).default(''),
  cause: z.string().max(32_768).default(''),
});
const ListExecutions = z.looseObject({
  stateMachineArn: z.string().optional(),
  statusFilter: z.enum(executionStatuses).optional(),
  maxResults: z.int().min(0).max(1000).default(0),
  nextToken: z.string().regex(/^\d+$/u).optional(),
});
const History = OneExecution.extend({
  maxResults: z.int().min(0).max(1000).default(0),
  reverseOrder: z.boolean().default(false),
  nextToken: z.string().regex(/^\d+$/u).optional(),
});

export type WorkflowParts = {
  readonly machines: readonly PreparedMachine[];
  readonly journal: Journal;
  readonly runner: Runner;
  readonly clock: Clock;
};

const seconds = (ms: number): number => ms / 1000;

const described = (execution: Execution) => ({
  executionArn: execution.arn,
  stateMachineArn: execution.machine,
  name: execution.name,
  status: execution.status,
  startDate: seconds(execution.startedAt),
  ...(execution.stoppedAt === null ? {} : { stopDate: seconds(execution.stoppedAt) }),
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

type Operations = Readonly<Record<string, (input: unknown) => unknown>>;

const parse = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new WorkflowError('ValidationException', z.prettifyError(parsed.error));
  return parsed.data;
};

const findExecution = (journal: Journal, arn: string): Execution => {
  const execution = journal.execution(arn);
  if (execution === undefined) throw new WorkflowError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
};

const findMachine = (machines: readonly PreparedMachine[], arn: string): PreparedMachine => {
  const machine = machines.find((candidate) => candidate.arn === arn);
  if (machine === undefined)
    throw new WorkflowError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
};

const spent = (): WorkflowError =>
  new WorkflowError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");

/** The step a token belongs to, if it can still be answered. */
const findOpenStep = (journal: Journal, token: string): Step => {
  const step = journal.stepByToken(token);
  if (step === undefined && !isTokenShaped(token))
    throw new WorkflowError('InvalidToken', "Invalid Token: 'Invalid token'");
  if (step === undefined)
    throw new WorkflowError('TaskDoesNotExist', "Task does not exist: 'The token belongs to no task'");
  if (step.status !== 'open' && step.status !== 'waiting') throw spent();
  return step;
};

/** StartExecution, StopExecution. */
const executionOperations = ({ machines, journal, runner, clock }: WorkflowParts): Operations => {
  const start = (input: unknown): unknown => {
    const request = parse(StartExecution, input);
    const machine = findMachine(machines, request.stateMachineArn);
    const name = request.name ?? randomUUID();
    if (!ExecutionName.safeParse(name).success) throw new WorkflowError('InvalidName', `Invalid Name: '${name}'`);
    if (!isJson(request.input)) throw new WorkflowError('InvalidExecutionInput', 'The input is not JSON');
    const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const found = journal.execution(arn);
    if (found !== undefined) {
      // AWS answers a repeated start of a running execution with the first one's answer, if the input is the same.
      if (found.status === 'RUNNING' && found.input === request.input)
        return { executionArn: arn, startDate: seconds(found.startedAt) };
      throw new WorkflowError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const startedAt = clock.now();
    const timeoutDue = machine.timeoutSeconds === undefined ? null : startedAt + machine.timeoutSeconds * 1000;
    journal.start({ arn, machine: machine.arn, name, input: request.input, startedAt, timeoutDue });
    if (timeoutDue !== null) runner.rearm();
    runner.activate(arn);
    return { executionArn: arn, startDate: seconds(startedAt) };
  };

  const stop = (input: unknown): unknown => {
    const { executionArn, error = null, cause = null } = parse(StopExecution, input);
    if (findExecution(journal, executionArn).status === 'RUNNING')
      runner.finish(executionArn, { status: 'ABORTED', output: null, error, cause });
    return { stopDate: seconds(findExecution(journal, executionArn).stoppedAt ?? clock.now()) };
  };

  return { StartExecution: start, StopExecution: stop };
};

/** SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat. */
const tokenOperations = ({ journal, runner, clock }: WorkflowParts): Operations => {
  const succeed = (input: unknown): unknown => {
    const { taskToken, output } = parse(SendTaskSuccess, input);
    const step = findOpenStep(journal, taskToken);
    if (!isJson(output)) throw new WorkflowError('InvalidOutput', "Invalid Output: 'The output is not JSON'");
    if (!runner.endStep(step, { status: 'succeeded', output })) throw spent();
    return {};
  };

  const fail = (input: unknown): unknown => {
    const { taskToken, error, cause } = parse(SendTaskFailure, input);
    if (!runner.endStep(findOpenStep(journal, taskToken), { status: 'failed', error, cause })) throw spent();
    return {};
  };

  const heartbeat = (input: unknown): unknown => {
    const step = findOpenStep(journal, parse(TaskToken, input).taskToken);
    if (step.heartbeatSeconds !== null) {
      journal.setHeartbeat(step, clock.now() + step.heartbeatSeconds * 1000);
      runner.rearm();
    }
    return {};
  };

  return { SendTaskSuccess: succeed, SendTaskFailure: fail, SendTaskHeartbeat: heartbeat };
};

/** Whatever only looks. */
const readOperations = ({ machines, journal }: WorkflowParts): Operations => {
  const list = (input: unknown): unknown => {
    const { stateMachineArn, statusFilter, maxResults, nextToken } = parse(ListExecutions, input);
    const limit = maxResults === 0 ? pageSize : maxResults;
    const offset = Number(nextToken ?? 0);
    const found = journal.list({ machine: stateMachineArn, status: statusFilter, limit: limit + 1, offset });
    return {
      executions: found.slice(0, limit).map(described),
      ...(found.length > limit ? { nextToken: String(offset + limit) } : {}),
    };
  };

  const history = (input: unknown): unknown => {
    const { executionArn, maxResults, reverseOrder, nextToken } = parse(History, input);
    findExecution(journal, executionArn);
    const events = historyOf(journal.events(executionArn));
    if (reverseOrder) events.reverse();
    const limit = maxResults === 0 ? pageSize : maxResults;
    const offset = Number(nextToken ?? 0);
    return {
      events: events.slice(offset, offset + limit),
      ...(events.length > offset + limit ? { nextToken: String(offset + limit) } : {}),
    };
  };

  const describe = (input: unknown): unknown => {
    const execution = findExecution(journal, parse(OneExecution, input).executionArn);
    const { output, error, cause } = execution;
    const ends = Object.fromEntries(Object.entries({ output, error, cause }).filter(([, value]) => value !== null));
    return { ...described(execution), input: execution.input, ...ends };
  };

  const describeMachine = (input: unknown): unknown => {
    const { arn, name, original } = findMachine(machines, parse(OneMachine, input).stateMachineArn);
    return { stateMachineArn: arn, name, status: 'ACTIVE', type: 'STANDARD', definition: original };
  };

  return {
    DescribeExecution: describe,
    ListExecutions: list,
    GetExecutionHistory: history,
    DescribeStateMachine: describeMachine,
    ListStateMachines: () => ({
      stateMachines: machines.map(({ arn, name }) => ({ stateMachineArn: arn, name, type: 'STANDARD' })),
    }),
  };
};

/** The operations of Step Functions, by name: each takes the request's JSON and gives the answer's, or throws a WorkflowError. */
export const workflowOperations = (parts: WorkflowParts): Operations => ({
  ...executionOperations(parts),
  ...tokenOperations(parts),
  ...readOperations(parts),
});
