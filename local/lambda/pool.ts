import { randomUUID } from 'node:crypto';
import { existsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Activity } from '../activity.ts';
import type { Clock } from '../clock.ts';
import type { StateStore } from '../state-folder.ts';
import type { FunctionModel } from '../template/platform-model.ts';
import { createPrecedence } from './precedence.ts';
import type { InvocationResult, WorkerSetting } from './protocol.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { unattendedCalls } from './unattended.ts';

export type FunctionStatistics = { invocations: number; errors: number; coldStarts: number; workers: number };

/** Calls functions by name, each call in a thread that nothing else uses meanwhile. */
export type LambdaPool = {
  /** Calls a function with an event given as JSON text. Rejects only for a function that does not exist. */
  readonly invoke: (functionName: string, event: string) => Promise<InvocationResult>;
  /** The same for somebody who waits for the answer: goes before the calls of `invoke`. */
  readonly answer: (functionName: string, event: string) => Promise<InvocationResult>;
  /**
   * Calls a function for nobody in particular, as EventBridge does: two retries, or as its invocation config says, then a
   * record in the dead-letter file. Resolves when all of that is over.
   */
  readonly invokeUnattended: (functionName: string, event: string, deadLetters: string) => Promise<void>;
  /** Starts threads for functions before anybody calls them, one after the other. Whoever calls meanwhile need not wait for the rest. */
  readonly startAhead: (functionNames: readonly string[]) => Promise<void>;
  readonly statistics: () => Readonly<Record<string, FunctionStatistics>>;
  readonly stop: () => Promise<void>;
};

export type PoolParts = {
  readonly clock: Clock;
  readonly store: StateStore;
  readonly activity: Activity;
  /** Added to every function's environment: region, credentials, endpoints. */
  readonly commonEnvironment: Readonly<Record<string, string>>;
  readonly maxWorkersPerFunction?: number;
};

type Waiting = { readonly event: string; readonly resolve: (result: InvocationResult) => void };
type Slot = { readonly sandbox: Sandbox; busy: boolean; lastUsed: number; idleTimer: NodeJS.Timeout | undefined };
type Hosted = {
  readonly model: FunctionModel;
  readonly setting: WorkerSetting;
  readonly environment: Readonly<Record<string, string>>;
  readonly slots: Set<Slot>;
  readonly queue: Waiting[];
  readonly statistics: FunctionStatistics;
  readonly limit: number;
};

/** What is told in one go, as by the demo, calls most functions again within this; how many there are at once is bounded below. */
const idleMs = 120_000;
/**
 * Threads kept at once over all functions; beyond it, the one that has been idle the longest makes room. Five families from application to
 * payment go through some thirty functions, and a thread that has to be started again costs half a second.
 */
const residentLimit = 32;
const logLimitBytes = 16 * 1024 * 1024;

const moduleOf = (model: FunctionModel, store: StateStore, file: string): string => {
  if ('source' in model.code) {
    const inline = store.path('inline', model.name, 'index.cjs');
    writeFileSync(inline, model.code.source);
    return inline;
  }
  const { folder } = model.code;
  const candidates = ['mjs', 'cjs', 'js'].map((extension) => join(folder, `${file}.${extension}`));
  return candidates.find((candidate) => existsSync(candidate)) ?? join(folder, `${file}.mjs`);
};

const environmentOf = (
  model: FunctionModel,
  common: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  // Node refuses some options in a thread; the one in use, source maps, is switched on by the bootstrap.
  const { NODE_OPTIONS: _options, ...own } = model.environment;
  return {
    TZ: 'UTC',
    PATH: process.env['PATH'] ?? '',
    AWS_LAMBDA_FUNCTION_NAME: model.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    _HANDLER: model.handler,
    ...common,
    ...own,
  };
};

const host = (model: FunctionModel, parts: PoolParts): Hosted => {
  const [file = 'index', handler = 'handler'] = model.handler.split('.');
  const logFile = parts.store.path('logs', `${model.name}.log`);
  if (existsSync(logFile) && statSync(logFile).size > logLimitBytes) truncateSync(logFile);
  return {
    model,
    environment: environmentOf(model, parts.commonEnvironment),
    setting: {
      module: pathToFileURL(moduleOf(model, parts.store, file)).href,
      handler,
      functionName: model.name,
      functionArn: model.arn,
      memoryMegabytes: model.memoryMegabytes,
      timeoutMs: model.timeoutSeconds * 1000,
      sharedOffset: parts.clock.sharedOffset,
      logFile,
      sourceMaps: (model.environment['NODE_OPTIONS'] ?? '').includes('--enable-source-maps'),
    },
    slots: new Set(),
    queue: [],
    statistics: { invocations: 0, errors: 0, coldStarts: 0, workers: 0 },
    limit: Math.max(
      1,
      Math.min(model.concurrency ?? Infinity, parts.maxWorkersPerFunction ?? Math.max(2, availableParallelism())),
    ),
  };
};

