import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Platform, startPlatform } from '../../../local/platform.ts';
import {
  callsOf,
  executionArn,
  fixture,
  machineArn,
  readItem,
  send,
  temporaryFolder,
  worker,
  workflowCall,
} from './running.ts';

const folder = temporaryFolder();
let platform: Platform;
let token: string;

const api = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  send(method, `${platform.apiUrl}${path}`, body, headers);
const act = (name: string) => api('POST', `/acts/${name}`);
const control = (method: string, path: string, body?: unknown) => send(method, `${platform.controlUrl}${path}`, body);
const idle = async () => expect((await control('GET', '/idle?timeout=20000')).status).toBe(200);
const submit = (item: { id: string; poison?: boolean; broken?: boolean }) =>
  api('POST', '/items', item, { authorization: `Bearer ${token}` });
const sfn = (operation: string, input: unknown) => workflowCall(platform.awsUrl, operation, input);
const describeExecution = async (name: string) =>
  z
    .looseObject({ status: z.string() })
    .parse((await sfn('DescribeExecution', { executionArn: executionArn(name) })).body);
const tokenOf = async (id: string) =>
  z.string().parse((await readItem(platform.dynamodbUrl, `TOKEN#${id}`))?.['token']?.['S']);
const deadLetters = () => {
  const file = join(folder.path, 'queues', 'failures.ndjson');
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
    : [];
};

beforeAll(async () => {
  platform = await startPlatform({
    assembly: fixture,
    dataFolder: folder.path,
    apiPort: 0,
    clients: [worker],
    countUnits: true,
  });
  token = await platform.tokenFor('worker');
});

afterAll(async () => {
  await platform.stop();
  folder.remove();
});

describe('the HTTP API', () => {
  test('answers 404 for an unknown route and 401 without a token, as API Gateway does', async () => {
    expect(await api('GET', '/nowhere')).toMatchObject({ status: 404, body: { message: 'Not Found' } });
    expect(await api('POST', '/items', {})).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
    expect((await api('POST', '/items', {}, { authorization: 'Bearer no.such.token' })).status).toBe(401);
  });

  test('hands a function the event of payload format 2.0 with the claims of the token', async () => {
    const answer = await api(
      'POST',
      '/echo?b=1&b=2&c=%20x',
      { a: 1 },
      { 'authorization': `Bearer ${token}`, 'X-Mixed': 'Case', 'cookie': 'one=1; two=2' },
    );
    expect(answer.body).toMatchObject({
      version: '2.0',
      routeKey: 'POST /echo',
      rawPath: '/echo',
      rawQueryString: 'b=1&b=2&c=%20x',
      queryStringParameters: { b: '1,2', c: ' x' },
      cookies: ['one=1', 'two=2'],
      headers: { 'x-mixed': 'Case' },
      body: '{"a":1}',
      isBase64Encoded: false,
      requestContext: {
        authorizer: {
          jwt: {
            claims: {
              sub: 'worker',
              role: 'worker',
              division: '149901',
              groups: '[a b]',
              iss: 'https://issuer.fixture.example',
            },
          },
        },
        http: { method: 'POST', path: '/echo' },
      },
    });
  });

  test('hands over a body that is neither text nor JSON as base64', async () => {
    const headers = { 'authorization': `Bearer ${token}`, 'content-type': 'application/octet-stream' };
    expect((await api('POST', '/echo', 'x', headers)).body).toMatchObject({
      body: Buffer.from('"x"').toString('base64'),
      isBase64Encoded: true,
    });
  });

  test('refuses a body of more than 10 MB with 413', async () => {
    const response = await fetch(`${platform.apiUrl}/acts/plain`, {
      method: 'POST',
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ message: 'Request Entity Too Large' });
  });

  test('passes on status, headers and cookies, and makes a plain result the body of a 200', async () => {
    const open = await api('GET', '/open');
    expect(open.headers.get('x-kind')).toBe('open');
    expect(open.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await act('plain')).toMatchObject({ status: 200, body: { hello: 'world' } });
  });

  test.each(['fail', 'malformed', 'sleep', 'exit'])(
    'answers 500 and no detail when the function ends badly: %s',
    async (name) => {
      expect(await act(name)).toMatchObject({ status: 500, body: { message: 'Internal Server Error' } });
      expect((await act('plain')).status).toBe(200);
    },
  );

  test('tells the issuer of development apart from others, by issuer, audience and time', async () => {
    const issued = await fetch(`${platform.issuerUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'worker',
        client_secret: 'development-only',
      }),
    });
    const { access_token: given } = z.looseObject({ access_token: z.string() }).parse(await issued.json());
    expect((await api('GET', '/items/none', undefined, { authorization: `Bearer ${given}` })).status).toBe(404);
    const wrong = await fetch(`${platform.issuerUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'worker', client_secret: 'guess' }),
    });
    expect(wrong.status).toBe(401);
  });
});

