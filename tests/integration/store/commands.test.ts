import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AggregateWrite, Change, IdempotencyRecord } from '../../../domain/store/roster-store.ts';
import { firstWrites, type Records, recordsOf } from '../../support/records.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

const stored = async (name: string): Promise<Records> => {
  const records = recordsOf(name);
  expect(await roster.store.commit(records.change(firstWrites(records)))).toEqual({ ok: true });
  return records;
};
const next = <Value extends { version: number }>(value: Value): Value => ({ ...value, version: value.version + 1 });
const idempotencyOf = (name: string): IdempotencyRecord => ({
  caller: 'li-investigator',
  key: `key of ${name}`,
  requestHash: 'a hash',
  response: { applicationId: 'an id', missingPapers: [{ kind: 'illness-diagnosis', personId: null }] },
});

/** Commits what must be refused, and sees that both tables are as they were. */
const refused = async (change: Change) => {
  const before = await roster.records();
  const result = await roster.store.commit(change);
  expect(await roster.records()).toEqual(before);
  expect(before.length).toBeGreaterThan(0);
  return result;
};

describe('a command is one transaction', () => {
  test('it stores aggregates, claims, idempotency record, outbox item and audit entry together', async () => {
    const records = recordsOf('together');
    const [rosterBefore, auditBefore] = [await roster.items('roster'), await roster.items('audit')];
    const idempotency = idempotencyOf('together');
    const result = await roster.store.commit(
      records.change(firstWrites(records), { claims: [records.claim()], idempotency }),
    );
    expect(result).toEqual({ ok: true });
    const kinds = (await roster.items('roster'))
      .filter(({ pk }) => !rosterBefore.some((item) => item['pk'] === pk))
      .map(({ pk }) => String(pk).split('#')[0]);
    expect(kinds.toSorted()).toEqual([
      'APPLICATION',
      'DETERMINATION',
      'ENTERED',
      'HOUSEHOLD',
      'IDEMPOTENCY',
      'NOTICE',
      'OUTBOX',
      'PERSON',
      'REVIEW',
      'TASK',
    ]);
    expect((await roster.items('audit')).length - auditBefore.length).toBe(1);
  });

  test('every aggregate reads back as it was written', async () => {
    const { application, household, review, task, notice, determination } = await stored('read back');
    const { store } = roster;
    expect(await store.application(application.applicationId)).toEqual(application);
    expect(await store.household(household.household.householdId)).toEqual(household);
    expect(await store.review(review.reviewId)).toEqual(review);
    expect(await store.task(task.taskId)).toEqual(task);
    expect(await store.notice(notice.noticeId)).toEqual(notice);
    expect(await store.determination(determination.determinationId)).toEqual(determination);
  });

  test('what was never stored is undefined, not an error', async () => {
    const { application, household, task, claim } = recordsOf('never stored');
    const { store } = roster;
    expect(await store.application(application.applicationId)).toBeUndefined();
    expect(await store.household(household.household.householdId)).toBeUndefined();
    expect(await store.task(task.taskId)).toBeUndefined();
    expect((await store.people([claim().residentId]))[0]).toBeUndefined();
    expect(await store.idempotencyRecord('nobody', 'no key')).toBeUndefined();
    expect(await store.token(task.taskId)).toBeUndefined();
  });

  test('an event that nobody waits for is in the audit entry only', async () => {
    const records = recordsOf('recorded event');
    const outbox = async () => (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('OUTBOX#'));
    const before = await outbox();
    await roster.store.commit(
      records.change([{ kind: 'task', value: records.task, from: [] }], { type: 'TaskOpened' }),
    );
    expect(await outbox()).toEqual(before);
    const entries = await roster.items('audit');
    expect(entries).toContainEqual(expect.objectContaining({ eventId: records.eventOf('TaskOpened').eventId }));
  });

  test('the audit entry says who did what to which record in which version', async () => {
    const records = await stored('audited');
    const entry = (await roster.items('audit')).find(
      ({ eventId }) => eventId === records.eventOf('ApplicationSubmitted').eventId,
    );
    expect(entry).toMatchObject({
      pk: '140121',
      type: 'ApplicationSubmitted',
      role: 'township-worker',
      subject: 'li-investigator',
      records: expect.arrayContaining([`application ${records.application.applicationId} 1`]),
    });
  });
});

