import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readApiRequest } from '../../../adapters/http/gateway-event.ts';
import { perform } from '../../../adapters/http/perform.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { RecordErased } from '../../../domain/store/record-erased.ts';
import {
  ask,
  completion,
  countyWorker,
  edge,
  eventOf,
  noticeOperations,
  problemOf,
  taskId,
  taskOperations,
} from './gateway.ts';

const readTask = { path: `/tasks/${taskId}` };

describe('who calls', () => {
  it('is unknown without a token, and told how to authenticate', async () => {
    const answer = await ask({ ...readTask, claims: null });
    expect(problemOf(answer)).toMatchObject({ code: 'unauthenticated', status: 401 });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it.each([
    ['no role', { ...countyWorker, role: undefined }, 'role'],
    ['a role nobody has', { ...countyWorker, role: 'superuser' }, 'role'],
    ['the role of the system itself', { ...countyWorker, role: 'workflow' }, 'role'],
    ['the role of the public', { ...countyWorker, role: 'public' }, 'role'],
    ['two roles', { ...countyWorker, role: '[county-worker approver]' }, 'role'],
    ['no division', { ...countyWorker, division: undefined }, 'division'],
    ['a division of another province', { ...countyWorker, division: '110101' }, 'division'],
    ['the whole province for a county worker', { ...countyWorker, division: '14' }, 'division'],
    ['a township for an approver', { ...countyWorker, role: 'approver', division: '149901001' }, 'division'],
    ['a county for a township worker', { ...countyWorker, role: 'township-worker' }, 'division'],
    ['an agency without its name', { ...countyWorker, role: 'agency' }, 'agency'],
    ['an agency for an officer', { ...countyWorker, agency: 'civil-affairs' }, 'agency'],
    ['no subject', { ...countyWorker, sub: '' }, 'sub'],
  ])('is refused with %s in the token', async (_, claims, claim) => {
    expect(problemOf(await ask({ ...readTask, claims }))).toMatchObject({
      code: 'forbidden',
      status: 403,
      faults: [`header /Authorization/${claim} claim.malformed`],
    });
  });

  it('is refused when the role may not do this, before anything of the request is looked at', async () => {
    const answer = await ask(completion('not json', { claims: { ...countyWorker, role: 'auditor' } }));
    expect(problemOf(answer)).toMatchObject({ code: 'forbidden', status: 403, faults: [] });
  });

  it('needs no token on public routes, and one that is sent gives no identity', async () => {
    expect((await ask({ path: '/notices', claims: null }, noticeOperations())).body).toEqual({ notices: ['null'] });
    expect((await ask({ path: '/notices' }, noticeOperations())).body).toEqual({ notices: ['null'] });
  });
});

describe('what is not there', () => {
  it('cannot be told from what is out of scope, byte for byte', async () => {
    const absent = await ask({ path: `/tasks/tsk_${'0'.repeat(32)}` });
    const elsewhere = await ask({ ...readTask, claims: { ...countyWorker, division: '149902' } });
    expect(problemOf(absent)).toMatchObject({ code: 'not-found', status: 404 });
    expect(elsewhere).toEqual(absent);
  });

  it('includes routes nobody declared', async () => {
    expect(problemOf(await ask({ path: '/tasks/x/y/z' })).code).toBe('not-found');
    expect(problemOf(await ask({ method: 'DELETE' })).code).toBe('not-found');
  });
});

describe('a record that was erased', () => {
  const erased = taskOperations().map((operation) =>
    operation.operation === 'readTask'
      ? {
          ...operation,
          handle: () => Promise.reject(new RecordErased('a task', { division: DivisionCode.parse('149901001') })),
        }
      : operation,
  );

  it('is told as such in its own division, and as absent to everyone else', async () => {
    expect(problemOf(await ask(readTask, erased)).code).toBe('erased');
    const elsewhere = { ...readTask, claims: { ...countyWorker, division: '149902' } };
    expect(problemOf(await ask(elsewhere, erased)).code).toBe('not-found');
  });
});

describe('an application that was erased', () => {
  it('is told to an agency as absent, whatever the division of its token', async () => {
    const agency = { sub: 'client', role: 'agency', division: '14', agency: 'health-bureau' };
    const [read] = taskOperations().filter(({ operation }) => operation === 'readTask');
    if (read === undefined) throw new Error('no operation');
    const request = readApiRequest(eventOf({ ...readTask, claims: agency }), 'request-of-a-test', 'en');
    const operation = {
      ...read,
      operation: 'readApplication' as const,
      params: z.object({ taskId: z.string() }),
      handle: () => Promise.reject(new RecordErased('an application', { division: DivisionCode.parse('149901001') })),
    };
    const withPath = { ...request, pathParameters: { taskId } };
    expect(await perform(operation, withPath, edge)).toEqual({ ok: false, problem: 'not-found' });
  });
});
