import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamodbRosterStore } from '../../../adapters/dynamodb/dynamodb-roster-store.ts';
import type { Tables } from '../../../adapters/dynamodb/tables.ts';
import type { KnownPerson } from '../../../domain/store/roster-store.ts';
import { residentId } from '../../support/people.ts';
import { firstWrites, recordsOf } from '../../support/records.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

describe('people by their resident IDs', () => {
  test('come in the order that was asked for, and who is not known is undefined in their place', async () => {
    const ids = ['1950-01-01', '1951-01-01', '1952-01-01'].map((date, index) => residentId(date, index));
    const known: KnownPerson[] = [];
    for (const [index, id] of ids.entries()) {
      const records = recordsOf(`person ${index}`);
      const { seen: _, residentId: _id, ...person } = records.claim({ residentId: id });
      known.push(person);
      await roster.store.commit(records.change([], { claims: [records.claim({ residentId: id })] }));
    }
    const stranger = residentId('1999-09-09', 9);
    const asked = [ids[2], stranger, ids[0], ids[1]].map((id) => id ?? '');
    expect(await roster.store.people(asked)).toEqual([known[2], undefined, known[0], known[1]]);
    expect(await roster.store.people([])).toEqual([]);
  });

  test('of a household of thirty are found in one request', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => residentId('1960-06-06', index));
    const records = recordsOf('thirty');
    const claims = ids.map((id) => records.claim({ residentId: id }));
    expect(await roster.store.commit(records.change(firstWrites(records), { claims }))).toEqual({ ok: true });
    expect((await roster.store.people(ids)).filter((person) => person !== undefined)).toHaveLength(30);
  });

  test('are found however many are asked for, and although one comes twice', async () => {
    const id = residentId('1950-02-02', 7);
    const records = recordsOf('one of many');
    await roster.store.commit(records.change([], { claims: [records.claim({ residentId: id })] }));
    const others = Array.from({ length: 150 }, (_, index) => residentId('1961-06-06', index));
    const found = await roster.store.people([id, ...others, id]);
    expect([found[0]?.personId, found[151]?.personId]).toEqual([records.personId, records.personId]);
    expect(found.slice(1, 151).every((person) => person === undefined)).toBe(true);
  });
});

describe('application and household together', () => {
  test('read as each alone, and what is not there is undefined', async () => {
    const { application, household, change } = recordsOf('together');
    const ids = [application.applicationId, household.household.householdId] as const;
    const { store } = roster;
    expect(await store.applicationAndHousehold(...ids)).toEqual({ application: undefined, household: undefined });
    await store.commit(change([{ kind: 'household', value: household }]));
    expect(await store.applicationAndHousehold(...ids)).toEqual({ application: undefined, household });
    await store.commit(change([{ kind: 'application', value: application, from: [] }], { number: 2 }));
    expect(await store.application(ids[0])).toEqual(application);
    expect(await store.applicationAndHousehold(...ids)).toEqual({ application, household });
  });

  test('are asked for again when the store answers a part only', async () => {
    const { application, household, change } = recordsOf('in parts');
    await roster.store.commit(
      change([
        { kind: 'application', value: application, from: [] },
        { kind: 'household', value: household },
      ]),
    );
    const { client } = roster.tables;
    let requests = 0;
    /** Leaves every key but the first unprocessed, as a throttled table does. */
    const send = async (command: { input: { RequestItems?: Record<string, { Keys: unknown[] }> } }) => {
      requests += 1;
      const [table, asked] = Object.entries(command.input.RequestItems ?? {})[0] ?? [];
      if (table === undefined || asked === undefined) throw new Error('not a batch');
      const { Keys: keys, ...rest } = asked;
      command.input.RequestItems = { [table]: { ...rest, Keys: keys.slice(0, 1) } };
      const answer = await client.send(command as never);
      const left = keys.slice(1);
      return { ...(answer as object), UnprocessedKeys: left.length > 0 ? { [table]: { ...rest, Keys: left } } : {} };
    };
    const throttled: Tables = { ...roster.tables, client: { send } as unknown as Tables['client'] };
    const store = dynamodbRosterStore(throttled, roster.vault);
    const read = await store.applicationAndHousehold(application.applicationId, household.household.householdId);
    expect(read).toEqual({ application, household });
    expect(requests).toBe(2);
  });
});
