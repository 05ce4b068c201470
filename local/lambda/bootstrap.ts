/** Runs inside the worker thread of one function, as the runtime of Lambda runs inside its sandbox. */
import { openSync, writeSync } from 'node:fs';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import type { Call, FunctionError, Reply, WorkerSetting } from './protocol.ts';
import { virtualDate } from './virtual-date.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const isSetting = (value: unknown): value is WorkerSetting =>
  typeof value === 'object' && value !== null && 'module' in value;

const given: unknown = workerData;
if (!isSetting(given)) throw new TypeError('The worker was started without its setting');
const setting = given;
const port = parentPort;
if (port === null) throw new Error('local/lambda/bootstrap.ts runs in a worker thread only');

const reply = (message: Reply): void => port.postMessage(message);

/** Straight into the file: what was written is there even when the thread is stopped a moment later. */
const redirectOutput = (logFile: string): void => {
  const descriptor = openSync(logFile, 'a');
  const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    writeSync(descriptor, typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') Reflect.apply(callback, undefined, []);
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
};

const describe = (error: unknown): FunctionError =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: 'UnknownError', errorMessage: String(error) };

const contextOf = (requestId: string) => {
  const begun = performance.now();
  return {
    awsRequestId: requestId,
    functionName: setting.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: setting.functionArn,
    memoryLimitInMB: String(setting.memoryMegabytes),
    logGroupName: `/aws/lambda/${setting.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(setting.timeoutMs - (performance.now() - begun))),
  };
};

const run = async (handler: Handler, { requestId, event }: Call): Promise<void> => {
  try {
    const result = await handler(JSON.parse(event), contextOf(requestId));
    reply({ type: 'result', payload: JSON.stringify(result ?? null) });
  } catch (error) {
    // As the runtime of Lambda does: a function's failure is in its log, with the request it belongs to.
    process.stderr.write(
      `${JSON.stringify({ level: 'ERROR', message: 'Invoke Error', requestId, ...describe(error) })}\n`,
    );
    reply({ type: 'error', error: describe(error) });
  }
};

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** What a module exports, by name. */
const entriesOf = (module: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof module === 'object' && module !== null ? Object.entries(module) : []);

const start = async (): Promise<void> => {
  redirectOutput(setting.logFile);
  const offset = new Float64Array(setting.sharedOffset);
  const realNow = Date.now;
  globalThis.Date = virtualDate(() => realNow() + (offset[0] ?? 0));
  process.setSourceMapsEnabled(setting.sourceMaps);
  const loaded = entriesOf(await import(setting.module));
  const handler = loaded.get(setting.handler);
  if (!isHandler(handler)) throw new TypeError(`${setting.module} exports no function named ${setting.handler}`);
  port.on('message', (call: Call) => void run(handler, call));
  reply({ type: 'ready' });
};

start().catch((error: unknown) => reply({ type: 'failed-to-start', error: describe(error) }));
