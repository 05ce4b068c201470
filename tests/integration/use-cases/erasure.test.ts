import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint as fingerprintOf } from '../../../adapters/crypto/fingerprint.ts';
import { dynamodbKeyStore } from '../../../adapters/dynamodb/dynamodb-key-store.ts';
import { householdKey, personKey } from '../../../adapters/dynamodb/keys.ts';
import type { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { RecordErased } from '../../../domain/store/record-erased.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { type ErasureRequest, erasePerson } from '../../../functions/keys/erase-person.ts';
import type { KeyDependencies } from '../../../functions/keys/key-dependencies.ts';
import type { Item } from '../../support/engine.ts';
import { householdChanges } from '../../support/household-changes.ts';
import { couple, otherCountyWorker, principal, townshipWorker, wealthyCouple } from '../../support/people.ts';
import { bodyOf, type ReviewSteps, reviewSteps, submissionOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReviewSteps;
let dependencies: KeyDependencies;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
  dependencies = {
    ...roster.dependencies,
    keys: dynamodbKeyStore(roster.tables, roster.vault.dataKeys),
    retentionDays: 0,
  };
});
afterAll(() => roster.stop());

const administrator = principal('administrator', '14', 'an-administrator');
let keys = 0;
const erase = async (
  householdId: HouseholdId,
  personId: PersonId,
  changes: Partial<ErasureRequest> = {},
  given: KeyDependencies = dependencies,
) => {
  keys += 1;
  return erasePerson(given, {
    principal: administrator,
    personId,
    body: { householdId, reason: 'person-request' },
    ifMatch: (await roster.store.household(householdId))?.version ?? 0,
    idempotencyKey: `key-of-erasure-${keys}`,
    fingerprint: 'a fingerprint',
    ...changes,
  });
};

/** A couple whose application was withdrawn, so that nothing stands against erasing either of them. */
const withdrawnCouple = async (body = couple()) => {
  keys += 1;
  const submitted = bodyOf(
    await submitApplication(roster.dependencies, submissionOf(roster.dependencies, body, `key-of-couple-${keys}`)),
  );
  bodyOf(await withdrawApplication(roster.dependencies, townshipWorker, submitted.applicationId, null));
  const [husband, wife] = submitted.members.map(({ personId }) => personId);
  if (husband === undefined || wife === undefined) throw new Error('a couple has two members');
  return { ...submitted, body, husband, wife };
};

/** A couple that was refused: assessed, confirmed, recorded. */
const refusedCouple = async () => {
  const submitted = await steps.submitToConfirmation(wealthyCouple());
  await steps.confirm(submitted.reviewId);
  const { determinationId } = await steps.record(submitted.reviewId);
  const [husband, wife] = submitted.members.map(({ personId }) => personId);
  if (husband === undefined || wife === undefined) throw new Error('a couple has two members');
  return { ...submitted, determinationId, husband, wife };
};

const itemAt = async (key: { pk: string; sk: string }): Promise<Item | undefined> =>
  (await roster.items('roster')).find(({ pk, sk }) => pk === key.pk && sk === key.sk);
const lookUpOf = async (residentId: string) =>
  itemAt(personKey(fingerprintOf((await roster.vault.keyring())('fingerprint'), residentId)));

