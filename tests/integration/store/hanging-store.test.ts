import { createServer, type Server } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientSettings } from '../../../adapters/aws-clients.ts';
import { dynamodbRosterStore } from '../../../adapters/dynamodb/dynamodb-roster-store.ts';
import { dynamodbRateCounter } from '../../../adapters/dynamodb/rate-counter.ts';
import { documentClient } from '../../../adapters/dynamodb/tables.ts';
import { createRateLimiter } from '../../../adapters/http/rate-limit.ts';
import { succeed } from '../../../contracts/outcome.ts';
import { usualRateLimits } from '../../../domain/access/rate-limits.ts';
import { TaskId } from '../../../domain/ids.ts';
import { vaultOf } from '../../support/vault.ts';
import { ask, completion, edgeKey, problemOf, taskId, taskOperations } from '../../unit/http/gateway.ts';

/** Takes every request and answers none. */
let silence: Server;
let asked = 0;
let address = '';
beforeAll(async () => {
  silence = createServer(() => {
    asked += 1;
  });
  await new Promise<void>((resolve) => silence.listen(0, '127.0.0.1', resolve));
  const port = silence.address();
  address = `http://127.0.0.1:${typeof port === 'object' ? port?.port : ''}`;
});
afterAll(() => {
  silence.closeAllConnections();
  silence.close();
});

/** The settings of the platform, with a tenth of a second where they have seconds. */
const clientOn = (endpoint: string) =>
  documentClient(
    new DynamoDBClient({
      ...clientSettings,
      requestHandler: { ...clientSettings.requestHandler, requestTimeout: 100 },
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );

test('a store that hangs ends as 503 with a time to come back, after as many attempts as are set and no more', {
  timeout: 15_000,
}, async () => {
  const tables = { client: clientOn(address), roster: 'Roster', audit: 'Audit' };
  const store = dynamodbRosterStore(tables, vaultOf('a secret of tests, long enough to derive keys from'));
  const operations = taskOperations(async () => {
    await store.task(TaskId.parse(taskId));
    return succeed({ taskId });
  });
  const began = Date.now();
  const answer = await ask(completion({ outcome: 'done' }), operations);
  expect(problemOf(answer)).toMatchObject({ status: 503, code: 'store-unavailable' });
  expect(answer.headers['retry-after']).toBe('5');
  expect(asked).toBe(clientSettings.maxAttempts);
  expect(Date.now() - began).toBeLessThan(5_000);
});

test('a counter that hangs delays a request by its patience and does not refuse it', { timeout: 15_000 }, async () => {
  const counter = dynamodbRateCounter({ client: clientOn(address), roster: 'Roster' }, 150);
  const limiter = createRateLimiter({ counter, limits: usualRateLimits, edgeKey, now: () => Date.now() });
  const counted: string[] = [];
  const began = Date.now();
  const answer = await ask({}, taskOperations(), undefined, { limiter }, counted);
  expect(answer.status).toBe(200);
  expect(Date.now() - began).toBeLessThan(2_000);
  expect(counted).toEqual(['RateCounterUnreachable']);
});
