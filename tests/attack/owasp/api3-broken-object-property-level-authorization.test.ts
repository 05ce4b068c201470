import { describe, expect, test } from 'vitest';
import { apiDocument } from '../../../functions/api-document.ts';
import { claimsOf, coupleOf, places } from '../places.ts';
import { readDocument } from '../requests/document.ts';
import { attackedWorld, faultsOf } from './attacked.ts';

const { world } = attackedWorld();
const worker = claimsOf('township-worker');

/** Fields of stored records that only the system sets. */
const systemsOwn = [
  'version',
  'state',
  'applicationId',
  'householdId',
  'reviewId',
  'division',
  'submittedBy',
  'submittedAt',
  'acceptedOn',
  'determinationId',
  'tier',
  'opinion',
  'assessors',
  'confirmedBy',
  'isAdmin',
  'role',
  'sealed.identity',
  'pk',
  'wpk',
];

describe('API3: somebody sets what is not theirs to set, or is shown what is not theirs to see', () => {
  test.for(systemsOwn)('a submission cannot bring its own %s', async (field) => {
    const { post, key, number } = world();
    const body = { ...coupleOf(number(), places['own-township'].township), [field]: 'granted' };
    const answer = await post('/applications', worker, body, { 'idempotency-key': key() });
    expect([answer.status, faultsOf(answer)]).toEqual([400, ['unknown-field']]);
  });

  test.for(['personId', 'birthDate', 'tier', 'deceasedOn', 'sex', 'facts'])(
    'nor a member their own %s',
    async (field) => {
      const { post, key, number } = world();
      const couple = coupleOf(number(), places['own-township'].township);
      const body = { ...couple, members: couple.members.map((member) => ({ ...member, [field]: 'x' })) };
      const answer = await post('/applications', worker, body, { 'idempotency-key': key() });
      expect([answer.status, new Set(faultsOf(answer))]).toEqual([400, new Set(['unknown-field'])]);
    },
  );

  test('a result cannot name its own outcome, time or author', async () => {
    const { lead, post, roster } = world();
    const { taskId } = await lead('visit');
    const result = {
      kind: 'field-assessment',
      visitedOn: '2026-03-02',
      investigators: [worker?.['sub'], 'b'],
      findings: [],
    };
    for (const field of ['outcome', 'by', 'at', 'requestHash', 'state', 'version', 'dueOn']) {
      const answer = await post(`/tasks/${taskId}/completion`, worker, { ...result, [field]: 'confirmed' });
      expect([field, answer.status, faultsOf(answer)]).toEqual([field, 400, ['unknown-field']]);
    }
    expect((await roster.store.task(taskId as never))?.state).toBe('open');
  });

  test('a visit cannot be handed in by who was not there, nor by one person under two spellings', async () => {
    const { lead, post } = world();
    const { taskId } = await lead('visit');
    const hand = (investigators: unknown[]) =>
      post(`/tasks/${taskId}/completion`, worker, {
        kind: 'field-assessment',
        visitedOn: '2026-03-02',
        investigators,
        findings: [],
      });
    expect(faultsOf(await hand(['a-stranger', 'another']))).toEqual(['assessor.caller-absent']);
    expect(faultsOf(await hand([worker?.['sub'], worker?.['sub']]))).toEqual(['assessor.duplicate']);
    expect(faultsOf(await hand([worker?.['sub']]))).toEqual(['assessor.too-few']);
  });

  test('every schema of an answer is closed, so that nothing can slip out beside it', () => {
    const { paths, components } = JSON.parse(apiDocument()) as { paths: unknown; components: unknown };
    const open: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const isObject = 'type' in value && value.type === 'object' && 'properties' in value;
      if (isObject && !('additionalProperties' in value && value.additionalProperties === false)) open.push(path);
      for (const [name, inner] of Object.entries(value))
        if (name !== 'examples' && name !== 'example') walk(inner, `${path}/${name}`);
    };
    walk(paths, '');
    walk(components, '/components');
    expect(open).toEqual([]);
    expect(readDocument(apiDocument()).operations.size).toBeGreaterThan(20);
  });

  test('what anyone may read of a notice is name, number and amount, and of an application no name and no number', async () => {
    const { lead, get } = world();
    const planted = await lead('notice');
    const notice = await get(`/notices/${planted.noticeId}`, null);
    expect(Object.keys(notice.json as object).sort()).toEqual([
      'applicantName',
      'endsOn',
      'memberCount',
      'monthlyAmount',
      'noticeId',
    ]);
    for (const path of [`/applications/${planted.applicationId}`, `/reviews/${planted.reviewId}`]) {
      const { text, status } = await get(path, claimsOf('county-worker'));
      expect(status).toBe(200);
      expect(text).not.toMatch(/张测试|王测试|149903|token|sealed|requestHash/u);
    }
  });
});
