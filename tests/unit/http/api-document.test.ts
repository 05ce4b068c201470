import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routes } from '../../../contracts/api/routes.ts';
import { apiDocument } from '../../../functions/api-document.ts';

const written = new URL('../../../docs/openapi.json', import.meta.url);

test('the API document in docs/ is the one the operations make; `npm run openapi` writes it anew', () => {
  expect(readFileSync(written, 'utf8')).toBe(apiDocument());
});

test('the API document has every route', () => {
  const { paths } = JSON.parse(apiDocument()) as { paths: Record<string, Record<string, unknown>> };
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(documented.toSorted()).toEqual(
    Object.values(routes)
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted(),
  );
});
