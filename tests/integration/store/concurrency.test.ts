import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamodbRosterStore } from '../../../adapters/dynamodb/dynamodb-roster-store.ts';
import { firstWrites, recordsOf } from '../../support/records.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

const many = Array.from({ length: 20 }, (_, index) => index);

test('twenty equal commands at the same moment have one effect', async () => {
  const records = recordsOf('at once');
  const idempotency = { caller: 'someone', key: 'one key', requestHash: 'one hash', response: { answer: 1 } };
  const before = (await roster.everything()).length;
  const results = await Promise.all(
    many.map((number) =>
      roster.store.commit(records.change(firstWrites(records), { number, idempotency, claims: [records.claim()] })),
    ),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  const others = results.filter(({ ok }) => !ok);
  expect(others).toEqual(others.map(() => ({ ok: false, conflict: 'idempotency' })));
  // Six aggregates, claim, idempotency record, outbox item, audit entry; and, told before, who is entered.
  expect((await roster.everything()).length - before).toBe(11);
});

test('of twenty writers of one record, each with its own change, one wins each version', async () => {
  const { household, change } = recordsOf('many writers');
  await roster.store.commit(change([{ kind: 'household', value: household }]));
  let lost = 0;
  const write = async (number: number): Promise<void> => {
    for (;;) {
      const stored = await roster.store.household(household.household.householdId);
      if (stored === undefined) throw new Error('the household is gone');
      const value = { ...stored, version: stored.version + 1 };
      const result = await roster.store.commit(
        change([{ kind: 'household', value }], { number: number + 100 * value.version, type: 'TaskReminded' }),
      );
      if (result.ok) return;
      expect(result).toEqual({ ok: false, conflict: 'version', kind: 'household' });
      lost += 1;
    }
  };
  await Promise.all(many.slice(0, 8).map(write));
  expect(lost).toBeGreaterThan(0);
  expect((await roster.store.household(household.household.householdId))?.version).toBe(9);
  const versions = (await roster.items('audit'))
    .flatMap(({ records }) => (Array.isArray(records) ? records : []))
    .filter((entry) => String(entry).startsWith(`household ${household.household.householdId} `))
    .map((entry) => Number(String(entry).split(' ')[2]));
  expect(versions.toSorted((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a reply that is lost makes the client ask again, and the command still has one effect', async () => {
  const http = new NodeHttpHandler();
  let transactions = 0;
  const losesFirstReply: Pick<NodeHttpHandler, 'handle'> = {
    handle: async (request, options) => {
      const answer = await http.handle(request, options);
      if (!String(request.headers['x-amz-target']).endsWith('TransactWriteItems')) return answer;
      transactions += 1;
      if (transactions > 1) return answer;
      throw Object.assign(new Error('the connection was reset'), { name: 'TimeoutError', code: 'ECONNRESET' });
    },
  };
  const tables = roster.tablesWith({ requestHandler: losesFirstReply as NodeHttpHandler });
  const store = dynamodbRosterStore(tables, roster.vault);
  const records = recordsOf('lost reply');
  const before = (await roster.everything()).length;
  expect(await store.commit(records.change(firstWrites(records)))).toEqual({ ok: true });
  expect(transactions).toBe(2);
  expect((await roster.everything()).length - before).toBe(8);
});
