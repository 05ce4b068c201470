import { z } from 'zod';
import { claimsOf, places } from '../places.ts';
import type { World } from '../world.ts';
import { flips, wholeClasses } from './bytes.ts';
import type { Tampered } from './envelopes.ts';

const Page = z.looseObject({ nextCursor: z.string().nullable() });
const county = places['own-township'].county;
const worker = claimsOf('county-worker');

const cursorOf = async (world: World, path: string, query: string, claims = worker): Promise<string> => {
  const answer = await world.get(path, claims, query);
  const { nextCursor } = Page.parse(answer.json);
  if (nextCursor === null) throw new Error(`${path}?${query} has one page only`);
  return nextCursor;
};

/** Every character of a cursor changed, every class of damage, and a whole one used where it was not given. */
export const tamperWithCursors = async (world: World, every: number): Promise<readonly Tampered[]> => {
  for (const stage of ['visit', 'notice'] as const) for (let each = 0; each < 3; each += 1) await world.lead(stage);
  const query = `county=${county}&limit=1`;
  const cursor = await cursorOf(world, '/tasks', query);
  const notices = await cursorOf(world, '/notices', query, null);
  const shorter = await cursorOf(world, '/tasks', `county=${county}&limit=2`);
  const results: Tampered[] = [];
  const attempt = async (
    what: string,
    text: string,
    path = '/tasks',
    ofQuery = query,
    claims = worker,
  ): Promise<void> => {
    const answer = await world.get(path, claims, `${ofQuery}&cursor=${encodeURIComponent(text)}`);
    results.push({ class: 'cursor', caught: answer.status === 400, what: `${what}: ${answer.status}` });
  };
  const asBytes = Buffer.from(cursor, 'latin1');
  for (const { name, make } of [...flips(asBytes.length, every), ...wholeClasses]) {
    const text = make(asBytes, Buffer.from(shorter, 'latin1'))?.toString('latin1');
    // An empty cursor is one that is not of its form, as well.
    if (text !== undefined && text !== cursor) await attempt(name, text);
  }
  await attempt('of another list', notices);
  await attempt('of tasks, for notices', cursor, '/notices', query);
  await attempt('of another page size', cursor, '/tasks', `county=${county}&limit=2`);
  await attempt(
    'of another county',
    cursor,
    '/tasks',
    `county=${places['other-county'].county}&limit=1`,
    claimsOf('county-worker', 'other-county'),
  );
  await attempt('of another role', cursor, '/tasks', query, claimsOf('approver'));
  await attempt('of a wider scope', cursor, '/tasks', query, claimsOf('provincial'));
  const [payload = '', mark = ''] = cursor.split('.');
  const forged = Buffer.from(JSON.stringify('~')).toString('base64url');
  await attempt('a position of one’s own under its mark', `${forged}.${mark}`);
  await attempt('without a mark', payload);
  await attempt('with two marks', `${cursor}.${mark}`);
  await attempt('with the mark of another', `${payload}.${shorter.split('.')[1] ?? ''}`);
  const whole = await world.get('/tasks', worker, `${query}&cursor=${encodeURIComponent(cursor)}`);
  if (whole.status !== 200) throw new Error(`a cursor as it was given is refused: ${whole.text}`);
  return results;
};
