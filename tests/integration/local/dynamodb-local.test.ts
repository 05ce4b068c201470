import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../../../local/platform.ts';
import { callsOf, executionArn, fixture, send, temporaryFolder, worker, workflowCall } from './running.ts';

/** DynamoDB Local is Java; where there is none, this test says so and looks at the message for it instead. */
const hasJava = spawnSync('java', ['-version']).status === 0;
const folder = temporaryFolder();
let platform: Platform | undefined;

beforeAll(async () => {
  if (hasJava)
    platform = await startPlatform({
      assembly: fixture,
      dataFolder: folder.path,
      apiPort: 0,
      engine: 'dynamodb-local',
      clients: [worker],
    });
});

afterAll(async () => {
  await platform?.stop();
  folder.remove();
});

test('the same template runs on DynamoDB Local: a write starts its execution, and survives a restart', async () => {
  if (platform === undefined) {
    const start = startPlatform({ assembly: fixture, dataFolder: folder.path, apiPort: 0, engine: 'dynamodb-local' });
    await expect(start).rejects.toThrow('Install Java 17 or later');
    return;
  }
  const authorization = `Bearer ${await platform.tokenFor('worker')}`;
  expect((await send('POST', `${platform.apiUrl}/items`, { id: 'j1' }, { authorization })).status).toBe(201);
  expect((await send('GET', `${platform.controlUrl}/idle?timeout=30000`)).status).toBe(200);
  expect(await callsOf(platform.dynamodbUrl, 'SEEN#j1')).toBe(1);
  await platform.stop();
  await expect(
    startPlatform({ assembly: fixture, dataFolder: folder.path, apiPort: 0, engine: 'dynoxide' }),
  ).rejects.toThrow('The data folder was made with the engine dynamodb-local');
  platform = await startPlatform({ assembly: fixture, dataFolder: folder.path, apiPort: 0, engine: 'dynamodb-local' });
  expect((await send('GET', `${platform.controlUrl}/idle?timeout=30000`)).status).toBe(200);
  expect(await callsOf(platform.dynamodbUrl, 'SEEN#j1')).toBe(1);
  const { body } = await workflowCall(platform.awsUrl, 'DescribeExecution', { executionArn: executionArn('run-j1') });
  expect(body).toMatchObject({ status: 'RUNNING' });
});
