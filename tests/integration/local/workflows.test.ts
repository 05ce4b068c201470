import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Activity, createActivity } from '../../../local/activity.ts';
import { type Clock, openClock } from '../../../local/clock.ts';
import type { LambdaPool } from '../../../local/lambda/pool.ts';
import type { InvocationResult } from '../../../local/lambda/protocol.ts';
import { openStateFolder } from '../../../local/state-folder.ts';
import { startWorkflows } from '../../../local/workflows/workflows.ts';
import { temporaryFolder } from './running.ts';

type Behaviour = (functionName: string, event: Record<string, unknown>, call: number) => unknown;

const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:Machine';
const run = 'arn:aws:states:us-east-1:123456789012:execution:Machine:one';
const plain = (name: string, more: object = {}) => ({ Type: 'Task', Resource: functionArn(name), End: true, ...more });
const waiting = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Parameters: { FunctionName: functionArn('ask'), Payload: { 'token.$': '$$.Task.Token', 'input.$': '$' } },
  End: true,
  ...more,
});

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

type Bench = {
  readonly calls: string[];
  readonly clock: Clock;
  readonly activity: Activity;
  readonly operation: (name: string, input: unknown) => unknown;
  readonly describe: () => { status: string; output?: unknown; error?: string | undefined };
  readonly settle: () => Promise<void>;
  readonly advance: (seconds: number) => Promise<void>;
  /** Ends everything and begins anew on the same folder. */
  readonly restart: () => Bench;
};

/** Workflows on a data folder of their own, with functions played by `behave`. */
const bench = (
  states: object,
  startAt: string,
  behave: Behaviour,
  kept?: { folder: string; calls: string[] },
): Bench => {
  const temporary = kept === undefined ? temporaryFolder() : undefined;
  const folder = kept?.folder ?? temporary?.path ?? '';
  if (temporary !== undefined) closers.push(temporary.remove);
  const calls = kept?.calls ?? [];
  const store = openStateFolder(folder);
  const clock = openClock(store);
  const activity = createActivity();
  const definition = { StartAt: startAt, States: states };
  const workflows = startWorkflows([{ name: 'Machine', arn, definition }], { store, clock, activity });
  const invoke: LambdaPool['invoke'] = async (functionName, event): Promise<InvocationResult> => {
    calls.push(`${functionName} ${event.replaceAll(/AQC[A-Za-z0-9+/=]+/gu, 'TOKEN')}`);
    const result = behave(functionName, z.record(z.string(), z.unknown()).parse(JSON.parse(event)), calls.length);
    if (result instanceof Error) return { ok: false, error: { errorType: result.name, errorMessage: result.message } };
    return { ok: true, payload: JSON.stringify(await result) };
  };
  const pool: LambdaPool = {
    invoke,
    answer: invoke,
    invokeUnattended: async () => undefined,
    startAhead: async () => undefined,
    statistics: () => ({}),
    stop: async () => undefined,
  };
  const { runner } = workflows.begin(pool);
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    runner.stop();
    clock.stop();
    store.close();
  };
  closers.push(close);
  const operation = (name: string, input: unknown): unknown => workflows.service.operations[name]?.(input);
  const settle = async (): Promise<void> => void expect(await activity.whenIdle(5_000)).toBe(true);
  const Described = z.object({ status: z.string(), output: z.string().optional(), error: z.string().optional() });
  return {
    calls,
    clock,
    activity,
    operation,
    settle,
    describe: () => {
      const { output, ...more } = Described.parse(operation('DescribeExecution', { executionArn: run }));
      return { ...more, output: output === undefined ? undefined : z.unknown().parse(JSON.parse(output)) };
    },
    advance: async (seconds) => {
      clock.advanceTo(clock.now() + seconds * 1000);
      runner.wake();
      await settle();
    },
    restart: () => {
      close();
      return bench(states, startAt, behave, { folder, calls });
    },
  };
};

