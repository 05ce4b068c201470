import { createHash } from 'node:crypto';
import type { StateMachine } from 'aws-local-stepfunctions';
import { z } from 'zod';
import type { PreparedMachine, TaskDefinition } from './definition.ts';
import type { Execution, Sleep, Step } from './journal.ts';

type RunOptions = NonNullable<Parameters<StateMachine['run']>[1]>;
export type Json = Parameters<StateMachine['run']>[0];

const JsonValue = z.custom<Json>();

/** The value of a JSON text. */
export const jsonFrom = (text: string): Json => JsonValue.parse(JSON.parse(text));

/** Stands in a task's input where its token goes; put in before the function is called. */
export const tokenPlaceholder = '\u0000task token\u0000';

export type TaskOutcome = { readonly resolve: (result: Json) => void; readonly reject: (error: Error) => void };

/**
 * One pass of the interpreter over an execution, from its start. What the journal knows is answered from it, so the pass
 * arrives, without calling anything twice, where the last one stopped; there it works or waits. When all it does is wait, it is
 * let go: the journal holds everything that a later pass needs.
 */
export type Run = {
  readonly execution: Execution;
  readonly machine: PreparedMachine;
  readonly steps: Map<string, Step>;
  readonly sleeps: Map<number, Sleep>;
  /** How often each state (or, in a Map, each input of it) has come up in this pass. */
  readonly occurrences: Map<string, number>;
  sleepCount: number;
  /** Calls of functions under way. */
  pending: number;
  /** Tasks the interpreter waits for in this pass. */
  readonly outcomes: Map<string, TaskOutcome>;
  readonly taskTimers: Map<string, () => void>;
  readonly sleepTimers: Map<number, { readonly due: number; readonly callback: () => void }>;
  /** The task whose handler was called a moment ago: the next timer is its timeout. */
  opening: Step | undefined;
  /** Set when the pass is let go or over; whatever the interpreter still does then has no effect. */
  closed: boolean;
  /** Events already in the journal, which this pass repeats, and those it adds. */
  readonly knownEvents: number;
  seenEvents: number;
  readonly newEvents: { readonly type: string }[];
  abort: () => void;
  readonly end: () => void;
};

export const openRun = (
  execution: Execution,
  machine: PreparedMachine,
  journaled: { readonly steps: readonly Step[]; readonly sleeps: readonly Sleep[]; readonly events: number },
  end: () => void,
): Run => ({
  execution,
  machine,
  steps: new Map(journaled.steps.map((step) => [step.key, step])),
  sleeps: new Map(journaled.sleeps.map((sleep) => [sleep.ordinal, sleep])),
  occurrences: new Map(),
  sleepCount: 0,
  pending: 0,
  outcomes: new Map(),
  taskTimers: new Map(),
  sleepTimers: new Map(),
  opening: undefined,
  closed: false,
  knownEvents: journaled.events,
  seenEvents: 0,
  newEvents: [],
  abort: () => undefined,
  end,
});

/**
 * Names one run of a task so that every pass gives it the same name: the how-manieth time its state comes up; inside a Map, where the
 * order may differ from pass to pass, the how-manieth time with this input.
 */
export const stepKey = (run: Run, task: TaskDefinition, input: Json): string => {
  const place = task.repeated
    ? `${task.state}#${createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 16)}`
    : task.state;
  const occurrence = run.occurrences.get(place) ?? 0;
  run.occurrences.set(place, occurrence + 1);
  return `${place}#${occurrence}`;
};

/** The context object (`$$`) of an execution. */
export const contextOf = ({ execution, machine }: Run): NonNullable<RunOptions['context']> => ({
  Execution: { Id: execution.arn, Name: execution.name },
  StateMachine: { Id: machine.arn, Name: machine.name },
  Task: { Token: tokenPlaceholder },
  Run: { StartTime: new Date(execution.startedAt).toISOString() },
});

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withToken = (value: Json, token: string): Json => {
  if (typeof value === 'string') return value.replaceAll(tokenPlaceholder, () => token);
  if (Array.isArray(value)) return value.map((item) => withToken(item, token));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withToken(item, token)]));
};

/** The function a task calls, and the event it hands over as JSON text. */
export const callOf = (
  task: TaskDefinition,
  step: Step,
  input: Json,
): { readonly functionName: string; readonly event: string } => {
  const filled = step.token === null ? input : withToken(input, step.token);
  if (task.functionName !== undefined) return { functionName: task.functionName, event: JSON.stringify(filled) };
  const { FunctionName, Payload } = isObject(filled) ? filled : {};
  return { functionName: typeof FunctionName === 'string' ? FunctionName : '', event: JSON.stringify(Payload ?? {}) };
};

/** What the state gets from a function that has answered: through lambda:invoke, the answer in an envelope. */
export const resultOf = (task: TaskDefinition, payload: string): string =>
  task.kind === 'function'
    ? payload
    : JSON.stringify({
        ExecutedVersion: '$LATEST',
        Payload: jsonFrom(payload),
        SdkHttpMetadata: { HttpStatusCode: 200 },
        StatusCode: 200,
      });

/** An error as ASL's Retry and Catch see it: matched by its name. */
export const taskError = (name: string, cause: string): Error => {
  const error = new Error(cause);
  error.name = name;
  return error;
};
