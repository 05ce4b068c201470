import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runHearth } from '../unit/cli/fake-terminal.ts';
import { example, type PlatformFolder, type RunningPlatform, synthesizedPlatform } from './running-platform.ts';

let folder: PlatformFolder;
let platform: RunningPlatform;
beforeAll(async () => {
  folder = synthesizedPlatform();
  platform = await folder.start();
  const submission = {
    as: 'township-worker-1',
    method: 'POST',
    path: '/applications',
    body: example('a-rural-couple'),
  } as const;
  const answer = await platform.ask({ ...submission, headers: { 'idempotency-key': 'to-be-exported-1' } });
  expect(answer.status, answer.text).toBe(201);
  await platform.settle();
});
afterAll(() => folder.remove());

const Health = z.looseObject({ dynamodbUrl: z.url() });
const Files = z.object({ md5Checksum: z.string(), itemCount: z.int() });
const Redriven = z.looseObject({
  events: z.array(
    z.looseObject({ eventId: z.string(), attempts: z.int(), reason: z.string().nullable(), result: z.string() }),
  ),
  letters: z.array(z.looseObject({ reason: z.string(), function: z.string() })),
});

const inFolder = (name: string): string => join(folder.data, '..', name);
const exported = async (name: string) => {
  const run = await runHearth(['export', '--data', folder.data, '--to', inFolder(name), '--json']);
  expect(run.exitCode, run.err).toBe(0);
  return ['roster', 'audit'].map((table) =>
    Files.parse(JSON.parse(readFileSync(join(inFolder(name), table, 'manifest-files.json'), 'utf8'))),
  );
};

test('two exports of the same state are the same, and a recount of them finds nothing', async () => {
  const [first, second] = [await exported('first'), await exported('second')];
  expect(first).toEqual(second);
  expect(first.map(({ itemCount }) => itemCount > 0)).toEqual([true, true]);
  const run = await runHearth(['reconcile', '--export', inFolder('first'), '--json']);
  expect(run.exitCode, run.out).toBe(0);
});

test('an export is not written over, but one that was cut off is', async () => {
  await exported('third');
  const again = ['export', '--data', folder.data, '--to', inFolder('third')];
  expect((await runHearth(again)).err).toContain('is not written over');
  for (const table of ['roster', 'audit']) rmSync(join(inFolder('third'), table, 'manifest-summary.json'));
  expect((await runHearth(again)).exitCode).toBe(0);
});

test('a poison event comes to the dead letters with its reason, and back with a count when it fails again', async () => {
  const { dynamodbUrl: endpoint } = Health.parse(await platform.control('/health'));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const table = [...(await platform.tables()).keys()]
    .map((key) => key.split(' ')[0])
    .find((name) => name?.includes('Roster'));
  const eventId = `evt_${'0'.repeat(32)}`;
  const at = '2026-03-02T01:00:30.000Z';
  const none = { NULL: true } as const;
  await client.send(
    new PutItemCommand({
      TableName: table,
      Item: {
        ...{
          pk: { S: 'OUTBOX#0' },
          sk: { S: `${at}#${eventId}` },
          eventId: { S: eventId },
          type: { S: 'TaskCompleted' },
        },
        ...{
          at: { S: at },
          division: { S: '140922' },
          applicationId: none,
          reviewId: none,
          taskId: none,
          noticeId: none,
        },
      },
    }),
  );
  client.destroy();
  await platform.settle();

  const listed = await runHearth(['redrive', '--data', folder.data, '--dry-run', '--json']);
  const before = Redriven.parse(listed.object());
  expect(before.events).toMatchObject([{ eventId, attempts: 6, reason: 'EventIncomplete', result: 'listed' }]);
  expect(before.letters).toMatchObject([{ reason: 'RetryAttemptsExhausted' }]);

  const given = await runHearth(['redrive', '--data', folder.data, '--json', '--wait', '15']);
  expect(given.exitCode).toBe(1);
  const [event] = Redriven.parse(given.object()).events;
  expect(event).toMatchObject({ eventId, result: 'failed again' });
  expect(event?.attempts).toBeGreaterThan(6);
  await platform.settle();
  // The message stays as long as the event does, beside the one of the new failure.
  const after = Redriven.parse((await runHearth(['redrive', '--data', folder.data, '--dry-run', '--json'])).object());
  expect(after.events).toMatchObject([{ eventId }]);
  expect(after.letters).toHaveLength(2);
});

test('an export from an instance that is killed meanwhile is none', async () => {
  const exporting = runHearth(['export', '--data', folder.data, '--to', inFolder('killed'), '--json']);
  await platform.kill('SIGKILL');
  const run = await exporting;
  if (run.exitCode !== 0) {
    const recounted = await runHearth(['reconcile', '--export', inFolder('killed'), '--json']);
    expect(recounted.exitCode).toBe(1);
    expect(recounted.out).toContain('no');
  }
  platform = await folder.start();
  rmSync(inFolder('killed'), { recursive: true, force: true });
  await exported('killed');
});
