import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startPlatform } from '../../../local/platform.ts';
import { StartFailure } from '../../../local/start-failure.ts';
import {
  callsOf,
  executionArn,
  fixture,
  machineArn,
  type Running,
  readItem,
  send,
  startProcess,
  temporaryFolder,
  worker,
  workflowCall,
} from './running.ts';

const folders: { readonly remove: () => void }[] = [];
const processes: Running[] = [];

const newFolder = (): string => {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
};
const start = async (folder: string, more: readonly string[] = []): Promise<Running> => {
  const running = await startProcess(folder, more);
  processes.push(running);
  return running;
};
const idle = async ({ controlUrl }: Running) =>
  expect((await send('GET', `${controlUrl}/idle?timeout=20000`)).status).toBe(200);
const statusOf = async ({ awsUrl }: Running, name: string): Promise<unknown> => {
  const { body } = await workflowCall(awsUrl, 'DescribeExecution', { executionArn: executionArn(name) });
  return z.looseObject({ status: z.string() }).parse(body).status;
};
const begin = ({ awsUrl }: Running, id: string) =>
  workflowCall(awsUrl, 'StartExecution', { stateMachineArn: machineArn, name: id, input: JSON.stringify({ id }) });
const tokenOf = async ({ dynamodbUrl }: Running, id: string) =>
  z.string().parse((await readItem(dynamodbUrl, `TOKEN#${id}`))?.['token']?.['S']);

afterEach(async () => {
  for (const running of processes.splice(0))
    if (running.process.exitCode === null && running.process.signalCode === null) await running.kill('SIGKILL');
  for (const folder of folders.splice(0)) folder.remove();
});

describe('after kill -9 and another start on the same folder', () => {
  test('a review that waits for a person goes on with the same token, and finished steps are not called again', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await begin(first, 'k1');
    await idle(first);
    const token = await tokenOf(first, 'k1');
    await first.kill('SIGKILL');

    const second = await start(folder);
    await idle(second);
    expect(await statusOf(second, 'k1')).toBe('RUNNING');
    expect(await tokenOf(second, 'k1')).toBe(token);
    expect((await workflowCall(second.awsUrl, 'SendTaskSuccess', { taskToken: token, output: '{}' })).status).toBe(200);
    // At once: what was acknowledged must be in the journal already.
    await second.kill('SIGKILL');

    const third = await start(folder);
    await idle(third);
    await send('POST', `${third.controlUrl}/clock/advance`, { seconds: 8 * 86_400 });
    await idle(third);
    expect(await statusOf(third, 'k1')).toBe('SUCCEEDED');
    expect(await callsOf(third.dynamodbUrl, 'STEP#first#k1')).toBe(1);
    expect(await callsOf(third.dynamodbUrl, 'ASKED#k1')).toBe(1);
  });

  test('a wait for a time has not begun anew, and the clock has not gone back', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await begin(first, 'k2');
    await idle(first);
    await workflowCall(first.awsUrl, 'SendTaskSuccess', { taskToken: await tokenOf(first, 'k2'), output: '{}' });
    await idle(first);
    await send('POST', `${first.controlUrl}/clock/advance`, { seconds: 6 * 86_400 });
    await first.kill('SIGKILL');

    const second = await start(folder);
    expect(await statusOf(second, 'k2')).toBe('RUNNING');
    await send('POST', `${second.controlUrl}/clock/advance`, { seconds: 1.1 * 86_400 });
    await idle(second);
    expect(await statusOf(second, 'k2')).toBe('SUCCEEDED');
  });

  test('every acknowledged write reaches its workflow, although the process ended in the middle of many', async () => {
    const folder = newFolder();
    const clients = join(folder, 'clients.json');
    await import('node:fs/promises').then(({ writeFile }) => writeFile(clients, JSON.stringify([worker])));
    const authorise = async ({ issuerUrl }: Running) => {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'worker',
        client_secret: 'development-only',
      });
      const response = await fetch(`${issuerUrl}/token`, { method: 'POST', body: form });
      return {
        authorization: `Bearer ${z.looseObject({ access_token: z.string() }).parse(await response.json()).access_token}`,
      };
    };
    const first = await start(folder, ['--clients', clients]);
    const headers = await authorise(first);
    const acknowledged: string[] = [];
    const writing = Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await pause(index * 10);
        const answer = await send('POST', `${first.apiUrl}/items`, { id: `m${index}` }, headers).catch(() => undefined);
        if (answer?.status === 201) acknowledged.push(`m${index}`);
      }),
    );
    while (acknowledged.length < 15) await pause(5);
    await first.kill('SIGKILL');
    await writing;

    const second = await start(folder, ['--clients', clients]);
    await idle(second);
    for (const id of acknowledged) expect(await statusOf(second, `run-${id}`)).toBe('RUNNING');
    // A token from before the kill is still good: the issuer has kept its key.
    expect((await send('GET', `${second.apiUrl}/items/ITEM%23m0`, undefined, headers)).status).toBe(200);
  });

  test('a schedule whose time passed meanwhile fires once, and the secret is the same', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const { body: before } = await send('POST', `${first.apiUrl}/acts/secret`);
    const { pid } = z
      .looseObject({ pid: z.int() })
      .parse(JSON.parse(readFileSync(join(folder, 'platform.json'), 'utf8')));
    expect(pid).toBe(first.process.pid);
    await first.kill('SIGKILL');

    const later = new Date(Date.now() + 5 * 3_600_000).toISOString();
    const second = await start(folder, ['--clock', later]);
    await idle(second);
    expect(await callsOf(second.dynamodbUrl, 'TICK')).toBe(1);
    expect((await send('POST', `${second.apiUrl}/acts/secret`)).body).toEqual(before);
  });

  test('no engine is left behind', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await first.kill('SIGKILL');
    await expect
      .poll(() =>
        fetch(first.dynamodbUrl).then(
          () => 'answers',
          () => 'gone',
        ),
      )
      .toBe('gone');
  });
});

