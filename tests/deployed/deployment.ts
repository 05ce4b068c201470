import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Emulator } from './emulator/server.ts';

const root = resolve(import.meta.dirname, '..', '..');
const run = promisify(execFile);

const Outputs = z.object({ HearthStateless: z.object({ ApiUrl: z.url() }) });
const Failure = z.object({ stdout: z.string(), stderr: z.string() });

export type DeployOptions = {
  readonly emulator: Emulator;
  readonly issuerUrl: string;
  /** Where the cloud assembly and the outputs are written. */
  readonly folder: string;
  /** The CDK app, when it is not the one of cdk.json. */
  readonly app?: string;
};

/** Runs the CDK toolkit in a folder; its output is shown only when it fails. */
const cdk = async (emulator: Emulator, folder: string, arguments_: readonly string[]): Promise<void> => {
  const environment = {
    ...emulator.environment,
    PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: tmpdir(),
    CI: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const options = { cwd: folder, env: environment, maxBuffer: 64 * 1024 * 1024 };
  try {
    await run(join(root, 'node_modules', '.bin', 'cdk'), [...arguments_, '--no-notices', '--no-color'], options);
  } catch (error) {
    const output = Failure.safeParse(error);
    const shown = output.success ? `${output.data.stdout}\n${output.data.stderr}` : String(error);
    throw new Error(`cdk ${arguments_[0]} failed:\n${shown.split('\n').slice(-60).join('\n')}`, { cause: error });
  }
};

/**
 * Bootstraps the emulator and deploys the app of cdk.json to it, as it stands: only the configuration names another issuer.
 * @returns the address of the HTTP API, as the stack tells it.
 */
export const deployPlatform = async ({ emulator, issuerUrl, folder, app }: DeployOptions): Promise<string> => {
  const configuration = { environment: 'deployment-test', issuer: issuerUrl, audience: ['hearth'] };
  const outputsFile = join(folder, 'outputs.json');
  // Bootstrapping concerns the account, not the app: outside the project's folder it does not synthesize it.
  await cdk(emulator, folder, ['bootstrap', 'aws://000000000000/us-east-1']);
  await cdk(emulator, root, [
    ...['deploy', '--all', '--require-approval', 'never'],
    ...['--context', `hearth=${JSON.stringify(configuration)}`],
    ...['--output', join(folder, 'cdk.out'), '--outputs-file', outputsFile],
    ...(app === undefined ? [] : ['--app', app]),
  ]);
  return Outputs.parse(JSON.parse(await readFile(outputsFile, 'utf8'))).HearthStateless.ApiUrl;
};