describe('erasing a person', () => {
  test('takes the person out of the household and leaves the others, with what is known of them', async () => {
    const { householdId, husband, wife } = await withdrawnCouple();
    const before = await roster.store.household(householdId);
    expect(bodyOf(await erase(householdId, husband))).toEqual({ personId: husband, householdId, remainingMembers: 1 });
    const after = await roster.store.household(householdId);
    expect(after?.version).toBe((before?.version ?? 0) + 1);
    expect(after?.household.members.map(({ personId }) => personId)).toEqual([wife]);
    expect(after?.identities).toEqual(before?.identities.filter(({ personId }) => personId === wife));
    expect(after?.household.facts).toEqual(before?.household.facts.filter(({ subject }) => subject !== husband));
    expect(after?.household.facts.some(({ subject }) => subject === wife)).toBe(true);
  });

  test('destroys the key: it is in no item any more, and its slot is known to be empty', async () => {
    const { householdId, husband } = await withdrawnCouple();
    const stored = await itemAt(householdKey(householdId));
    const [his, hers] = (stored?.['keys'] ?? []) as Uint8Array[];
    bodyOf(await erase(householdId, husband));
    const left = await itemAt(householdKey(householdId));
    expect(left?.['keys']).toEqual([hers]);
    expect(left?.['erased']).toEqual([1]);
    const everything = JSON.stringify(await roster.items('roster'), (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    );
    expect(everything).not.toContain(Buffer.from(his ?? []).toString('hex'));
    expect(everything).toContain(Buffer.from(hers ?? []).toString('hex'));
  });

  test('makes every older copy unreadable, and says so of each: application, determination, task', async () => {
    const { householdId, applicationId, reviewId, determinationId, husband } = await refusedCouple();
    const task = await steps.taskNow(reviewId, 'field-assessment');
    expect(task.completion).not.toBeNull();
    bodyOf(await erase(householdId, husband));
    const { store } = roster;
    for (const read of [
      () => store.application(applicationId),
      () => store.determination(determinationId),
      () => store.task(task.taskId),
      () => store.applicationAndHousehold(applicationId, householdId),
    ]) {
      await expect(read()).rejects.toThrow(RecordErased);
    }
    await expect(store.application(applicationId)).rejects.toMatchObject({ division: '140121100' });
  });

  test('of an older copy of the household, put back as a backup would, opens nothing about the person once the row is the new one', async () => {
    const { householdId, husband } = await withdrawnCouple();
    const before = await itemAt(householdKey(householdId));
    bodyOf(await erase(householdId, husband));
    const after = await itemAt(householdKey(householdId));
    const mixed = { ...before, keys: after?.['keys'], erased: after?.['erased'] };
    await roster.tables.client.send(new PutCommand({ TableName: roster.tables.roster, Item: mixed }));
    await expect(roster.store.household(householdId)).rejects.toThrow(/destroyed/u);
  });

  test('forgets the ID: the same person is new to the roster, and the others may apply again', async () => {
    const { householdId, husband, wife, body } = await withdrawnCouple();
    const [his, hers] = body.members.map(({ residentId }) => residentId);
    bodyOf(await erase(householdId, husband));
    expect(await lookUpOf(his ?? '')).toBeUndefined();
    expect(await lookUpOf(hers ?? '')).toMatchObject({ personId: wife, applicationId: null });
    keys += 1;
    const again = { ...body, members: body.members.filter(({ ref }) => ref === 'wife') };
    const alone = { ...again, members: again.members.map((member) => ({ ...member, relation: 'applicant' as const })) };
    const papers = alone.papers.filter(({ member }) => member !== 'husband');
    const outcome = await submitApplication(
      roster.dependencies,
      submissionOf(roster.dependencies, { ...alone, papers }, `key-of-again-${keys}`),
    );
    expect(bodyOf(outcome)).toMatchObject({ householdId, members: [{ personId: wife }] });
  });

  test('of everybody leaves nothing but that there was a household', async () => {
    const { householdId, husband, wife } = await withdrawnCouple();
    bodyOf(await erase(householdId, husband));
    expect(bodyOf(await erase(householdId, wife))).toMatchObject({ remainingMembers: 0 });
    await expect(roster.store.household(householdId)).rejects.toThrow(RecordErased);
    expect(await itemAt(householdKey(householdId))).toEqual({
      ...householdKey(householdId),
      version: 3,
      division: '140121100',
      keys: [],
      erased: [1, 2],
    });
  });

  test('is kept in the audit with by whom and why, and the audit of before stays', async () => {
    const { householdId, husband } = await withdrawnCouple();
    const before = await roster.items('audit');
    bodyOf(await erase(householdId, husband));
    const after = await roster.items('audit');
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 1);
    expect(after.find(({ personId }) => personId === husband)).toMatchObject({
      type: 'PersonErased',
      role: 'administrator',
      subject: 'an-administrator',
      householdId,
      reason: 'person-request',
    });
  });

  test('asked for twice at the same moment under one key is done once and answered alike', async () => {
    const { householdId, husband } = await withdrawnCouple();
    const request = { idempotencyKey: 'key-of-a-doubled-erasure', ifMatch: 1 };
    const [one, other] = await Promise.all([
      erase(householdId, husband, request),
      erase(householdId, husband, request),
    ]);
    expect(bodyOf(one)).toEqual(bodyOf(other));
  });

  test('repeated gets the same answer and does nothing', async () => {
    const { householdId, husband } = await withdrawnCouple();
    const request = { idempotencyKey: 'key-of-a-repeated-erasure', ifMatch: 1 };
    const first = await erase(householdId, husband, request);
    const second = await writesNothing(roster, () => erase(householdId, husband, request));
    expect(second).toMatchObject({ ok: true, replayed: true, body: bodyOf(first) });
    expect(await erase(householdId, husband, { ...request, fingerprint: 'another' })).toMatchObject({
      problem: 'idempotency-key-reused',
    });
  });
});

