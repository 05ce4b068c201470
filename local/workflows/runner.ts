import { AsyncLocalStorage } from 'node:async_hooks';
import type { StateMachine } from 'aws-local-stepfunctions';
import { startFailureFrom } from '../start-failure.ts';
import type { RunnerParts, WorkflowContext } from './context.ts';
import { definitionFrom, type PreparedMachine } from './definition.ts';
import { fireSleeps, interpreterTime } from './interpreter-time.ts';
import type { Execution, Step, StepEnd } from './journal.ts';
import { loadInterpreter } from './library.ts';
import { contextOf, type Json, jsonFrom, openRun, type Run } from './run.ts';
import { deliver, performTask } from './tasks.ts';

type End = Pick<Execution, 'status' | 'output' | 'error' | 'cause'>;

/** Moves executions on. */
export type Runner = {
  /** Goes on with an execution, or does nothing if it is being gone on with. */
  readonly activate: (arn: string) => void;
  /** Ends a step and goes on; false if the step had ended before. */
  readonly endStep: (step: Step, end: StepEnd) => boolean;
  readonly finish: (arn: string, end: End) => void;
  /** Does what has become due: waits that are over, timeouts, missed heartbeats. */
  readonly wake: () => void;
  /** Sets the alarm for what becomes due next. */
  readonly rearm: () => void;
  readonly stop: () => void;
};

/** Waiting for something this near counts as being under way: a retry will happen by itself in a moment. */
const soonMs = 15_000;
const transitionEvents = new Set(['StateEntered', 'StateRetried']);

type Prepared = ReadonlyMap<string, { readonly machine: PreparedMachine; readonly interpreter: StateMachine }>;