describe('the change stream', () => {
  test('delivers what the filter admits, once, and starts one execution for it', async () => {
    expect((await submit({ id: 'plain-1' })).status).toBe(201);
    await idle();
    expect(await callsOf(platform.dynamodbUrl, 'SEEN#plain-1')).toBe(1);
    expect(await describeExecution('run-plain-1')).toMatchObject({ status: 'RUNNING' });
  });

  test('tries a failed record again and then sends its place to the dead letters, while the others of its batch go through', async () => {
    const before = deadLetters().length;
    await Promise.all([submit({ id: 'good-1' }), submit({ id: 'poison-1', poison: true }), submit({ id: 'good-2' })]);
    await idle();
    expect(await callsOf(platform.dynamodbUrl, 'SEEN#poison-1')).toBeGreaterThanOrEqual(2);
    expect((await describeExecution('run-good-1')).status).toBe('RUNNING');
    expect((await describeExecution('run-good-2')).status).toBe('RUNNING');
    const added = deadLetters().slice(before);
    expect(added).toHaveLength(1);
    expect(added[0]).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
    expect(JSON.stringify(added)).not.toContain('poison-1');
  });

  test('splits a batch whose function fails until the broken record is alone', async () => {
    const before = deadLetters().length;
    await Promise.all(['s1', 's2', 's3', 's4'].map((id) => submit({ id, broken: id === 's3' })));
    await idle();
    expect(deadLetters().slice(before)).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 1 } }]);
    for (const id of ['s1', 's2', 's4']) expect((await describeExecution(`run-${id}`)).status).toBe('RUNNING');
  });
});

describe('workflows', () => {
  test('wait for their token and for the virtual time, and end with what was journaled', async () => {
    await sfn('StartExecution', { stateMachineArn: machineArn, name: 'w1', input: '{"id":"w1"}' });
    await idle();
    const taskToken = await tokenOf('w1');
    expect(taskToken.length).toBeGreaterThan(600);
    expect(await sfn('SendTaskSuccess', { taskToken, output: '{"said":"yes"}' })).toMatchObject({ status: 200 });
    await idle();
    expect(await control('GET', '/executions/w1')).toMatchObject({ body: { status: 'RUNNING', waitingIn: [] } });
    await control('POST', '/clock/advance', { seconds: 8 * 86_400 });
    await idle();
    const ended = await describeExecution('w1');
    expect(ended).toMatchObject({ status: 'SUCCEEDED' });
    expect(JSON.parse(z.string().parse(ended['output']))).toMatchObject({
      answer: { said: 'yes' },
      first: { calls: 1 },
      last: { calls: 1, stage: 'last' },
    });
    expect(await sfn('SendTaskSuccess', { taskToken, output: '{}' })).toMatchObject({
      status: 400,
      body: { __type: 'TaskTimedOut' },
    });
    const history = z
      .looseObject({ events: z.array(z.looseObject({ type: z.string() })) })
      .parse((await sfn('GetExecutionHistory', { executionArn: executionArn('w1') })).body);
    expect(history.events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      ...['Task', 'Task', 'Wait', 'Task'].flatMap((kind) => [`${kind}StateEntered`, `${kind}StateExited`]),
      'ExecutionSucceeded',
    ]);
    token = await platform.tokenFor('worker');
  });

  test('catch the error a token is failed with, and give the second task another token', async () => {
    await sfn('StartExecution', { stateMachineArn: machineArn, name: 'w2', input: '{"id":"w2"}' });
    await idle();
    const first = await tokenOf('w2');
    await sfn('SendTaskFailure', { taskToken: first, error: 'Objection', cause: 'seen otherwise' });
    await idle();
    expect(await tokenOf('w2')).not.toBe(first);
    expect(await callsOf(platform.dynamodbUrl, 'ASKED#w2')).toBe(2);
  });

  test('retry what the definition says is worth it and fail by name what is not', async () => {
    for (const id of ['flaky-1', 'bad-1'])
      await sfn('StartExecution', { stateMachineArn: machineArn, name: id, input: JSON.stringify({ id }) });
    await idle();
    expect(await callsOf(platform.dynamodbUrl, 'STEP#first#flaky-1')).toBe(2);
    expect(await control('GET', '/executions/flaky-1')).toMatchObject({ body: { waitingIn: ['Ask'], transitions: 3 } });
    expect(await describeExecution('bad-1')).toMatchObject({ status: 'FAILED', error: 'FirstFailed' });
  });

  test('are started once for a name', async () => {
    const start = { stateMachineArn: machineArn, name: 'w3', input: '{"id":"w3"}' };
    const [one, two] = await Promise.all([sfn('StartExecution', start), sfn('StartExecution', start)]);
    expect(one.body).toEqual(two.body);
    await idle();
    expect(await callsOf(platform.dynamodbUrl, 'ASKED#w3')).toBe(1);
    expect(await sfn('StartExecution', { ...start, input: '{"id":"other"}' })).toMatchObject({
      status: 400,
      body: { __type: 'ExecutionAlreadyExists' },
    });
  });

  test('can be stopped, after which their token is worth nothing', async () => {
    await sfn('StartExecution', { stateMachineArn: machineArn, name: 'w4', input: '{"id":"w4"}' });
    await idle();
    await sfn('StopExecution', { executionArn: executionArn('w4'), error: 'Withdrawn' });
    expect(await describeExecution('w4')).toMatchObject({ status: 'ABORTED', error: 'Withdrawn' });
    expect(await sfn('SendTaskSuccess', { taskToken: await tokenOf('w4'), output: '{}' })).toMatchObject({
      body: { __type: 'TaskTimedOut' },
    });
    expect(
      await sfn('StartExecution', { stateMachineArn: machineArn, name: 'w4', input: '{"id":"w4"}' }),
    ).toMatchObject({ body: { __type: 'ExecutionAlreadyExists' } });
    expect(await sfn('SendTaskHeartbeat', { taskToken: 'nonsense' })).toMatchObject({
      body: { __type: 'InvalidToken' },
    });
  });
});

