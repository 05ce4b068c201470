import { afterAll, beforeAll, expect, test } from 'vitest';
import { kmsDataKeys } from '../../../adapters/crypto/data-keys.ts';
import { readWrapped } from '../../../adapters/crypto/person-key.ts';
import { dynamodbKeyStore } from '../../../adapters/dynamodb/dynamodb-key-store.ts';
import { dynamodbRosterStore } from '../../../adapters/dynamodb/dynamodb-roster-store.ts';
import { dynamodbGenerations } from '../../../adapters/dynamodb/generations.ts';
import { householdKey } from '../../../adapters/dynamodb/keys.ts';
import type { KeyDependencies } from '../../../functions/keys/key-dependencies.ts';
import { countKeyUse, listKeys, rewrapKeys, rotateKeys } from '../../../functions/keys/rotate-keys.ts';
import { principal } from '../../support/people.ts';
import { recordsOf } from '../../support/records.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { kmsOf } from '../../support/vault.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

const administrator = principal('administrator', '14', 'an-administrator');
const kms = kmsOf('the KMS of the rotation');

/** A process of its own: what it knows of keys it has from the table and from KMS. */
const newProcess = (): KeyDependencies => {
  const { now } = roster.dependencies;
  const dataKeys = kmsDataKeys(kms.client, 'arn:aws:kms:::key/test', dynamodbGenerations(roster.tables), now);
  const store = dynamodbRosterStore(roster.tables, { ...roster.vault, dataKeys });
  return { ...roster.dependencies, store, keys: dynamodbKeyStore(roster.tables, dataKeys), retentionDays: 0 };
};

const generationsOf = async (begin: string): Promise<number[]> => {
  const found = (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith(begin));
  return found.flatMap((item) => (item['keys'] as Uint8Array[]).map((key) => readWrapped(key).generation));
};

test('a new generation wraps what comes, the old one opens what is, and re-wrapping moves keys and nothing else', async () => {
  const [first, second, third] = ['first', 'second', 'third'].map((name) => recordsOf(`rotation ${name}`));
  if (first === undefined || second === undefined || third === undefined) throw new Error('three were made');
  const old = newProcess();
  for (const { change, household, application } of [first, second]) {
    const writes = [
      { kind: 'household' as const, value: household },
      { kind: 'application' as const, value: application, from: [] },
    ];
    expect(await old.store.commit(change(writes))).toEqual({ ok: true });
  }
  expect(bodyOf(await listKeys(old)).generations).toMatchObject([{ generation: 1, newest: true }]);

  const rotated = bodyOf(await rotateKeys(newProcess(), administrator, 1));
  expect(rotated.generations).toMatchObject([
    { generation: 1, newest: false },
    { generation: 2, newest: true },
  ]);
  const later = newProcess();
  expect(await later.store.commit(third.change([{ kind: 'household', value: third.household }]))).toEqual({ ok: true });
  expect((await generationsOf('HOUSEHOLD#')).toSorted()).toEqual([1, 1, 2]);
  expect(await later.store.household(first.household.household.householdId)).toEqual(first.household);
  expect(bodyOf(await countKeyUse(later, null)).households).toEqual([
    { generation: 1, households: 2 },
    { generation: 2, households: 1 },
  ]);

  const before = await roster.items('roster');
  expect(bodyOf(await rewrapKeys(newProcess(), administrator, null))).toEqual({ generation: 2, rewrapped: 2, lost: 0 });
  expect(await generationsOf('HOUSEHOLD#')).toEqual([2, 2, 2]);
  const after = await roster.items('roster');
  const withoutKeys = (items: typeof after) => items.map(({ keys: _, ...rest }) => rest);
  expect(withoutKeys(after)).toEqual(withoutKeys(before));
  const fresh = newProcess();
  expect(await fresh.store.household(first.household.household.householdId)).toEqual(first.household);
  expect(await fresh.store.application(second.application.applicationId)).toEqual(second.application);
  expect(bodyOf(await rewrapKeys(newProcess(), administrator, null))).toEqual({ generation: 2, rewrapped: 0, lost: 0 });
});

test('a rotation is audited, and one that is repeated or comes second adds no key', async () => {
  const { keys } = newProcess();
  const newest = (await keys.generations()).at(-1)?.number ?? 0;
  const both = await Promise.all([
    rotateKeys(newProcess(), administrator, newest),
    rotateKeys(newProcess(), administrator, newest),
  ]);
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  expect(await rotateKeys(newProcess(), administrator, newest)).toMatchObject({
    ok: false,
    problem: 'version-conflict',
    version: newest + 1,
  });
  expect((await keys.generations()).at(-1)?.number).toBe(newest + 1);
  const audited = (await roster.items('audit')).filter(({ type }) => type === 'KeysRotated');
  expect(audited.map(({ generation }) => generation)).toContain(newest + 1);
});

test('re-wrapping does not undo what somebody wrote in the same moment', async () => {
  const { household, change } = recordsOf('rotation race');
  const writer = newProcess();
  await writer.store.commit(change([{ kind: 'household', value: household }]));
  const newest = (await writer.keys.generations()).at(-1)?.number ?? 0;
  bodyOf(await rotateKeys(newProcess(), administrator, newest));
  const { client } = roster.tables;
  let written = false;
  /** Lets another writer in between the reading of the keys and their writing. */
  const mine = householdKey(household.household.householdId).pk;
  const send = async (command: { input: { UpdateExpression?: string; Key?: { pk: string } } }) => {
    if (command.input.UpdateExpression !== undefined && command.input.Key?.pk === mine && !written) {
      written = true;
      const person = { ...household.household.members[0], personId: recordsOf('newborn').personId };
      const grown = {
        ...household,
        version: 2,
        household: { ...household.household, members: [...household.household.members, person] },
      };
      await newProcess().store.commit(change([{ kind: 'household', value: grown as typeof household }], { number: 2 }));
    }
    return client.send(command as never);
  };
  const dataKeys = kmsDataKeys(kms.client, 'arn:aws:kms:::key/test', dynamodbGenerations(roster.tables), () =>
    roster.at(),
  );
  const racing = dynamodbKeyStore({ ...roster.tables, client: { send } as never }, dataKeys);
  expect(await racing.rewrap(null)).toMatchObject({ lost: 1 });
  const after = await newProcess().store.household(household.household.householdId);
  expect(after?.household.members).toHaveLength(2);
  expect(await racing.rewrap(null)).toMatchObject({ lost: 0, rewrapped: 1 });
});