const start = (it: Bench, input: unknown = {}): unknown =>
  it.operation('StartExecution', { stateMachineArn: arn, name: 'one', input: JSON.stringify(input) });
const day = 86_400;

test('a person’s task may wait for months: no timeout of the library’s own ends it', async () => {
  const it = bench({ Ask: waiting() }, 'Ask', () => null);
  start(it);
  await it.settle();
  await it.advance(200 * day);
  expect(it.describe().status).toBe('RUNNING');
});

test('a task’s own timeout follows the virtual clock, also over a restart, and can be caught', async () => {
  const states = {
    Ask: waiting({
      TimeoutSeconds: 40 * day,
      Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.late', Next: 'Late' }],
    }),
    Late: { Type: 'Succeed' },
  };
  const first = bench(states, 'Ask', () => null);
  start(first);
  await first.settle();
  await first.advance(39 * day);
  const second = first.restart();
  await second.settle();
  expect(second.describe().status).toBe('RUNNING');
  await second.advance(2 * day);
  expect(second.describe()).toMatchObject({ status: 'SUCCEEDED', output: { late: { Error: 'States.Timeout' } } });
  expect(second.calls).toHaveLength(1);
});

test('a missed heartbeat ends a task, a heartbeat in time does not', async () => {
  let token = '';
  const it = bench({ Ask: waiting({ HeartbeatSeconds: 3600 }) }, 'Ask', (_, event) => {
    token = z.string().parse(event['token']);
    return null;
  });
  start(it);
  await it.settle();
  await it.advance(3000);
  it.operation('SendTaskHeartbeat', { taskToken: token });
  await it.advance(3000);
  expect(it.describe().status).toBe('RUNNING');
  await it.advance(3601);
  expect(it.describe()).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
  expect(() => it.operation('SendTaskHeartbeat', { taskToken: token })).toThrow('Provided task does not exist anymore');
});

test('branches and items that wait are each answered by their own token, in any order, over a restart', async () => {
  const tokens = new Map<string, string>();
  const states = {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: waiting() } },
        { StartAt: 'Right', States: { Right: plain('work', { Parameters: { side: 'right' } }) } },
      ],
      ResultPath: '$.sides',
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: { StartAt: 'One', States: { One: waiting() } },
      End: true,
    },
  };
  const behave: Behaviour = (_, event) => {
    if (typeof event['token'] === 'string') tokens.set(JSON.stringify(event['input']), event['token']);
    return event;
  };
  const first = bench(states, 'Both', behave);
  start(first, { items: [1, 2, 3] });
  await first.settle();
  const [left] = tokens.values();
  first.operation('SendTaskSuccess', { taskToken: left, output: '"left"' });
  await first.settle();
  first.operation('SendTaskSuccess', { taskToken: tokens.get('3'), output: '"three"' });
  const second = first.restart();
  await second.settle();
  for (const item of ['1', '2'])
    second.operation('SendTaskSuccess', { taskToken: tokens.get(item), output: `"answer ${item}"` });
  await second.settle();
  expect(second.describe()).toMatchObject({ status: 'SUCCEEDED', output: ['answer 1', 'answer 2', 'three'] });
  expect(second.calls).toHaveLength(5);
});