describe('time', () => {
  test('passes for functions when the clock is advanced, and fires a schedule once however often its time passed', async () => {
    const before = await callsOf(platform.dynamodbUrl, 'TICK');
    const { now } = z.looseObject({ now: z.iso.datetime() }).parse((await control('GET', '/clock')).body);
    const target = new Date(Date.parse(now) + 30 * 86_400_000).toISOString();
    expect((await control('POST', '/clock/advance', { to: target })).status).toBe(200);
    expect(await callsOf(platform.dynamodbUrl, 'TICK')).toBe(before + 1);
    expect(await act('now')).toMatchObject({ body: { isDate: true, fixed: '1970-01-01T00:00:00.000Z' } });
    expect(z.looseObject({ now: z.string() }).parse((await act('now')).body).now >= target).toBe(true);
    expect((await control('POST', '/clock/advance', { to: now })).status).toBe(409);
  });

  test('ends a token of the issuer', async () => {
    const old = await platform.tokenFor('worker');
    expect((await api('GET', '/items/none', undefined, { authorization: `Bearer ${old}` })).status).toBe(404);
    await control('POST', '/clock/advance', { seconds: 13 * 3600 });
    expect((await api('GET', '/items/none', undefined, { authorization: `Bearer ${old}` })).status).toBe(401);
    token = await platform.tokenFor('worker');
  });
});

describe('what is kept and counted', () => {
  test('the secret is 64 characters that only the owner can read', async () => {
    expect((await act('secret')).body).toMatchObject({ length: 64 });
    expect(statSync(join(folder.path, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('units are summed by table and index, transactions twice', async () => {
    const Stats = z.looseObject({
      units: z.looseObject({
        writeUnits: z.number(),
        byTable: z.record(z.string(), z.record(z.string(), z.object({ write: z.number(), read: z.number() }))),
      }),
    });
    const read = async () => Stats.parse((await control('GET', '/stats')).body).units.byTable['Kept-Items'];
    await idle();
    const before = await read();
    expect((await submit({ id: 'bad-units' })).status).toBe(201);
    const after = await read();
    expect((after?.['byDue']?.write ?? 0) - (before?.['byDue']?.write ?? 0)).toBe(1);
    expect((after?.['']?.write ?? 0) - (before?.['']?.write ?? 0)).toBeGreaterThanOrEqual(10);
  });
});
