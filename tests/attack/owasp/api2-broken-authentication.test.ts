import { describe, expect, test } from 'vitest';
import { type OperationId, routes } from '../../../contracts/api/routes.ts';
import { claimsOf } from '../places.ts';
import { tamperWithTokens } from '../tampering/tokens.ts';
import { attackedWorld, faultsOf, problemOf } from './attacked.ts';

const { world } = attackedWorld();

describe('API2: somebody is not who the token says, or has no token', () => {
  test('no forged, expired, foreign or damaged token is admitted', async () => {
    const tried = await tamperWithTokens(32);
    expect(tried.length).toBeGreaterThan(50);
    expect(tried.filter(({ caught }) => !caught)).toEqual([]);
  });

  test('every route that needs a token refuses who has none', async () => {
    const { api } = world();
    for (const id of Object.keys(routes) as OperationId[]) {
      const { method, path, access } = routes[id];
      if (access === 'public') continue;
      const answer = await api.ask({ method, path: path.replaceAll(/\{\w+\}/gu, 'x'), claims: null, headers: {} });
      expect([id, answer.status]).toEqual([id, 401]);
    }
  });

  test.for<[string, Record<string, string>]>([
    ['no role', { role: '' }],
    ['a role of the system itself', { role: 'workflow' }],
    ['a role that is none', { role: 'root' }],
    ['two roles', { role: '[provincial auditor]' }],
    ['the role of the public', { role: 'public' }],
    ['a role of another case', { role: 'Provincial' }],
    ['no division', { division: '' }],
    ['a division of another province', { division: '13' }],
    ['any division', { division: '*' }],
    ['a county’s officer with the whole province', { division: '14' }],
    ['a county’s officer with a prefecture', { division: '1401' }],
    ['a division in other digits', { division: '１４０１２１' }],
    ['no subject', { sub: '' }],
    ['a subject with a line break', { sub: 'a\nb' }],
    ['an agency for who is none', { agency: 'education' }],
  ])('claims are parsed, never trusted: %s', async ([, claims]) => {
    const answer = await world().get('/tasks', { ...claimsOf('county-worker'), ...claims }, 'county=140121');
    expect([answer.status, problemOf(answer)]).toEqual([403, 'forbidden']);
    expect(faultsOf(answer)).toContain('claim.malformed');
  });

  test('an agency without its name is nobody', async () => {
    const answer = await world().get(`/applications/app_${'0'.repeat(32)}`, {
      sub: 'x',
      role: 'agency',
      division: '140121',
    });
    expect(answer.status).toBe(403);
  });
});
