import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rateKey } from '../../../adapters/dynamodb/keys.ts';
import { dynamodbRateCounter } from '../../../adapters/dynamodb/rate-counter.ts';
import { rateMoment, usualRateLimits } from '../../../domain/access/rate-limits.ts';
import { startTables, type TestTables } from '../../support/engine.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

/** 2026-03-02, 100 s into the day: the second part of the second window. */
const morning = Date.parse('2026-03-02T00:01:40Z');
const limit = usualRateLimits.agency;
const counterOf = () => dynamodbRateCounter(tables.tablesWith({}), 60_000);

describe('the counter', () => {
  test('counts the window and its part, for all instances together, and loses none of many at once', async () => {
    const instances = [counterOf(), counterOf(), counterOf()];
    const counts = await Promise.all(
      Array.from({ length: 60 }, async (_, request) =>
        instances[request % 3]?.('together', rateMoment(limit, morning), 1),
      ),
    );
    const inWindow = counts.map((count) => count?.inWindow ?? 0).toSorted((one, other) => one - other);
    expect(inWindow).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    const later = await counterOf()('together', rateMoment(limit, morning + 10_000), 1);
    expect(later).toEqual({ inWindow: 61, inPart: 1 });
    expect(await counterOf()('together', rateMoment(limit, morning + 15_000), 8)).toEqual({ inWindow: 69, inPart: 9 });
  });

  test('begins anew in each window and for each mark', async () => {
    const count = counterOf();
    expect(await count('one', rateMoment(limit, morning), 1)).toEqual({ inWindow: 1, inPart: 1 });
    expect(await count('one', rateMoment(limit, morning + 60_000), 1)).toEqual({ inWindow: 1, inPart: 1 });
    expect(await count('other', rateMoment(limit, morning), 1)).toEqual({ inWindow: 1, inPart: 1 });
  });

  test('is one small item that goes by itself, holds numbers only, and leaves no audit entry', async () => {
    await counterOf()('alone', rateMoment(limit, morning), 1);
    const second = morning / 1_000;
    const key = rateKey('alone', second - 40);
    expect((await tables.items('roster')).filter(({ pk }) => pk === key.pk)).toEqual([
      { ...key, n: 1, n4: 1, expiresAt: second + 3_600 },
    ]);
    expect(await tables.items('audit')).toEqual([]);
  });

  test('gives up before the request has waited long', { timeout: 15_000 }, async () => {
    const { client } = tables.tablesWith({ endpoint: 'http://127.0.0.1:1', maxAttempts: 50 });
    const began = Date.now();
    await expect(
      dynamodbRateCounter({ client, roster: tables.tables.roster }, 100)('late', rateMoment(limit, morning), 1),
    ).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(2_000);
  });
});
