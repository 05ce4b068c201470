import { Worker } from 'node:worker_threads';
import { type Call, type FunctionError, type InvocationResult, Reply, type WorkerSetting } from './protocol.ts';

/** A sandbox takes one call at a time, like an execution environment of Lambda. */
export type Sandbox = {
  readonly call: (call: Call) => Promise<InvocationResult>;
  /** True until the thread has died: timed out, run out of memory, exited, or been stopped. */
  readonly alive: () => boolean;
  /** Resolves when the module of the function is loaded, and when it never will be. */
  readonly started: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Lambda gives the start of a function ten seconds of its own, before the function's timeout begins to run. */
const startLimitMs = 10_000;
/** Modest, so that a platform of a dozen functions stays small: V8 lets a heap grow before it cleans up. */
const heapCeilingMegabytes = 192;
/** The least with which the SDK's many short-lived objects do not cost a tenth of the time. */
const youngHeapMegabytes = 16;

const failure = (errorType: string, errorMessage: string): FunctionError => ({ errorType, errorMessage });

const timedOut = (requestId: string, ms: number): FunctionError =>
  failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${(ms / 1000).toFixed(2)} seconds`);

const died = (error: unknown): FunctionError =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? failure('Runtime.OutOfMemory', 'Error: Runtime exited with error: signal: killed')
    : failure(
        'Runtime.ExitError',
        `Error: Runtime exited with error: ${error instanceof Error ? error.message : String(error)}`,
      );

/** Starts a thread for a function; the first call waits until its module is loaded. */
export const openSandbox = (setting: WorkerSetting, environment: Readonly<Record<string, string>>): Sandbox => {
  const worker = new Worker(new URL('./bootstrap.ts', import.meta.url), {
    workerData: setting,
    env: { ...environment },
    // Options of the command line that started the platform (a debugger, a test runner's loaders) are not the function's.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: {
      maxOldGenerationSizeMb: Math.min(setting.memoryMegabytes, heapCeilingMegabytes),
      maxYoungGenerationSizeMb: youngHeapMegabytes,
    },
  });
  const started = Promise.withResolvers<undefined>();
  let alive = true;
  let ready = false;
  let settle: ((result: InvocationResult) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let current: Call | undefined;

  const finish = (result: InvocationResult): void => {
    clearTimeout(timer);
    const waiting = settle;
    settle = undefined;
    current = undefined;
    waiting?.(result);
  };
  const kill = (error: FunctionError): void => {
    alive = false;
    started.resolve(undefined);
    void worker.terminate();
    finish({ ok: false, error });
  };
  const limit = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => kill(timedOut(current?.requestId ?? '', ms)), ms);
  };
  const post = (call: Call): void => {
    limit(setting.timeoutMs);
    worker.postMessage(call);
  };
  const answers: { readonly [Type in Reply['type']]: (reply: Extract<Reply, { type: Type }>) => void } = {
    'ready': () => {
      ready = true;
      started.resolve(undefined);
      if (current !== undefined) post(current);
    },
    'failed-to-start': ({ error }) => kill(error),
    'result': ({ payload }) => finish({ ok: true, payload }),
    'error': ({ error }) => finish({ ok: false, error }),
  };

  worker.unref();
  worker.on('message', (message) => {
    const reply = Reply.parse(message);
    if (reply.type === 'ready') answers.ready(reply);
    else if (reply.type === 'result') answers.result(reply);
    else if (reply.type === 'error') answers.error(reply);
    else answers['failed-to-start'](reply);
  });
  worker.on('error', (error) => kill(died(error)));
  worker.on('exit', (code) => kill(died(`exit status ${code}`)));

  return {
    alive: () => alive,
    started: started.promise,
    call: (call) =>
      new Promise((resolve) => {
        settle = resolve;
        current = call;
        if (!alive) finish({ ok: false, error: died('the thread has ended') });
        else if (ready) post(call);
        else limit(startLimitMs);
      }),
    stop: async () => {
      alive = false;
      await worker.terminate();
    },
  };
};
