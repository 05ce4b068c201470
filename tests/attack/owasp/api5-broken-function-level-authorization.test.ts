import { describe, expect, test } from 'vitest';
import { type OperationId, routes } from '../../../contracts/api/routes.ts';
import { claimsOfCaller, expectations } from '../cells/expectations.ts';
import { claimsOf, expectedRoles } from '../places.ts';
import { attackedWorld, problemOf } from './attacked.ts';

const { world } = attackedWorld();
const ids = Object.keys(routes) as OperationId[];

describe('API5: somebody calls a function of another role', () => {
  test.for(ids)('%s is refused to every role that is not named for it, before anything is read', async (id) => {
    const { method, path, access } = routes[id];
    for (const caller of expectedRoles) {
      const { may, notTheirWork = [], onlyTheirOwn = [] } = expectations[id];
      if (
        access === 'public' ||
        caller === 'public' ||
        may.includes(caller) ||
        [...notTheirWork, ...onlyTheirOwn].includes(caller)
      )
        continue;
      // A body nobody could read: who may not call is told so first.
      const answer = await world().api.ask({
        method,
        path: path.replaceAll(/\{\w+\}/gu, 'x'),
        claims: claimsOfCaller(caller),
        headers: {},
        body: method === 'POST' ? '{' : '',
      });
      expect([caller, answer.status, problemOf(answer)]).toEqual([caller, 403, 'forbidden']);
    }
    expect(expectations[id]).toBeDefined();
  });

  test.for(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'post', 'Get'])(
    'no route answers %s',
    async (method) => {
      for (const id of ids) {
        const answer = await world().api.ask({
          method,
          path: routes[id].path.replaceAll(/\{\w+\}/gu, 'x'),
          claims: claimsOf('provincial'),
          headers: {},
        });
        expect([id, answer.by, answer.status]).toEqual([id, 'gateway', 404]);
      }
    },
  );

  test.for([
    'x-http-method-override',
    'x-original-url',
    'x-rewrite-url',
    'x-forwarded-for',
    'x-user-role',
    'x-amzn-oidc-identity',
  ])('no header makes somebody another: %s', async (header) => {
    const answer = await world().api.ask({
      method: 'POST',
      path: '/policies',
      claims: claimsOf('county-worker'),
      headers: { [header]: header === 'x-user-role' ? 'provincial' : '/policies' },
      body: '{}',
    });
    expect(answer.status).toBe(403);
  });

  test.for([
    '/admin',
    '/policies/',
    '//policies',
    '/policies/../tasks',
    '/Policies',
    '/policies%2f',
    '/.env',
    '/debug',
    '/metrics',
    '/health',
    '/openapi.json',
    '/_control',
  ])('there is nothing behind %s for who has no token', async (path) => {
    const answer = await world().api.ask({ method: 'GET', path, claims: null, headers: {} });
    expect([401, 404]).toContain(answer.status);
  });
});
