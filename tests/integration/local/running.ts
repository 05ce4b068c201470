import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { OidcClient } from '../../../local/oidc/clients.ts';

export const fixture = resolve(import.meta.dirname, 'fixture');

export const worker: OidcClient = {
  clientId: 'worker',
  secret: 'development-only',
  claims: { role: 'worker', division: '149901', groups: ['a', 'b'] },
};

/** A data folder of its own, removed at the end. */
export const temporaryFolder = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'hearth-local-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export const send = async (
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const init =
    body === undefined
      ? { method, headers }
      : { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: parse(await response.text()) };
};

const Addresses = z.object({
  apiUrl: z.url(),
  issuerUrl: z.url(),
  controlUrl: z.url(),
  dynamodbUrl: z.url(),
  awsUrl: z.url(),
});
export type Running = z.infer<typeof Addresses> & {
  readonly process: ChildProcess;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
};

/** Starts the command line in a process of its own and waits until it says it is ready. */
export const startProcess = async (folder: string, more: readonly string[] = []): Promise<Running> => {
  const child = spawn(
    process.execPath,
    ['local/main.ts', 'start', '--assembly', fixture, '--data', folder, '--port', '0', ...more],
    {
      cwd: resolve(import.meta.dirname, '..', '..', '..'),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  let output = '';
  await new Promise<void>((ready, failed) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (output.includes('Ready.')) ready();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => failed(new Error(output)));
  });
  const address = (label: string): string => new RegExp(`${label}\\s+(http\\S+)`, 'u').exec(output)?.[1] ?? '';
  return {
    ...Addresses.parse({
      apiUrl: address('HTTP API'),
      issuerUrl: address('OIDC issuer'),
      controlUrl: address('Control'),
      dynamodbUrl: address('DynamoDB'),
      awsUrl: address('AWS endpoint'),
    }),
    process: child,
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
};

const Item = z.record(z.string(), z.record(z.string(), z.unknown()));

/** Reads one item of the fixture's table straight from the engine. */
export const readItem = async (dynamodbUrl: string, pk: string): Promise<z.infer<typeof Item> | undefined> => {
  const answer = await send(
    'POST',
    dynamodbUrl,
    { TableName: 'Kept-Items', Key: { pk: { S: pk }, sk: { S: 'A' } }, ConsistentRead: true },
    {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'x-amz-date': '20260101T000000Z',
      'authorization':
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
  );
  return z.object({ Item: Item.optional() }).parse(answer.body).Item;
};

/** How often the fixture's function says it was called. */
export const callsOf = async (dynamodbUrl: string, pk: string): Promise<number> =>
  Number((await readItem(dynamodbUrl, pk))?.['calls']?.['N'] ?? 0);

/** Calls an operation of Step Functions in its JSON protocol. */
export const workflowCall = (awsUrl: string, operation: string, input: unknown): Promise<Answer> =>
  send('POST', awsUrl, input, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `AWSStepFunctions.${operation}`,
  });

export const machineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:Running-Machine';
export const executionArn = (name: string): string =>
  `arn:aws:states:us-east-1:123456789012:execution:Running-Machine:${name}`;
