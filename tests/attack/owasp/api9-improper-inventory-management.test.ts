import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../../../contracts/api/routes.ts';
import { apiDocument } from '../../../functions/api-document.ts';
import { resourcesOf, synthesize } from '../../infra/synthesize.ts';
import { functionNames } from '../api.ts';
import { expectations } from '../cells/expectations.ts';
import { routeRequests } from '../cells/requests.ts';

const root = resolve(import.meta.dirname, '../../..');
const listed = Object.values(routes)
  .map(({ method, path }) => `${method} ${path}`)
  .sort();

let inTheTemplate: { key: string; authorization: string }[] = [];
beforeAll(() => {
  inTheTemplate = [...resourcesOf(synthesize().stateless, 'AWS::ApiGatewayV2::Route').values()].map(
    ({ Properties }) => {
      const { RouteKey: key, AuthorizationType: authorization } = z
        .looseObject({ RouteKey: z.string(), AuthorizationType: z.string() })
        .parse(Properties);
      return { key, authorization };
    },
  );
  // It takes what is no route and answers 404 (docs/decisions/0018); nothing lies behind it.
  inTheTemplate = inTheTemplate.filter(({ key }) => key !== '$default');
});

describe('API9: something answers that nobody has on a list', () => {
  test('the list of routes, the gateway and the document name the same', () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(JSON.parse(apiDocument()));
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(listed);
    expect(inTheTemplate.map(({ key }) => key).sort()).toEqual(listed);
  });

  test('no route is a catch-all, and each asks for a token exactly where the list says so', () => {
    for (const { key, authorization } of inTheTemplate) {
      expect(key).not.toMatch(/\$default|ANY |\+\}/u);
      const route = Object.values(routes).find(({ method, path }) => `${method} ${path}` === key);
      expect([key, authorization]).toEqual([key, route?.access === 'token' ? 'JWT' : 'NONE']);
    }
  });

  test('the written document is the one that is made', () => {
    expect(readFileSync(join(root, 'docs/openapi.json'), 'utf8')).toBe(apiDocument());
  });

  test('every function that has operations is named by a route, and the other way round', () => {
    const withOperations = readdirSync(join(root, 'functions'), { withFileTypes: true })
      .filter(
        (entry) => entry.isDirectory() && readdirSync(join(root, 'functions', entry.name)).includes('operations.ts'),
      )
      .map(({ name }) => name);
    expect(withOperations.sort()).toEqual([...functionNames].sort());
  });

  test('every route is attacked', () => {
    expect(Object.keys(expectations).sort()).toEqual(Object.keys(routes).sort());
    expect(Object.keys(routeRequests).sort()).toEqual(Object.keys(routes).sort());
  });
});
