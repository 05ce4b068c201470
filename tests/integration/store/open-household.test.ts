import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { dynamodbKeyStore } from '../../../adapters/dynamodb/dynamodb-key-store.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import { erasePerson } from '../../../functions/keys/erase-person.ts';
import { recordFacts } from '../../../functions/record-facts.ts';
import { householdChanges } from '../../support/household-changes.ts';
import { couple, principal, wealthyCouple } from '../../support/people.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReturnType<typeof reviewSteps>;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());

/** A couple of which something was decided, and the wife of it. */
const decided = async (body: ReturnType<typeof couple>) => {
  const { reviewId, householdId, members } = await steps.submitToConfirmation(body);
  await steps.confirm(reviewId);
  await steps.record(reviewId);
  const wife = members[1]?.personId;
  if (wife === undefined) throw new Error('a couple has two members');
  return { householdId, wife };
};
const opened = async (householdId: Awaited<ReturnType<typeof decided>>['householdId']) => {
  const found = await roster.store.openedHousehold(householdId);
  if (found === undefined) throw new Error(`${householdId} is not there`);
  return found;
};
const requestsOf = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
  const send = vi.spyOn(roster.tables.client, 'send');
  try {
    await act();
    return send.mock.calls.map(([command]) => command.constructor.name);
  } finally {
    send.mockRestore();
  }
};

test('a told fact that raises an alert takes four requests: the household, what is read of it, the alert, the event', async () => {
  const { householdId, wife } = await decided(couple());
  const { followed, relayed } = householdChanges(roster);
  await followed();
  const bill = Fact.parse({
    kind: 'hospital.stay-self-paid',
    subject: wife,
    value: 6_000_000,
    unit: 'fen',
    dataset: 'hospital-bills',
    asOf: '2026-03-01',
    recordedAt: roster.at(),
  });
  // Which version is in force is asked once in a while.
  await roster.dependencies.policies.inForce();
  await recordFacts(roster.dependencies, householdId, [bill]);
  const sent = await requestsOf(() => relayed(['FactsRecorded']));
  const looking = ['QueryCommand'];
  expect(sent.filter((name) => !looking.includes(name))).toEqual([
    'GetCommand',
    'BatchGetCommand',
    'TransactWriteCommand',
    'DeleteCommand',
  ]);
});

test('of the records that are wanted, what lies under a key that was destroyed is told apart from what is not there', async () => {
  const { householdId, wife } = await decided(wealthyCouple());
  const before = await opened(householdId);
  const { determinationId, applicationId } = before.roster;
  const nothing = { determinationId: null, applicationId: null, alertIds: [] };
  expect(await requestsOf(() => before.records(nothing))).toEqual([]);
  expect(await before.records({ ...nothing, determinationId })).toMatchObject({
    determination: { determinationId },
    application: undefined,
  });
  const keys = dynamodbKeyStore(roster.tables, roster.vault.dataKeys);
  bodyOf(
    await erasePerson(
      { ...roster.dependencies, keys, retentionDays: 0 },
      {
        principal: principal('administrator', '14', 'an-administrator'),
        personId: wife,
        body: { householdId, reason: 'person-request' },
        ifMatch: before.roster.version,
        idempotencyKey: 'key-of-an-erasure',
        fingerprint: 'a fingerprint',
      },
    ),
  );
  const after = await opened(householdId);
  expect(await after.records({ ...nothing, determinationId, applicationId })).toMatchObject({
    determination: 'erased',
    application: 'erased',
  });
});
