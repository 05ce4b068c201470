import type { InvocationResult } from '../lambda/protocol.ts';
import { functionNameOf } from '../template/platform-model.ts';
import type { WorkflowContext } from './context.ts';
import type { TaskDefinition } from './definition.ts';
import type { Step } from './journal.ts';
import { callOf, type Json, jsonFrom, type Run, resultOf, stepKey, taskError } from './run.ts';

const never = (): Promise<never> => new Promise(() => undefined);

/** Gives the interpreter, in a pass under way, what a step has ended with. */
export const deliver = ({ settle }: WorkflowContext, run: Run, step: Step): void => {
  const outcome = run.outcomes.get(step.key);
  run.outcomes.delete(step.key);
  if (step.status === 'succeeded') outcome?.resolve(jsonFrom(step.output ?? 'null'));
  else if (step.status === 'failed') outcome?.reject(taskError(step.error ?? '', step.cause ?? ''));
  else if (step.status === 'timed-out') run.taskTimers.get(step.key)?.();
  run.taskTimers.delete(step.key);
  settle(run);
};

const invoke = ({ pool }: WorkflowContext, functionName: string, event: string): Promise<InvocationResult> =>
  pool.invoke(functionNameOf(functionName), event).catch((error: unknown) => ({
    ok: false,
    error: {
      errorType: 'Lambda.ResourceNotFoundException',
      errorMessage: error instanceof Error ? error.message : String(error),
    },
  }));

/** Calls a task's function. A step that waits for its token is then only marked as waiting: someone else ends it. */
const call = async (
  context: WorkflowContext,
  run: Run,
  step: Step,
  task: TaskDefinition,
  input: Json,
): Promise<void> => {
  const { journal, endStep, settle } = context;
  run.pending += 1;
  const { functionName, event } = callOf(task, step, input);
  const result = await invoke(context, functionName, event);
  run.pending -= 1;
  if (run.closed) return;
  if (!result.ok)
    endStep(step, { status: 'failed', error: result.error.errorType, cause: JSON.stringify(result.error) });
  else if (task.kind !== 'invoke-and-wait')
    endStep(step, { status: 'succeeded', output: resultOf(task, result.payload) });
  else {
    journal.markWaiting(step);
    if (step.status === 'open') step.status = 'waiting';
  }
  settle(run);
};

const openStep = ({ journal, clock }: WorkflowContext, run: Run, task: TaskDefinition, key: string): Step => {
  const kept = run.steps.get(key);
  if (kept !== undefined) return kept;
  const { state, heartbeatSeconds = null } = task;
  const step = { execution: run.execution.arn, key, state, startedAt: clock.now(), heartbeatSeconds };
  const added = journal.addStep(step, task.kind === 'invoke-and-wait');
  run.steps.set(key, added);
  return added;
};

/** Does a task, once over all passes: what the journal knows is answered from it, what it does not know is called. */
export const performTask = (context: WorkflowContext, task: TaskDefinition, input: Json): Promise<Json> => {
  const run = context.current.getStore();
  if (run === undefined || run.closed) return never();
  const step = openStep(context, run, task, stepKey(run, task, input));
  run.opening = step;
  queueMicrotask(() => {
    run.opening = undefined;
  });
  if (step.status === 'succeeded') return Promise.resolve(jsonFrom(step.output ?? 'null'));
  if (step.status === 'failed') return Promise.reject(taskError(step.error ?? '', step.cause ?? ''));
  const outcome = new Promise<Json>((resolve, reject) => run.outcomes.set(step.key, { resolve, reject }));
  if (step.status === 'open') void call(context, run, step, task, input);
  if (step.heartbeatDue !== null) context.rearm();
  return outcome;
};
