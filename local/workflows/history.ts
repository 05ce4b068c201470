import { z } from 'zod';

const Event = z.looseObject({
  type: z.string(),
  timestamp: z.number(),
  state: z
    .looseObject({ name: z.string(), type: z.string(), input: z.unknown(), output: z.unknown().optional() })
    .optional(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  Error: z.string().optional(),
  Cause: z.unknown().optional(),
});

export type HistoryEvent = {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** Details by the interpreter's event type, under the names of the Step Functions API. */
const detailed = (event: z.infer<typeof Event>): { type: string; details: object } => {
  const { state } = event;
  const failure = { error: event.Error, cause: text(event.Cause) };
  if (event.type === 'StateEntered' && state)
    return {
      type: `${state.type}StateEntered`,
      details: { stateEnteredEventDetails: { name: state.name, input: text(state.input) } },
    };
  if (event.type === 'StateExited' && state)
    return {
      type: `${state.type}StateExited`,
      details: { stateExitedEventDetails: { name: state.name, output: text(state.output) } },
    };
  if (event.type === 'StateFailed') return { type: 'TaskFailed', details: { taskFailedEventDetails: failure } };
  if (event.type === 'StateRetried') return { type: 'TaskScheduled', details: {} };
  if (event.type === 'ExecutionStarted')
    return { type: event.type, details: { executionStartedEventDetails: { input: text(event.input) } } };
  if (event.type === 'ExecutionSucceeded')
    return { type: event.type, details: { executionSucceededEventDetails: { output: text(event.output) } } };
  if (event.type === 'ExecutionFailed') return { type: event.type, details: { executionFailedEventDetails: failure } };
  return { type: event.type, details: {} };
};

/** The interpreter's events in the form of GetExecutionHistory: enough to follow an execution from state to state. */
export const historyOf = (events: readonly unknown[]): HistoryEvent[] =>
  events.map((raw, index) => {
    const event = Event.parse(raw);
    const { type, details } = detailed(event);
    return { id: index + 1, previousEventId: index, timestamp: event.timestamp / 1000, type, ...details };
  });
