import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamodbRosterStore } from '../../../adapters/dynamodb/dynamodb-roster-store.ts';
import type { AggregateWrite } from '../../../domain/store/roster-store.ts';
import type { Item } from '../../support/engine.ts';
import { canaries, firstWrites, recordsOf } from '../../support/records.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { vaultOf } from '../../support/vault.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

/** All that can be read of an item by someone without a key: text and numbers as they are, bytes as Latin letters. */
const readable = (items: readonly Item[]): string =>
  JSON.stringify(items, (_, value: unknown) =>
    value instanceof Uint8Array
      ? `${Buffer.from(value).toString('latin1')} ${Buffer.from(value).toString('utf8')}`
      : value,
  );

const itemOf = async (begin: string, sk = 'STATE'): Promise<Item> => {
  const item = (await roster.items('roster')).find((found) => found['pk'] === begin && found['sk'] === sk);
  if (item === undefined) throw new Error(`no item ${begin}`);
  return item;
};
const overwrite = (Item: Item) => roster.tables.client.send(new PutCommand({ TableName: roster.tables.roster, Item }));

test('nothing about a person is readable in the tables, whatever aggregate, answer or token it is in', async () => {
  const records = recordsOf('canary');
  const { task, notice, change, claim, startedAt } = records;
  const completion = {
    at: startedAt,
    by: canaries.investigator,
    outcome: 'assessed' as const,
    investigators: [canaries.investigator],
    note: canaries.note,
    requestHash: 'a hash',
  };
  const objection = { objectionId: `obj_${'0'.repeat(32)}` as never, raisedAt: startedAt, grounds: canaries.grounds };
  const writes: AggregateWrite[] = firstWrites(records).map((write) => {
    if (write.kind === 'task') return { ...write, value: { ...task, state: 'completed', completion } };
    return write.kind === 'notice' ? { ...write, value: { ...notice, state: 'objected', objection } } : write;
  });
  const result = await roster.store.commit(
    change(writes, {
      claims: [claim({ residentId: canaries.residentId })],
      idempotency: {
        caller: 'li-investigator',
        key: 'a key',
        requestHash: 'a hash',
        response: { missingPapers: [{ kind: 'illness-diagnosis', personId: records.personId }] },
      },
    }),
  );
  expect(result).toEqual({ ok: true });
  await roster.store.storeToken(task.taskId, 'canary-token', startedAt);

  const text = readable([...(await roster.items('roster')), ...(await roster.items('audit'))]);
  const secrets = [
    canaries.name,
    canaries.residentId,
    canaries.residentId.slice(6, 14),
    canaries.investigator,
    canaries.note,
    canaries.grounds,
    canaries.phone,
    canaries.account,
    '金丝雀银行',
    String(canaries.amount),
    '1958-03-12',
    'psychiatric',
    'disability',
    'illness',
    'canary',
  ];
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  // The check can fail: what is meant to be readable is found.
  expect(text).toContain('li-investigator');
});

test('an envelope that was moved to another record does not open', async () => {
  const [mine, theirs] = [recordsOf('mine'), recordsOf('theirs')];
  await roster.store.commit(mine.change([{ kind: 'household', value: mine.household }]));
  await roster.store.commit(theirs.change([{ kind: 'household', value: theirs.household }]));
  const [from, to] = [
    await itemOf(`HOUSEHOLD#${theirs.household.household.householdId}`),
    await itemOf(`HOUSEHOLD#${mine.household.household.householdId}`),
  ];
  await overwrite({ ...to, 'sealed.identity': from['sealed.identity'] });
  await expect(roster.store.household(mine.household.household.householdId)).rejects.toThrow(/authenticate/u);
});

test('an envelope of another group of the same record does not open', async () => {
  const { household, change } = recordsOf('groups');
  await roster.store.commit(change([{ kind: 'household', value: household }]));
  const item = await itemOf(`HOUSEHOLD#${household.household.householdId}`);
  await overwrite({ ...item, 'sealed.identity': item['sealed.health'] });
  await expect(roster.store.household(household.household.householdId)).rejects.toThrow(/authenticate/u);
});

const isOf = (envelopes: unknown): Uint8Array[] => envelopes as Uint8Array[];

