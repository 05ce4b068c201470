import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type ClockFile, createClockFile } from './clock-file.ts';
import { openFrontDoor } from './front-door.ts';

const run = promisify(execFile);

/** Keys the emulator takes for those of the account's root user. */
const rootKeys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

export type Emulator = {
  /** Port on which it listens itself. */
  readonly port: number;
  readonly clock: ClockFile;
  /** Environment in which the AWS SDK and the CDK toolkit speak to the emulator and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Last lines of its log. */
  readonly log: () => string;
  /** How often its schedules have run the sweep. */
  readonly sweepsDispatched: () => number;
  /** What the functions have logged as errors, and every call that IAM refused them. */
  readonly functionErrors: () => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

/** The emulator starts functions with whatever `node` it finds first: this one is Node 24 with the movable clock. */
const putNodeFirst = (folder: string): string => {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const clock = join(import.meta.dirname, 'virtual-clock.ts');
  writeFileSync(join(bin, 'node'), `#!/bin/sh\nexec '${process.execPath}' --import '${clock}' "$@"\n`);
  chmodSync(join(bin, 'node'), 0o755);
  return bin;
};

const waitUntilReady = async (port: number, child: ChildProcess, log: () => string): Promise<void> => {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (child.exitCode !== null) break;
    const ready = await fetch(`http://127.0.0.1:${port}/_ministack/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await sleep(200);
  }
  throw new Error(`The emulator did not start. The end of its log:\n${log()}`);
};

/**
 * Starts the emulator on a free port, with IAM enforced: each function may do what its own role allows and no more.
 * @param python Python of the emulator's virtual environment.
 * @param folder an empty folder for its log, its clock and its temporary files.
 */
export const startEmulator = async (python: string, folder: string): Promise<Emulator> => {
  const clock = createClockFile(folder);
  const port = await freePort();
  const endpoint = await openFrontDoor({ targetPort: port, headers: () => ({ 'x-forwarded-proto': 'https' }) });
  const environment = {
    ...rootKeys,
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const logFile = join(folder, 'emulator.log');
  const output = openSync(logFile, 'a');
  const child = spawn(python, [join(import.meta.dirname, 'launch.py')], {
    cwd: folder,
    // A group of its own, so that its functions' processes end with it.
    detached: true,
    stdio: ['ignore', output, output],
    // Only what is named here: functions inherit the emulator's environment.
    env: {
      ...environment,
      PATH: `${putNodeFirst(folder)}:/usr/bin:/bin`,
      HOME: folder,
      TMPDIR: folder,
      LANG: 'C.UTF-8',
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      AUTH: 'true',
      IOT_MTLS_ENABLED: '0',
      HEARTH_CLOCK_OFFSET_FILE: clock.path,
    },
  });
  const log = (): string => readFileSync(logFile, 'utf8').split('\n').slice(-40).join('\n');
  const sweepsDispatched = (): number =>
    readFileSync(logFile, 'utf8').match(/EventBridge . Lambda \S*sweepFunction\S*: dispatched/gu)?.length ?? 0;
  const functionErrors = async (): Promise<readonly string[]> => {
    const options = { env: environment, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await run(python, [join(import.meta.dirname, 'function_logs.py')], options);
    return stdout.split('\n').filter((line) => line !== '');
  };
  // However this process ends, the emulator and its functions end with it.
  const kill = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, signal);
  };
  process.once('exit', () => kill('SIGKILL'));
  const stop = async (): Promise<void> => {
    await endpoint.close();
    if (child.exitCode !== null) return;
    kill('SIGTERM');
    await Promise.race([once(child, 'exit'), sleep(5000, undefined, { ref: false })]);
    kill('SIGKILL');
  };
  try {
    await waitUntilReady(port, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, clock, environment, log, sweepsDispatched, functionErrors, stop };
};
