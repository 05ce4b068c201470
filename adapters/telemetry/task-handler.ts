import { z } from 'zod';
import { CorrelationId } from '../../domain/events/event.ts';
import { withCorrelation } from './correlation.ts';
import { createLog, type Log, type LogIds } from './log.ts';
import { type Counters, createMetrics } from './metrics.ts';
import { isTransient, retryableErrorName } from './transient.ts';

/** What is known of one invocation. */
interface Invocation {
  requestId: string;
  log: Log;
  metrics: Counters;
}

export interface TaskDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  /** Name of the function, as in contracts/environment.ts. */
  task: string;
  input: Input;
  output: Output;
  /** Which ids of the input belong in every log line. */
  ids?: (input: z.output<Input>) => LogIds;
  log?: Log;
  metrics?: Counters;
  handle(input: z.output<Input>, invocation: Invocation): Promise<z.input<Output>>;
}

/**
 * An error as the workflow may see it: a name to match in Retry and Catch, and where to look. The first message stays behind: it
 * could hold personal data, and execution histories are kept.
 */
class TaskFailure extends Error {
  override readonly name: string;
  constructor(name: string, task: string, requestId: string) {
    super(`${task} failed; the log of request ${requestId} says where`);
    this.name = name;
  }
}

const placesOf = (error: z.ZodError): string =>
  error.issues.map(({ path, code }) => `/${path.map(String).join('/')} ${code}`).join('; ');

/** A fault of the contract between workflow and task. Its text names places and kinds of faults only. */
class ContractFault extends Error {
  override readonly name: 'InvalidTaskInput' | 'InvalidTaskOutput';
  readonly loggable: string;
  constructor(name: 'InvalidTaskInput' | 'InvalidTaskOutput', error: z.ZodError) {
    super(name);
    this.name = name;
    this.loggable = placesOf(error);
  }
}

const Correlated = z.looseObject({ correlationId: CorrelationId });
const correlationIn = (input: unknown): string | null => Correlated.safeParse(input).data?.correlationId ?? null;

const run = async <Input extends z.ZodType, Output extends z.ZodType>(
  definition: TaskDefinition<Input, Output>,
  event: unknown,
  invocation: Invocation,
): Promise<z.output<Output>> => {
  const input = definition.input.safeParse(event);
  if (!input.success) throw new ContractFault('InvalidTaskInput', input.error);
  const correlationId = correlationIn(input.data);
  const ids = { ...definition.ids?.(input.data), ...(correlationId === null ? {} : { correlationId }) };
  const log = invocation.log.with(ids);
  const began = performance.now();
  log.write('TASK_STARTED');
  const output = definition.output.safeParse(
    await withCorrelation(correlationId, () => definition.handle(input.data, { ...invocation, log })),
  );
  if (!output.success) throw new ContractFault('InvalidTaskOutput', output.error);
  log.write('TASK_COMPLETED', { durationMs: Math.round(performance.now() - began) });
  return output.data;
};

const report = (error: unknown, { log, metrics }: Invocation): string => {
  const name = error instanceof Error ? error.name : 'Error';
  if (isTransient(error)) {
    log.write('STORE_UNAVAILABLE', {}, error);
    metrics.count('StoreUnavailable');
    return retryableErrorName;
  }
  if (name === 'InvalidTaskInput') log.write('TASK_INPUT_REFUSED', {}, error);
  else if (name === 'InvalidTaskOutput') log.write('TASK_OUTPUT_REFUSED', {}, error);
  else log.write('UNEXPECTED_ERROR', {}, error);
  metrics.count('UnexpectedErrors');
  return name;
};

/**
 * Makes the handler of a function that no person calls: a task of a workflow, the relay, the sweep. Input and output are parsed.
 * Nothing is swallowed, since Retry and Catch can only act on what they see: what may pass by itself is thrown as
 * `RetryableError`, everything else under its own name, each logged once, with the message left out.
 */
export const taskHandler = <Input extends z.ZodType, Output extends z.ZodType>(
  definition: TaskDefinition<Input, Output>,
) => {
  const ownLog = definition.log ?? createLog();
  const metrics = definition.metrics ?? createMetrics();
  return async (event: unknown, context: { awsRequestId: string }): Promise<z.output<Output>> => {
    const { awsRequestId: requestId } = context;
    const invocation = { requestId, metrics, log: ownLog.with({ requestId, task: definition.task }) };
    try {
      return await run(definition, event, invocation);
    } catch (error) {
      // biome-ignore lint/style/useErrorCause: the cause may hold personal data, and the runtime would print it
      throw new TaskFailure(report(error, invocation), definition.task, requestId);
    } finally {
      metrics.flush();
    }
  };
};