describe('a start with functions ahead of their first call', () => {
  const Started = z.looseObject({
    functions: z.record(z.string(), z.looseObject({ coldStarts: z.int(), workers: z.int() })),
  });

  test('has their threads there before anybody calls, and one thread only afterwards', async () => {
    const options = { assembly: fixture, dataFolder: newFolder(), apiPort: 0, startAhead: ['front'] };
    const platform = await startPlatform(options);
    const front = async () =>
      Started.parse((await send('GET', `${platform.controlUrl}/stats`)).body).functions['Running-Front'];
    await expect.poll(front).toMatchObject({ coldStarts: 1, workers: 1, invocations: 0 });
    expect((await send('GET', `${platform.apiUrl}/open`)).status).toBe(200);
    expect(await front()).toMatchObject({ coldStarts: 1, workers: 1, invocations: 1 });
    await platform.stop();
  });

  test('of a service that the template does not have is refused', async () => {
    await expect(
      startPlatform({ assembly: fixture, dataFolder: newFolder(), apiPort: 0, startAhead: ['nobody'] }),
    ).rejects.toThrow('No function of the template is the service nobody, which was to be started ahead.');
  });
});

describe('a start that cannot be', () => {
  test('on a folder in use is refused with the process that uses it', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const second = startPlatform({ assembly: fixture, dataFolder: folder, apiPort: 0 });
    await expect(second).rejects.toThrow(StartFailure);
    await expect(second).rejects.toThrow(
      `in use by another platform (process ${first.process.pid}, ${first.apiUrl}). Stop that one, or give another folder`,
    );
  });

  test('on a port in use names the port, and leaves nothing running', async () => {
    const first = await start(newFolder());
    const port = Number(new URL(first.apiUrl).port);
    const folder = newFolder();
    const options = { assembly: fixture, dataFolder: folder, apiPort: port, controlPort: 0, issuerPort: 0 };
    await expect(startPlatform(options)).rejects.toThrow(
      `Port ${port}, wanted for the HTTP API, is taken. Stop what uses it, or give another with --port.`,
    );
    const following = { assembly: fixture, dataFolder: folder, apiPort: port - 2, controlPort: 0 };
    await expect(startPlatform(following)).rejects.toThrow(
      `Port ${port}, wanted for the development OIDC issuer, is taken. Stop what uses it, or give another with --port (the control server`,
    );
    const platform = await startPlatform({ ...options, apiPort: 0 });
    expect(platform.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:/u);
    await platform.stop();
  });

  test('with a clock before the folder’s own is refused', async () => {
    const folder = newFolder();
    const options = { assembly: fixture, dataFolder: folder, apiPort: 0 };
    await (await startPlatform({ ...options, clock: '2030-01-01T00:00:00Z' })).stop();
    await expect(startPlatform({ ...options, clock: '2029-01-01T00:00:00Z' })).rejects.toThrow('cannot be set back');
  });
});
