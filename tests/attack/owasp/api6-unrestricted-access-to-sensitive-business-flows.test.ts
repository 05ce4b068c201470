import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { claimsOf, coupleOf, places } from '../places.ts';
import { attackedWorld, problemOf } from './attacked.ts';

const { world } = attackedWorld();
const worker = claimsOf('township-worker');
const atOnce = 12;
const times = <Result>(count: number, make: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const statuses = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).sort((one, other) => one - other);

describe('API6: a flow of business is run more often than the law has it', () => {
  test('one household, many applications at once: one is taken in', async () => {
    const { post, key, number } = world();
    const couple = coupleOf(number(), places['own-township'].township);
    const answers = await times(atOnce, () => post('/applications', worker, couple, { 'idempotency-key': key() }));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(problemOf))).toEqual(
      new Set(['person-in-open-application']),
    );
  });

  test('one application, sent many times under one key: one effect, one answer', async () => {
    const { post, key, number } = world();
    const couple = coupleOf(number(), places['own-township'].township);
    const one = key();
    const answers = await times(atOnce, () => post('/applications', worker, couple, { 'idempotency-key': one }));
    expect(new Set(statuses(answers))).toEqual(new Set([201]));
    expect(
      new Set(answers.map(({ json }) => z.looseObject({ applicationId: z.string() }).parse(json).applicationId)).size,
    ).toBe(1);
  });

  test('one person in two households at once: one of them', async () => {
    const { post, key, number } = world();
    const [first, second] = [
      coupleOf(number(), places['own-township'].township),
      coupleOf(number(), places['own-township'].township),
    ];
    const bigamy = {
      ...second,
      members: [second.members[0], { ...second.members[1], residentId: first.members[1]?.residentId }],
    };
    const answers = await Promise.all([
      post('/applications', worker, first, { 'idempotency-key': key() }),
      post('/applications', worker, bigamy, { 'idempotency-key': key() }),
    ]);
    expect(statuses(answers)).toEqual([201, 409]);
  });

  test('many objections to one notice: one reopens the case, and the others change nothing', async () => {
    const { lead, post, key } = world();
    const { noticeId } = await lead('notice');
    const answers = await times(atOnce, (index) =>
      post(
        `/notices/${noticeId}/objections`,
        null,
        { grounds: `They moved away, number ${index}.` },
        { 'idempotency-key': key() },
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(
      new Set(answers.filter(({ status }) => status !== 201).map(problemOf)).isSubsetOf(
        new Set(['lifecycle-conflict', 'version-conflict', 'not-found']),
      ),
    ).toBe(true);
  });

  test('a confirmation by many at once counts once', async () => {
    const { lead, post } = world();
    const { taskId } = await lead('confirmation');
    const answers = await times(atOnce, (index) =>
      post(`/tasks/${taskId}/completion`, claimsOf('approver', 'own-township', 'own-agency', `-${index}`), {
        kind: 'county-confirmation',
        decision: 'confirm',
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('who assessed may not confirm, in whatever role the token now carries', async () => {
    const { lead, post } = world();
    const { taskId } = await lead('confirmation');
    for (const sub of ['township-worker-visitor', 'another-visitor']) {
      const answer = await post(
        `/tasks/${taskId}/completion`,
        { sub, role: 'approver', division: '140121' },
        { kind: 'county-confirmation', decision: 'confirm' },
      );
      expect([answer.status, problemOf(answer)]).toEqual([403, 'four-eyes']);
    }
  });

  test('a deadline is extended once', async () => {
    const { lead, post } = world();
    const { taskId } = await lead('visit');
    const extend = (version: number) =>
      post(`/tasks/${taskId}/extension`, claimsOf('approver'), { reason: 'objection' }, { 'if-match': `"${version}"` });
    expect((await extend(1)).status).toBe(200);
    expect(problemOf(await extend(2))).toBe('extension-not-allowed');
  });

  test('what was withdrawn cannot be gone on with', async () => {
    const { lead, post } = world();
    const { applicationId, taskId } = await lead('visit');
    const withdraw = () => post(`/applications/${applicationId}/withdrawal`, worker, { reason: 'applicant-request' });
    expect((await withdraw()).status).toBe(200);
    expect((await withdraw()).status).toBe(409);
    const visit = {
      kind: 'field-assessment',
      visitedOn: '2026-03-02',
      investigators: [worker?.['sub'], 'b'],
      findings: [],
    };
    expect((await post(`/tasks/${taskId}/completion`, worker, visit)).status).toBe(409);
  });
});
