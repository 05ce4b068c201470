import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { StateStore } from '../state-folder.ts';
import { prepareStatements } from './journal-statements.ts';

export const executionStatuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

const Execution = z.object({
  arn: z.string(),
  machine: z.string(),
  name: z.string(),
  input: z.string(),
  status: z.enum(executionStatuses),
  startedAt: z.number(),
  stoppedAt: z.number().nullable(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  timeoutDue: z.number().nullable(),
  transitions: z.int(),
});
/** One execution of a state machine. Times are virtual milliseconds since the epoch. */
export type Execution = z.infer<typeof Execution>;

const Step = z.object({
  execution: z.string(),
  key: z.string(),
  state: z.string(),
  status: z.enum(['open', 'waiting', 'succeeded', 'failed', 'timed-out']),
  token: z.string().nullable(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  startedAt: z.number(),
  timeoutDue: z.number().nullable(),
  heartbeatDue: z.number().nullable(),
  heartbeatSeconds: z.number().nullable(),
});
/**
 * One run of a task. `open` from before its function is called; `waiting` from when the function has returned and only the token is
 * missing; then one of the ends, which never changes any more.
 */
export type Step = z.infer<typeof Step>;
export type StepEnd =
  | { readonly status: 'succeeded'; readonly output: string }
  | { readonly status: 'failed'; readonly error: string; readonly cause: string }
  | { readonly status: 'timed-out' };

const Sleep = z.object({ ordinal: z.int(), due: z.number(), over: z.int() });
export type Sleep = z.infer<typeof Sleep>;

const Due = z.object({ due: z.number().nullable() });
const Total = z.object({ name: z.string(), total: z.int() });
const Arn = z.object({ arn: z.string() });

/** Task tokens of AWS are opaque and long (they have been seen above 600 characters): whoever stores one must have room for it. */
const newToken = (): string => `AQCEAAAAKgAAAAMAAAAA${randomBytes(480).toString('base64')}`;

/** Whether a text could be a token at all. */
export const isTokenShaped = (text: string): boolean => /^AQCEAAAAKgAAAAMAAAAA[A-Za-z0-9+/=]{640}$/u.test(text);

export type Journal = ReturnType<typeof openJournal>;

/**
 * The journal of all executions: what was started, what each task answered, which tokens are out, when to wake. An entry is
 * durable when its function returns, so that whatever was acknowledged can be replayed.
 */
export const openJournal = ({ database }: StateStore) => {
  const statements = prepareStatements(database);

  const together = (work: () => void): void => {
    database.exec('BEGIN');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  const arns = (rows: unknown): readonly string[] =>
    z
      .array(Arn)
      .parse(rows)
      .map(({ arn }) => arn);

  return {
    start: (execution: Pick<Execution, 'arn' | 'machine' | 'name' | 'input' | 'startedAt' | 'timeoutDue'>): void => {
      const { arn, machine, name, input, startedAt, timeoutDue } = execution;
      statements.insert.run(arn, machine, name, input, 'RUNNING', startedAt, timeoutDue);
    },
    execution: (arn: string): Execution | undefined => Execution.optional().parse(statements.byArn.get(arn)),
    /** Executions that were doing something when the platform ended. */
    toRun: (): readonly string[] => arns(statements.toRun.all()),
    finish: (arn: string, end: Pick<Execution, 'status' | 'output' | 'error' | 'cause'>, now: number): void =>
      together(() => {
        statements.finish.run(end.status, now, end.output, end.error, end.cause, arn);
        statements.endSleeps.run(arn);
        statements.closeSteps.run(arn);
      }),
    /** Notes the events since the last time, and that the execution waits for something outside itself. */
    park: (arn: string, events: readonly string[], firstOrdinal: number, transitions: number): void =>
      together(() => {
        for (const [index, event] of events.entries()) statements.addEvent.run(arn, firstOrdinal + index, event);
        statements.park.run(1, transitions, arn);
      }),
    steps: (arn: string): readonly Step[] => z.array(Step).parse(statements.steps.all(arn)),
    addStep: (
      step: Pick<Step, 'execution' | 'key' | 'state' | 'startedAt' | 'heartbeatSeconds'>,
      withToken: boolean,
    ): Step => {
      const token = withToken ? newToken() : null;
      const heartbeatDue = step.heartbeatSeconds === null ? null : step.startedAt + step.heartbeatSeconds * 1000;
      statements.addStep.run(
        step.execution,
        step.key,
        step.state,
        token,
        step.startedAt,
        heartbeatDue,
        step.heartbeatSeconds,
      );
      return { ...step, status: 'open', token, output: null, error: null, cause: null, timeoutDue: null, heartbeatDue };
    },
    stepByToken: (token: string): Step | undefined => Step.optional().parse(statements.byToken.get(token)),
    markWaiting: ({ execution, key }: Step): void => void statements.waiting.run(execution, key),
    /** Ends a step, once: false if it had ended before. In the same breath its execution is marked as one to go on with. */
    endStep: ({ execution, key }: Step, end: StepEnd): boolean => {
      let ended = false;
      together(() => {
        const output = end.status === 'succeeded' ? end.output : null;
        const [error, cause] = end.status === 'failed' ? [end.error, end.cause] : [null, null];
        ended = statements.endStep.run(end.status, output, error, cause, execution, key).changes === 1;
        if (ended) statements.park.run(0, 0, execution);
      });
      return ended;
    },
    setStepTimeout: ({ execution, key }: Step, due: number): void =>
      void statements.stepTimeout.run(due, execution, key),
    setHeartbeat: ({ execution, key }: Step, due: number): void => void statements.heartbeat.run(due, execution, key),
    sleeps: (arn: string): readonly Sleep[] => z.array(Sleep).parse(statements.sleeps.all(arn)),
    addSleep: (arn: string, ordinal: number, due: number): void => void statements.addSleep.run(arn, ordinal, due),
    endSleep: (arn: string, ordinal: number): void => void statements.endSleep.run(arn, ordinal),
    countEvents: (arn: string): number => Due.parse(statements.countEvents.get(arn)).due ?? 0,
    events: (arn: string): readonly unknown[] =>
      z
        .array(z.object({ event: z.string() }))
        .parse(statements.events.all(arn))
        .map(({ event }): unknown => JSON.parse(event)),
    dueSleeps: (now: number): readonly string[] => arns(statements.dueSleeps.all(now)),
    dueExecutions: (now: number): readonly string[] => arns(statements.dueExecutions.all(now)),
    dueTimeouts: (now: number): readonly Step[] => z.array(Step).parse(statements.dueTimeouts.all(now)),
    dueHeartbeats: (now: number): readonly Step[] => z.array(Step).parse(statements.dueHeartbeats.all(now)),
    nextDue: (): number | undefined => Due.parse(statements.nextDue.get()).due ?? undefined,
    /** States whose tasks have begun and not ended. */
    openStates: (arn: string): readonly string[] =>
      z
        .array(z.object({ state: z.string() }))
        .parse(statements.openStates.all(arn))
        .map(({ state }) => state),
    /** The newest execution of this name, of whatever machine. */
    byName: (name: string): Execution | undefined => Execution.optional().parse(statements.byName.get(name)),
    /** How many executions there are, by status. */
    totals: (): Readonly<Record<string, number>> =>
      Object.fromEntries(
        z
          .array(Total)
          .parse(statements.totals.all())
          .map(({ name, total }) => [name, total]),
      ),
    /** State transitions by execution, retries included, as AWS counts them; the newest thousand executions. */
    transitions: (): Readonly<Record<string, number>> =>
      Object.fromEntries(
        z
          .array(Total)
          .parse(statements.transitions.all())
          .map(({ name, total }) => [name, total]),
      ),
    list: (filter: {
      machine?: string | undefined;
      status?: string | undefined;
      limit: number;
      offset: number;
    }): readonly Execution[] =>
      z
        .array(Execution)
        .parse(statements.list.all(filter.machine ?? null, filter.status ?? null, filter.limit, filter.offset)),
  };
};