/** Makes the pool. Threads are started when they are needed and stopped after two minutes without work. */
export const createLambdaPool = (models: readonly FunctionModel[], parts: PoolParts): LambdaPool => {
  // Lambda runs in UTC, and threads share the zone of their process.
  process.env['TZ'] ??= 'UTC';
  const functions = new Map(models.map((model) => [model.name, host(model, parts)]));
  let stopping = false;

  const retire = (hosted: Hosted, slot: Slot): void => {
    clearTimeout(slot.idleTimer);
    hosted.slots.delete(slot);
    void slot.sandbox.stop();
  };

  const makeRoom = (): void => {
    const slots = [...functions.values()].flatMap((hosted) => [...hosted.slots].map((slot) => ({ hosted, slot })));
    if (slots.length < residentLimit) return;
    const idle = slots.filter(({ slot }) => !slot.busy).sort((left, right) => left.slot.lastUsed - right.slot.lastUsed);
    for (const { hosted, slot } of idle.slice(0, slots.length - residentLimit + 1)) retire(hosted, slot);
  };

  const open = (hosted: Hosted): Slot => {
    makeRoom();
    const slot: Slot = {
      sandbox: openSandbox(hosted.setting, hosted.environment),
      busy: false,
      lastUsed: performance.now(),
      idleTimer: undefined,
    };
    hosted.slots.add(slot);
    hosted.statistics.coldStarts += 1;
    return slot;
  };

  /** Keeps a thread that has nothing to do, for a while. */
  const rest = (hosted: Hosted, slot: Slot): void => {
    slot.lastUsed = performance.now();
    slot.idleTimer = setTimeout(() => retire(hosted, slot), idleMs);
    slot.idleTimer.unref();
  };

  const serve = async (hosted: Hosted, slot: Slot, { event, resolve }: Waiting): Promise<void> => {
    slot.busy = true;
    clearTimeout(slot.idleTimer);
    const end = parts.activity.begin();
    const result = await slot.sandbox.call({ requestId: randomUUID(), event });
    hosted.statistics.invocations += 1;
    if (!result.ok) hosted.statistics.errors += 1;
    slot.busy = false;
    if (slot.sandbox.alive()) rest(hosted, slot);
    else retire(hosted, slot);
    resolve(result);
    // The caller acts on the result first, so that between this call and what follows from it nobody sees "idle".
    setImmediate(end);
    dispatch(hosted);
  };

  /** A thread may have died while it had nothing to do; such a one is not called again. */
  const idleSlot = (hosted: Hosted): Slot | undefined => {
    for (const slot of hosted.slots) if (!slot.sandbox.alive()) retire(hosted, slot);
    return [...hosted.slots].find((slot) => !slot.busy);
  };

  const dispatch = (hosted: Hosted): void => {
    while (hosted.queue.length > 0 && !stopping) {
      const free = idleSlot(hosted);
      if (free === undefined && hosted.slots.size >= hosted.limit) return;
      const next = hosted.queue.shift();
      if (next !== undefined) void serve(hosted, free ?? open(hosted), next);
    }
  };

  const precedence = createPrecedence();

  const call: LambdaPool['invoke'] = (functionName, event) => {
    const hosted = functions.get(functionName);
    if (hosted === undefined) return Promise.reject(new Error(`Function not found: ${functionName}`));
    const end = parts.activity.begin();
    return new Promise<InvocationResult>((resolve) => {
      hosted.queue.push({ event, resolve });
      dispatch(hosted);
    }).finally(() => setImmediate(end));
  };

  const answer: LambdaPool['answer'] = (functionName, event) => call(functionName, event).finally(precedence.attend());

  const invoke: LambdaPool['invoke'] = async (functionName, event) => {
    const end = parts.activity.begin();
    try {
      await precedence.turn();
      return await call(functionName, event);
    } finally {
      setImmediate(end);
    }
  };

  const invokeUnattended = unattendedCalls(invoke, models, { ...parts, stopping: () => stopping });

  const startAhead: LambdaPool['startAhead'] = async (names) => {
    for (const name of names) {
      const hosted = functions.get(name);
      if (hosted === undefined) throw new Error(`Function not found: ${name}`);
      // One that has been called meanwhile has its thread.
      if (hosted.slots.size > 0 || stopping) continue;
      const slot = open(hosted);
      rest(hosted, slot);
      await slot.sandbox.started;
    }
  };

  return {
    invoke,
    answer,
    invokeUnattended,
    startAhead,
    statistics: () =>
      Object.fromEntries(
        [...functions].map(([name, { statistics, slots }]) => [name, { ...statistics, workers: slots.size }]),
      ),
    stop: async () => {
      stopping = true;
      const slots = [...functions.values()].flatMap((hosted) => [...hosted.slots]);
      for (const { idleTimer } of slots) clearTimeout(idleTimer);
      await Promise.all(slots.map(({ sandbox }) => sandbox.stop()));
    },
  };
};