describe('when one condition does not hold, nothing is written', () => {
  const bystander = (name: string): AggregateWrite => ({ kind: 'review', value: recordsOf(name).review, from: [] });

  test('an aggregate that is there already', async () => {
    const records = await stored('there already');
    for (const write of firstWrites(records)) {
      const result = await refused(records.change([bystander('bystander of exists'), write], { number: 2 }));
      expect(result).toEqual({ ok: false, conflict: 'exists', kind: write.kind });
    }
  });

  test('a version that has been written since', async () => {
    const records = await stored('written since');
    const { application, household, review, task, notice, determination } = records;
    const writes: AggregateWrite[] = [
      { kind: 'application', value: next(application), from: ['accepted'] },
      { kind: 'household', value: next(household) },
      { kind: 'review', value: next(review), from: ['opened'] },
      { kind: 'task', value: next(task), from: ['open'] },
      { kind: 'notice', value: next(notice), from: ['published'] },
      { kind: 'determination', value: next(determination) },
    ];
    expect(await roster.store.commit(records.change(writes, { number: 2 }))).toEqual({ ok: true });
    for (const write of writes) {
      const result = await refused(records.change([bystander('bystander of version'), write], { number: 3 }));
      expect(result).toEqual({ ok: false, conflict: 'version', kind: write.kind });
    }
  });

  test('a version that skips one: versions have no gaps', async () => {
    const { household, change } = await stored('gap');
    const result = await refused(change([{ kind: 'household', value: { ...household, version: 3 } }], { number: 2 }));
    expect(result).toEqual({ ok: false, conflict: 'version', kind: 'household' });
  });

  test('a next version of what is not there', async () => {
    const { review, change } = recordsOf('next of nothing');
    const result = await refused(change([{ kind: 'review', value: next(review), from: ['opened'] }]));
    expect(result).toEqual({ ok: false, conflict: 'version', kind: 'review' });
  });

  test('a state from which the move may not start', async () => {
    const records = await stored('wrong state');
    const { application, review, task, notice } = records;
    const writes: AggregateWrite[] = [
      { kind: 'application', value: { ...next(application), state: 'granted' }, from: ['submitted'] },
      { kind: 'review', value: { ...next(review), state: 'concluded' }, from: ['opinion-formed'] },
      { kind: 'task', value: { ...next(task), state: 'open' }, from: ['escalated'] },
      { kind: 'notice', value: { ...next(notice), state: 'ended' }, from: ['objected', 'withdrawn'] },
    ];
    for (const write of writes) {
      const result = await refused(records.change([bystander('bystander of state'), write], { number: 2 }));
      expect(result).toEqual({ ok: false, conflict: 'state', kind: write.kind });
    }
  });

  test('a person whom somebody else has claimed since', async () => {
    const records = await stored('claimed');
    const { claim, change } = records;
    await roster.store.commit(change([], { number: 2, claims: [claim()] }));
    const again = await refused(change([bystander('bystander of claim')], { number: 3, claims: [claim()] }));
    expect(again).toEqual({ ok: false, conflict: 'claim', index: 0 });

    const { applicationId } = recordsOf('another application').application;
    const outdated = { personId: records.personId, householdId: claim().householdId, applicationId };
    const stale = await refused(change([], { number: 4, claims: [claim({ seen: outdated })] }));
    expect(stale).toEqual({ ok: false, conflict: 'claim', index: 0 });
  });

  test('the second of two claims, and it is the one that is named', async () => {
    const [first, second] = [recordsOf('first of two'), recordsOf('second of two')];
    await roster.store.commit(second.change([], { claims: [second.claim()] }));
    const result = await refused(first.change([], { number: 2, claims: [first.claim(), second.claim()] }));
    expect(result).toEqual({ ok: false, conflict: 'claim', index: 1 });
  });

  test('a request that has been answered', async () => {
    const idempotency = idempotencyOf('answered');
    const { change, review } = recordsOf('answered');
    await roster.store.commit(change([{ kind: 'review', value: review, from: [] }], { idempotency }));
    const result = await refused(change([bystander('bystander of idempotency')], { number: 2, idempotency }));
    expect(result).toEqual({ ok: false, conflict: 'idempotency' });
  });

  test('an answered request is said before anything else that stands against it', async () => {
    const idempotency = idempotencyOf('answered first');
    const records = recordsOf('answered first');
    const same = () => records.change(firstWrites(records), { idempotency, claims: [records.claim()] });
    await roster.store.commit(same());
    const again = await refused({ ...same(), event: records.eventOf('ApplicationSubmitted', 2) });
    expect(again).toEqual({ ok: false, conflict: 'idempotency' });
  });

  test('an aggregate that could not be read again', async () => {
    const { household, change } = recordsOf('unreadable');
    const [fact] = household.household.facts;
    if (fact === undefined) throw new Error('no fact to repeat');
    const facts = Array.from({ length: 401 }, () => fact);
    const before = await roster.everything();
    const write: AggregateWrite = {
      kind: 'household',
      value: { ...household, household: { ...household.household, facts } },
    };
    await expect(roster.store.commit(change([write]))).rejects.toThrow(/household/u);
    expect(await roster.everything()).toEqual(before);
  });
});