describe('erasing is refused, and nothing is written,', () => {
  const refused = (outcome: Promise<unknown>, problem: string) =>
    writesNothing(roster, () => expect(outcome).resolves.toMatchObject({ ok: false, problem }));

  test('while the person is in an open application', async () => {
    const { householdId, members } = await steps.submit();
    await refused(erase(householdId, members[0]?.personId as PersonId), 'erasure-work-open');
  });

  test('while a determination in force grants the household aid', async () => {
    const { reviewId, householdId, members } = await steps.submitToConfirmation();
    await steps.confirm(reviewId);
    await steps.record(reviewId);
    await refused(erase(householdId, members[0]?.personId as PersonId), 'erasure-aid-granted');
  });

  test('before the retention period has passed, to the day', async () => {
    const { householdId, husband } = await withdrawnCouple();
    const kept = { ...dependencies, retentionDays: 30 };
    roster.pass({ days: 29 });
    await refused(erase(householdId, husband, {}, kept), 'erasure-too-early');
    roster.pass({ days: 1 });
    expect(await erase(householdId, husband, {}, kept)).toMatchObject({ ok: true });
  });

  test('of another version of the household, of a stranger, and of another division', async () => {
    const [{ householdId, husband }, other] = [await withdrawnCouple(), await withdrawnCouple()];
    await refused(erase(householdId, husband, { ifMatch: 7 }), 'version-conflict');
    await refused(erase(householdId, other.husband), 'not-found');
    await refused(
      erase(householdId, husband, { principal: { ...otherCountyWorker, role: 'administrator' } }),
      'not-found',
    );
  });
});

describe('erasing a person who has left the household', () => {
  /** A wife who has left her husband's household and is in another by now, with an application that is under way. */
  const moved = async () => {
    const before = await withdrawnCouple();
    const of = householdChanges(roster);
    const leaving = { kind: 'left', on: '2026-03-01', personId: before.wife, evidence: 'divorce-certificate' };
    await of.changed(before.householdId, leaving);
    const wifesId = before.body.members[1]?.residentId ?? '';
    const other = couple();
    const [man, woman] = other.members;
    if (man === undefined || woman === undefined) throw new Error('a couple has two members');
    const after = await steps.submit({ ...other, members: [man, { ...woman, residentId: wifesId }] });
    return { ...before, wifesId, after };
  };

  test('takes what that household still knows, and leaves alone where the person is now', async () => {
    const { householdId, husband, wife, wifesId, after } = await moved();
    bodyOf(await erase(householdId, wife));
    const left = await roster.store.household(householdId);
    expect(left?.identities.map(({ personId }) => personId)).toEqual([husband]);
    expect(left?.household.history).toBeUndefined();
    expect(await lookUpOf(wifesId)).toMatchObject({ personId: wife, householdId: after.householdId });
    expect((await roster.store.household(after.householdId))?.household.members).toHaveLength(2);
  });

  test('and erasing who stayed leaves the application of who left as it is', async () => {
    const { householdId, husband, wifesId, after } = await moved();
    bodyOf(await erase(householdId, husband));
    expect(await lookUpOf(wifesId)).toMatchObject({ applicationId: after.applicationId });
    expect((await roster.store.household(householdId))?.household.members).toEqual([]);
  });

  test('of whom nobody is left takes the number by which the person was found', async () => {
    const { householdId, husband, wife, body } = await withdrawnCouple();
    const leaving = { kind: 'left', on: '2026-03-01', personId: wife, evidence: 'divorce-certificate' };
    await householdChanges(roster).changed(householdId, leaving);
    bodyOf(await erase(householdId, wife));
    expect(await lookUpOf(body.members[1]?.residentId ?? '')).toBeUndefined();
    bodyOf(await erase(householdId, husband));
    await expect(roster.store.household(householdId)).rejects.toThrow(RecordErased);
  });
});
