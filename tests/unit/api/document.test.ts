import { expect, test } from 'vitest';
import { z } from 'zod';
import { pageLimit } from '../../../contracts/api/fields.ts';
import { applicationLifecycle } from '../../../domain/lifecycles/application.ts';
import { apiDocument } from '../../../functions/api-document.ts';

/** Every pattern of a document, with where it stands. */
const patternsIn = (value: unknown, path = ''): [string, string][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]): [string, string][] =>
        name === 'pattern' && typeof inner === 'string' ? [[path, inner]] : patternsIn(inner, `${path}/${name}`),
      );

test('every pattern of the API document is one that something matches, without the flags of the expression it comes from', () => {
  const patterns = patternsIn(JSON.parse(apiDocument()));
  expect(patterns.length).toBeGreaterThan(20);
  for (const [path, pattern] of patterns) {
    expect([path, /\$\/[a-z]+$/u.test(pattern)]).toEqual([path, false]);
    expect(() => new RegExp(pattern, 'u')).not.toThrow();
  }
});

test('the pattern of an id in a path is told', () => {
  const { paths } = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(JSON.parse(apiDocument()));
  expect(JSON.stringify(paths['/tasks/{taskId}'])).toContain('^tsk_[0-9a-f]{32}$');
});

test.each(['0x10', '1e1', ' 5', '5 ', '5.0', '+5', '', '٣', '-1', '0', '101'])('a page of "%s" is refused', (text) => {
  expect(pageLimit(100, 50).safeParse(text).success).toBe(false);
});

test('a page is as long as its digits say, or as usual', () => {
  expect(pageLimit(100, 50).parse('100')).toBe(100);
  expect(pageLimit(100, 50).parse(undefined)).toBe(50);
});

test('papers that come before anything was asked for leave an application where it is', () => {
  expect(applicationLifecycle['supplement-early']).toMatchObject({ from: ['submitted'], to: 'submitted' });
  expect(applicationLifecycle.supplement).toMatchObject({ from: ['awaiting-papers'], to: 'awaiting-papers' });
});