describe('claims and answers', () => {
  test('a person is found by resident ID, and moves to another application with the claim', async () => {
    const records = recordsOf('moving person');
    const { store } = roster;
    const claim = records.claim();
    const { residentId, seen: _, ...known } = claim;
    await store.commit(records.change([], { claims: [claim] }));
    expect((await store.people([residentId]))[0]).toEqual(known);

    const { applicationId } = recordsOf('the next application').application;
    const moved = records.claim({ seen: known, applicationId });
    expect(await store.commit(records.change([], { number: 2, claims: [moved] }))).toEqual({ ok: true });
    expect((await store.people([residentId]))[0]).toEqual({ ...known, applicationId });
  });

  test('a person on the roster who never applied can be claimed', async () => {
    const records = recordsOf('never applied');
    const { store } = roster;
    const onRoster = records.claim({ applicationId: null });
    const { residentId, seen: _, ...known } = onRoster;
    await store.commit(records.change([], { claims: [onRoster] }));
    expect((await store.people([residentId]))[0]).toEqual(known);
    const applying = records.claim({ seen: known });
    expect(await store.commit(records.change([], { number: 2, claims: [applying] }))).toEqual({ ok: true });
    const late = records.change([], { number: 3, claims: [records.claim({ seen: known })] });
    expect(await store.commit(late)).toEqual({ ok: false, conflict: 'claim', index: 0 });
  });

  test('the answer to a request is kept for its caller and key, and for no other', async () => {
    const idempotency = idempotencyOf('kept answer');
    const { store } = roster;
    await store.commit(recordsOf('kept answer').change([], { idempotency }));
    expect(await store.idempotencyRecord('li-investigator', 'key of kept answer')).toEqual(idempotency);
    expect(await store.idempotencyRecord('wang-investigator', 'key of kept answer')).toBeUndefined();
    expect(await store.idempotencyRecord('li-investigator', 'key of another')).toBeUndefined();
  });

  test('an answer is kept for seven days, then its key may be used anew', async () => {
    const idempotency = idempotencyOf('expiring');
    const { change, eventOf } = recordsOf('expiring');
    const at = (instant: string) => ({ ...eventOf('ApplicationSubmitted', instant.length), at: instant as never });
    await roster.store.commit(change([], { idempotency }));
    const within = change([], { idempotency, event: at('2026-03-09T00:59:59.000Z') });
    expect(await refused(within)).toEqual({ ok: false, conflict: 'idempotency' });
    const after = change([], { idempotency: { ...idempotency, requestHash: 'another' }, number: 9 });
    const late = { ...after, event: { ...after.event, at: '2026-03-09T01:00:01.000Z' as never } };
    expect(await roster.store.commit(late)).toEqual({ ok: true });
  });
});
