import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openCursor, sealCursor } from '../../../adapters/http/sealed-text.ts';
import { ask, countyWorker, edgeKey, noticeOperations, problemOf, taskId } from './gateway.ts';

const Page = z.object({ tasks: z.array(z.string()), nextCursor: z.string().nullable() });
const firstCursor = async (query = 'limit=2'): Promise<string> =>
  Page.parse((await ask({ query })).body).nextCursor ?? '';
const withCursor = (cursor: string, query = 'limit=2') => ({ query: `${query}&cursor=${encodeURIComponent(cursor)}` });

describe('a query', () => {
  it.each(['colour=red', 'limit=2&Limit=2', '__proto__=1', 'toString=1', 'constructor=1'])(
    'with unknown parameters is refused: %s',
    async (query) => {
      const answer = await ask({ query });
      expect(problemOf(answer)).toMatchObject({ code: 'unknown-query-parameter', status: 400 });
      expect(problemOf(answer).faults[0]).toMatch(/^query .* unknown-field$/u);
    },
  );

  it('is refused where none is taken', async () => {
    expect(problemOf(await ask({ path: '/notices', query: 'page=2' }, noticeOperations())).faults).toEqual([
      'query /page unknown-field',
    ]);
  });

  it('that names a parameter twice is refused', async () => {
    expect(problemOf(await ask({ query: 'limit=1&limit=2' })).faults).toEqual(['query /limit query.repeated']);
  });

  it.each([
    ['limit=0', 'number.too-small'],
    ['limit=101', 'number.too-big'],
    ['limit=two', 'type'],
    ['limit=1.5', 'type'],
    ['county=99', 'division.malformed'],
  ])('with a wrong value is refused: %s', async (query, code) => {
    expect(problemOf(await ask({ query })).faults).toEqual([`query /${query.split('=')[0]} ${code}`]);
  });

  it('of a path parameter that no identifier looks like is refused by name', async () => {
    expect(problemOf(await ask({ path: '/tasks/42' })).faults).toEqual(['path /taskId id.malformed']);
    expect(problemOf(await ask({ path: `/tasks/${taskId.toUpperCase()}` })).faults).toEqual([
      'path /taskId id.malformed',
    ]);
  });
});

describe('a cursor', () => {
  it('leads to the next page, which is the last', async () => {
    expect((await ask(withCursor(await firstCursor()))).body).toEqual({ tasks: ['after two'], nextCursor: null });
  });

  it('that was changed anywhere is refused', async () => {
    const cursor = await firstCursor();
    const [payload = '', mark = ''] = cursor.split('.');
    const forged = Buffer.from('{"due":"zzz"}').toString('base64url');
    const changed = [
      `${forged}.${mark}`,
      `${payload}.${mark.slice(0, -2)}AA`,
      payload,
      `${payload}.`,
      `.${mark}`,
      `${cursor}.more`,
      `${payload}.${'é'.repeat(mark.length)}`,
      '',
      '%00',
    ];
    for (const text of changed) {
      expect(problemOf(await ask(withCursor(text))).faults).toEqual(['query /cursor cursor.invalid']);
    }
    expect(changed).toHaveLength(9);
  });

  it('of another query, role or division is refused', async () => {
    const cursor = await firstCursor();
    const refused = ['query /cursor cursor.invalid'];
    expect(problemOf(await ask(withCursor(cursor, 'limit=3'))).faults).toEqual(refused);
    expect(problemOf(await ask(withCursor(cursor, 'limit=2&county=149901'))).faults).toEqual(refused);
    expect(
      problemOf(await ask({ ...withCursor(cursor), claims: { ...countyWorker, division: '149902' } })).faults,
    ).toEqual(refused);
    expect(
      problemOf(await ask({ ...withCursor(cursor), claims: { ...countyWorker, role: 'approver' } })).faults,
    ).toEqual(refused);
  });

  it('made under another key does not open', async () => {
    const cursor = sealCursor(await edgeKey(), { due: 'x' }, 'q');
    expect(openCursor(await edgeKey(), cursor, 'q')).toEqual({ position: { due: 'x' } });
    expect(openCursor(new Uint8Array(32), cursor, 'q')).toBeNull();
  });
});