const prepare = (machines: readonly PreparedMachine[], Interpreter: typeof StateMachine): Prepared =>
  new Map(
    machines.map((machine) => {
      try {
        void new Interpreter(definitionFrom(machine.original), {
          validationOptions: { checkArn: true, checkPaths: true },
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown';
        throw startFailureFrom(error, `The state machine ${machine.name}: ${reason}`, 'Mend its definition.');
      }
      return [
        machine.arn,
        { machine, interpreter: new Interpreter(machine.definition, { validationOptions: { noValidate: true } }) },
      ];
    }),
  );

/** Puts down the events that this pass has added, and the execution as waiting for something outside itself. */
const keepEvents = ({ journal, clock }: WorkflowContext, run: Run): void => {
  const { arn } = run.execution;
  // A wait in a branch that has been given up is not come upon again; left open it would wake the execution for ever.
  for (const [ordinal, { due, over }] of run.sleeps)
    if (over === 0 && due <= clock.now() && !run.sleepTimers.has(ordinal)) journal.endSleep(arn, ordinal);
  const events = run.newEvents.map((event) => JSON.stringify(event));
  const transitions = run.newEvents.filter(({ type }) => transitionEvents.has(type)).length;
  journal.park(arn, events, run.knownEvents, transitions);
};

const close = ({ active }: WorkflowContext, run: Run): void => {
  run.closed = true;
  active.delete(run.execution.arn);
  run.abort();
  setImmediate(run.end);
};

const follow = async (run: Run, events: AsyncIterable<{ readonly type: string }>): Promise<void> => {
  for await (const event of events) {
    if (run.closed) return;
    run.seenEvents += 1;
    if (run.seenEvents > run.knownEvents) run.newEvents.push(event);
  }
};

const endOf = async (result: Promise<Json>): Promise<End> => {
  try {
    return { status: 'SUCCEEDED', output: JSON.stringify(await result), error: null, cause: null };
  } catch (failure) {
    const error = failure instanceof Error && failure.cause instanceof Error ? failure.cause : failure;
    const [name, message] = error instanceof Error ? [error.name, error.message] : ['States.Runtime', String(error)];
    return { status: 'FAILED', output: null, error: name, cause: message };
  }
};

const conclude = async (
  context: WorkflowContext,
  run: Run,
  result: Promise<Json>,
  followed: Promise<void>,
): Promise<void> => {
  const end = await endOf(result);
  await followed;
  if (run.closed || context.stopped) return;
  // The end first: parked and not ended, the execution would wait for ever if the process were killed in between.
  context.journal.finish(run.execution.arn, end, context.clock.now());
  keepEvents(context, run);
  close(context, run);
};

/** Begins a pass of the interpreter over an execution, unless there is one or the execution has ended. */
const beginPass = (context: WorkflowContext, prepared: Prepared, arn: string): void => {
  const { journal, active, activity, current } = context;
  if (context.stopped || active.has(arn)) return;
  const execution = journal.execution(arn);
  const found = prepared.get(execution?.machine ?? '');
  if (execution === undefined || found === undefined || execution.status !== 'RUNNING') return;
  const journaled = { steps: journal.steps(arn), sleeps: journal.sleeps(arn), events: journal.countEvents(arn) };
  const run = openRun(execution, found.machine, journaled, activity.begin());
  active.set(arn, run);
  current.run(run, () => {
    const handlers = [...found.machine.tasks.values()].map(
      (task) => [task.state, (input: Json) => performTask(context, task, input)] as const,
    );
    const started = found.interpreter.run(jsonFrom(execution.input), {
      context: contextOf(run),
      noThrowOnAbort: true,
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
    });
    run.abort = started.abort;
    void conclude(context, run, started.result, follow(run, started.eventLogs));
  });
  context.settle(run);
};

/** Does what has become due by the virtual clock. */
const wakeDue = (context: WorkflowContext, { activate, finish }: Pick<Runner, 'activate' | 'finish'>): void => {
  const { journal, active, current, endStep } = context;
  const now = context.clock.now();
  for (const arn of journal.dueExecutions(now))
    finish(arn, { status: 'TIMED_OUT', output: null, error: null, cause: null });
  for (const step of journal.dueHeartbeats(now))
    endStep(step, { status: 'failed', error: 'States.HeartbeatTimeout', cause: 'No heartbeat was received in time.' });
  for (const step of journal.dueTimeouts(now)) endStep(step, { status: 'timed-out' });
  for (const arn of journal.dueSleeps(now)) {
    const run = active.get(arn);
    if (run === undefined) activate(arn);
    else current.run(run, () => fireSleeps(context, run));
  }
};

/** Makes the runner. Throws StartFailure for a definition that the language does not allow. */
export const createRunner = (machines: readonly PreparedMachine[], parts: RunnerParts): Runner => {
  const { journal, clock, activity } = parts;
  const active = new Map<string, Run>();

  /** The interpreter itself waits for nothing but microtasks: what has not gone on by the next turn is waiting. */
  const settle = (run: Run): void => {
    setImmediate(() => {
      if (run.closed || context.stopped || run.pending > 0) return;
      keepEvents(context, run);
      close(context, run);
    });
  };

  const endStep: Runner['endStep'] = (step, end) => {
    if (!journal.endStep(step, end)) return false;
    const run = active.get(step.execution);
    const held = run?.steps.get(step.key);
    if (run === undefined || held === undefined) activate(step.execution);
    else deliver(context, run, Object.assign(held, end));
    return true;
  };

  const finish: Runner['finish'] = (arn, end) => {
    journal.finish(arn, end, clock.now());
    const run = active.get(arn);
    if (run === undefined) return;
    keepEvents(context, run);
    close(context, run);
  };

  const alarm = clock.alarm(() => wake());
  const rearm = (): void => {
    if (!context.stopped) alarm.setFor(journal.nextDue());
  };

  const context: WorkflowContext = {
    ...parts,
    active,
    current: new AsyncLocalStorage<Run>(),
    stopped: false,
    rearm,
    settle,
    endStep,
  };
  const prepared = prepare(machines, loadInterpreter(interpreterTime(context)));
  const activate = (arn: string): void => beginPass(context, prepared, arn);
  const wake = (): void => {
    if (context.stopped) return;
    wakeDue(context, { activate, finish });
    rearm();
  };

  activity.unlessPending(() => {
    const due = journal.nextDue();
    return due !== undefined && due <= clock.now() + soonMs;
  });

  return {
    activate,
    endStep,
    finish,
    wake,
    rearm,
    stop: () => {
      context.stopped = true;
      alarm.setFor(undefined);
      for (const run of active.values()) close(context, run);
    },
  };
};