test('an envelope that was taken away, doubled or brought back from an earlier version is missed', async () => {
  const { household, change } = recordsOf('a row that was tampered with');
  const id = household.household.householdId;
  const members = [
    ...household.household.members,
    ...household.household.members.map((member) => ({ ...member, personId: recordsOf('a second person').personId })),
  ];
  const facts = household.household.facts.flatMap((fact) =>
    members.map(({ personId }) => ({ ...fact, subject: personId })),
  );
  const identities = members.map(({ personId }) => ({ personId, name: '李测试', residentId: null }));
  const first = { ...household, identities, household: { ...household.household, members, facts } };
  await roster.store.commit(change([{ kind: 'household', value: first }]));
  const before = await itemOf(`HOUSEHOLD#${id}`);
  await roster.store.commit(change([{ kind: 'household', value: { ...first, version: 2 } }], { number: 2 }));
  const item = await itemOf(`HOUSEHOLD#${id}`);
  expect((await roster.store.household(id))?.household.facts).toEqual(facts);

  const [his, hers] = isOf(item['sealed.health']);
  const [hisName, herName] = isOf(item['sealed.identity']);
  const [hisKey, herKey] = isOf(item['keys']);
  for (const [what, tampered] of Object.entries({
    'an envelope about health is gone': { 'sealed.health': [his] },
    'all about health is gone': { 'sealed.health': [] },
    'an envelope about health is there twice': { 'sealed.health': [his, his] },
    'an identity is gone': { 'sealed.identity': [herName] },
    'an identity is there twice': { 'sealed.identity': [hisName, hisName] },
    'a contact is gone': { 'sealed.contact': [] },
    'what is about the household is gone': { 'sealed.circumstances': undefined },
    'what is about the household is of before': { 'sealed.circumstances': before['sealed.circumstances'] },
    'one about health is of before': { 'sealed.health': [isOf(before['sealed.health'])[0], hers] },
    'the version is another': { version: 3 },
    'the keys are in each other’s place': { keys: [herKey, hisKey] },
    'a key is gone': { keys: [hisKey] },
    'somebody is said to be erased who is not': { erased: [2] },
    'a key is one of another household': { keys: [hisKey, isOf((await anotherHousehold())['keys'])[0]] },
  })) {
    const { 'sealed.circumstances': circumstances, ...rest } = { ...item, ...tampered } as Item;
    await overwrite(circumstances === undefined ? rest : { ...rest, 'sealed.circumstances': circumstances });
    // A fact that is not there would be noticed as one without a form; it has to be said what is wrong with the row.
    const said = what.endsWith('about health is gone') ? /lacks an envelope about health/u : /./u;
    await expect(roster.store.household(id), what).rejects.toThrow(said);
  }
  await overwrite(item);
  expect((await roster.store.household(id))?.version).toBe(2);
});

const anotherHousehold = async (): Promise<Item> => {
  const { household, change } = recordsOf('another household');
  await roster.store.commit(change([{ kind: 'household', value: household }]));
  return itemOf(`HOUSEHOLD#${household.household.householdId}`);
};

test('a changed byte is noticed', async () => {
  const { task, household, change, startedAt } = recordsOf('changed byte');
  const completion = {
    at: startedAt,
    by: 'someone',
    outcome: 'assessed' as const,
    investigators: [],
    note: null,
    requestHash: '',
  };
  await roster.store.commit(
    change([
      { kind: 'household', value: household },
      { kind: 'task', value: { ...task, completion }, from: [] },
    ]),
  );
  const item = await itemOf(`TASK#${task.taskId}`);
  const envelope = Buffer.from(item['sealed.task'] as Uint8Array);
  envelope[20] = (envelope[20] ?? 0) ^ 1;
  await overwrite({ ...item, 'sealed.task': envelope });
  await expect(roster.store.task(task.taskId)).rejects.toThrow(/authenticate/u);
});

test('a store with another secret opens nothing and finds nobody', async () => {
  const records = recordsOf('another secret');
  await roster.store.commit(
    records.change([{ kind: 'household', value: records.household }], { claims: [records.claim()] }),
  );
  const other = vaultOf('another secret of tests, long enough as well');
  await other.dataKeys.newest();
  const store = dynamodbRosterStore(roster.tables, other);
  await expect(store.household(records.household.household.householdId)).rejects.toThrow(/authenticate/u);
  expect((await store.people([records.claim().residentId]))[0]).toBeUndefined();
});

test('a row that does not have its form is refused with its key and the place, and nothing of its content', async () => {
  const { review, change } = recordsOf('malformed');
  await roster.store.commit(change([{ kind: 'review', value: review, from: [] }]));
  const item = await itemOf(`REVIEW#${review.reviewId}`);
  await overwrite({ ...item, state: 'canary-state', unknown: 'canary-attribute' });
  const error = await roster.store.review(review.reviewId).catch((thrown: unknown) => String(thrown));
  expect(error).toContain(`REVIEW#${review.reviewId}`);
  expect(error).toContain('state');
  expect(error).not.toContain('canary');
});

test('a task token is kept sealed beside its owner, renewed by the next one, and gone with nobody else', async () => {
  const { task, notice, startedAt } = recordsOf('tokens');
  const { store } = roster;
  await store.storeToken(task.taskId, 'the first token', startedAt);
  await store.storeToken(notice.noticeId, 'the token of the notice', startedAt);
  expect(await store.token(task.taskId)).toBe('the first token');
  await store.storeToken(task.taskId, 'the second token', startedAt);
  expect(await store.token(task.taskId)).toBe('the second token');
  expect(await store.token(notice.noticeId)).toBe('the token of the notice');

  const item = await itemOf(`TASK#${task.taskId}`, 'TOKEN');
  const fourHundredDaysOn = Date.parse(startedAt) / 1_000 + 400 * 86_400;
  expect(item['expiresAt']).toBe(fourHundredDaysOn);
  await overwrite({ ...item, pk: `NOTICE#${notice.noticeId}` });
  await expect(store.token(notice.noticeId)).rejects.toThrow(/authenticate/u);
});