test('items that are called again with the same input, few at a time, are each called as often as they asked, over a restart', async () => {
  const states = {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: 'Work',
        States: {
          Work: { Type: 'Task', Resource: functionArn('work'), Parameters: { 'item.$': '$.item' }, Next: 'Done?' },
          'Done?': {
            Type: 'Choice',
            Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'Asked' }],
            Default: 'Work',
          },
          Asked: { Type: 'Succeed' },
        },
      },
      ResultPath: null,
      Next: 'Ask',
    },
    Ask: waiting({ ResultPath: null }),
  };
  const times = new Map<number, number>();
  const behave: Behaviour = (_, event) => {
    const item = Number(event['item']);
    if (Number.isNaN(item)) return event;
    times.set(item, (times.get(item) ?? 0) + 1);
    return { item, done: times.get(item) === 3 };
  };
  const first = bench(states, 'Each', behave);
  const items = [0, 1, 2, 3, 4].map((item) => ({ item }));
  start(first, { items });
  await first.settle();
  expect(Object.fromEntries(times)).toEqual({ 0: 3, 1: 3, 2: 3, 3: 3, 4: 3 });
  const second = first.restart();
  await second.settle();
  expect(second.calls).toHaveLength(16);
  expect(second.describe().status).toBe('RUNNING');
});

test('a retry waits by the virtual clock and is not made again by a restart', async () => {
  const retry = [
    { ErrorEquals: ['Busy'], IntervalSeconds: 3600, MaxAttempts: 2, BackoffRate: 1, JitterStrategy: 'NONE' },
  ];
  const busy = Object.assign(new Error('later'), { name: 'Busy' });
  const first = bench({ Work: plain('work', { Retry: retry }) }, 'Work', (_, __, call) => (call < 3 ? busy : 'done'));
  start(first);
  await first.settle();
  expect(first.calls).toHaveLength(1);
  const second = first.restart();
  await second.settle();
  expect(second.calls).toHaveLength(1);
  await second.advance(3601);
  expect(second.calls).toHaveLength(2);
  await second.advance(3601);
  expect(second.describe()).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
});

test('an execution that was under way when everything ended calls the unfinished function again, and no finished one', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  let hanging = true;
  const states = { First: plain('first', { End: false, Next: 'Second' }), Second: plain('second', { Parameters: {} }) };
  for (const state of Object.values(states)) if ('Next' in state) Reflect.deleteProperty(state, 'End');
  const it = bench(states, 'First', (name) => (name === 'second' && hanging ? promise : name));
  start(it);
  await expect.poll(() => it.calls.length).toBe(2);
  hanging = false;
  const again = it.restart();
  resolve('too late');
  await again.settle();
  expect(again.calls.map((call) => call.split(' ')[0])).toEqual(['first', 'second', 'second']);
  expect(again.describe()).toMatchObject({ status: 'SUCCEEDED', output: 'second' });
});

test('the start time stays what it was, whenever an execution is gone on with', async () => {
  let token = '';
  const states = {
    Ask: { ...waiting({ Next: 'Tell', ResultPath: null }) },
    Tell: { Type: 'Pass', Parameters: { 'at.$': '$$.Execution.StartTime', 'name.$': '$$.Execution.Name' }, End: true },
  };
  Reflect.deleteProperty(states.Ask, 'End');
  const it = bench(states, 'Ask', (_, event) => {
    token = z.string().parse(event['token']);
    return null;
  });
  const started = new Date(it.clock.now()).toISOString().slice(0, 16);
  start(it);
  await it.settle();
  await it.advance(30 * day);
  it.operation('SendTaskSuccess', { taskToken: token, output: '{}' });
  await it.settle();
  const { output } = it.describe();
  expect(output).toMatchObject({ name: 'one' });
  expect(z.object({ at: z.string(), name: z.string() }).parse(output).at.startsWith(started)).toBe(true);
});

test.each([
  ['JSONata', { Only: { Type: 'Pass', End: true, QueryLanguage: 'JSONata' } }, 'uses the query language JSONata'],
  [
    'a service that does not run here',
    { Only: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } },
    'does not run locally',
  ],
  [
    'a value no restart could repeat',
    { Only: { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()' }, End: true } },
    'uses States.UUID',
  ],
  ['a state that does not exist', { Only: { Type: 'Pass', Next: 'Nowhere' } }, 'Nowhere'],
])('a definition with %s is refused when the platform starts', (_, states, message) => {
  expect(() => bench(states, 'Only', () => null)).toThrow(message);
});
