import { describe, expect, it } from 'vitest';
import { ask, completion, countyWorker, noticeOperations, problemOf, taskId } from './gateway.ts';

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
