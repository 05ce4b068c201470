/** Command line of the local platform: `node local/main.ts start`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { PlatformOptions } from './options.ts';
import { type Platform, startPlatform } from './platform.ts';
import { StartFailure, startFailureFrom } from './start-failure.ts';

const usage = `Usage: node local/main.ts start [options]

Runs a synthesized cloud assembly on this machine.

  --assembly DIR       folder that \`cdk synth\` wrote (default: cdk.out)
  --data DIR           folder for everything that outlives the process (default: .hearth)
  --port N             port of the HTTP API; 0 for any free one (default: 8787)
  --control-port N     port of the control server (default: the API's + 1)
  --issuer-port N      port of the development OIDC issuer (default: the API's + 2)
  --dynamodb-port N    port of the DynamoDB engine (default: any free one)
  --clock ISO          virtual instant to begin at
  --engine NAME        dynoxide or dynamodb-local (default: dynoxide where it is installed)
  --clients FILE       JSON list of the issuer's clients: [{ "clientId", "secret", "claims": { ... } }]
  --region NAME        region to pretend (default: us-east-1)
  --max-workers N      most threads per function (default: the number of processors)
  --count-units        count the capacity units of every DynamoDB request (control server, /stats)
  --help               this text
`;

const flags = {
  'assembly': { type: 'string' },
  'data': { type: 'string' },
  'port': { type: 'string' },
  'control-port': { type: 'string' },
  'issuer-port': { type: 'string' },
  'dynamodb-port': { type: 'string' },
  'clock': { type: 'string' },
  'engine': { type: 'string' },
  'clients': { type: 'string' },
  'region': { type: 'string' },
  'max-workers': { type: 'string' },
  'count-units': { type: 'boolean' },
  'help': { type: 'boolean' },
} as const;

type Values = ReturnType<typeof read>['values'];

const read = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: flags, allowPositionals: true, strict: true });

const clientsFrom = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw startFailureFrom(error, `The list of clients ${file} cannot be read.`, 'Name a JSON file with --clients.');
  }
};

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const optionsFrom = (values: Values): PlatformOptions => {
  const given = {
    assembly: values.assembly,
    dataFolder: values.data,
    apiPort: number(values.port),
    controlPort: number(values['control-port']),
    issuerPort: number(values['issuer-port']),
    dynamodbPort: number(values['dynamodb-port']),
    clock: values.clock,
    engine: values.engine,
    region: values.region,
    maxWorkersPerFunction: number(values['max-workers']),
    countUnits: values['count-units'],
    clients: values.clients === undefined ? undefined : clientsFrom(values.clients),
  };
  const parsed = PlatformOptions.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (!parsed.success)
    throw new StartFailure(`The options cannot be used: ${z.prettifyError(parsed.error)}.`, 'See --help.');
  return parsed.data;
};

const announce = ({ apiUrl, issuerUrl, controlUrl, dynamodbUrl, awsUrl }: Platform): void =>
  console.log(
    [
      `HTTP API       ${apiUrl}`,
      `OIDC issuer    ${issuerUrl}`,
      `Control        ${controlUrl}`,
      `DynamoDB       ${dynamodbUrl}`,
      `AWS endpoint   ${awsUrl}`,
      'Ready. Stop with Ctrl+C.',
    ].join('\n'),
  );

const stopOnSignal = (platform: Platform): void => {
  const stop = (): void => {
    void platform.stop().then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const giveUp = async (error: unknown): Promise<void> => {
    await platform.stop();
    fail(error);
  };
  platform.lost.catch(giveUp).catch(fail);
};

const fail = (error: unknown): never => {
  const isExpected =
    error instanceof StartFailure ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  console.error(isExpected ? error.message : error);
  process.exit(1);
};

const main = async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = read(args);
  if (values.help === true || positionals[0] !== 'start') {
    console.log(usage);
    process.exitCode = values.help === true ? 0 : 1;
    return;
  }
  const platform = await startPlatform(optionsFrom(values));
  announce(platform);
  stopOnSignal(platform);
};

main(process.argv.slice(2)).catch(fail);
