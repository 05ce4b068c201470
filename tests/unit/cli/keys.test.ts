import { afterEach, describe, expect, test } from 'vitest';
import { type Behaviour, type FakeInstance, problem, type Received, startFakeInstance } from './fake-instance.ts';
import { runHearth } from './fake-terminal.ts';

/** An instance with two pages of households, all under the first generation until they are wrapped anew. */
const instanceWithKeys = () => {
  let newest = 1;
  const pages = [
    { households: 3, under: 1 },
    { households: 2, under: 1 },
  ];
  const createdAt = '2026-03-02T01:00:00.000Z';
  const asOf = '2026-04-01T00:00:00.000Z';
  const generations = () =>
    Array.from({ length: newest }, (_, index) => ({
      generation: index + 1,
      createdAt,
      newest: index + 1 === newest,
    }));
  const pageOf = ({ query }: Received) => {
    const at = query['cursor'] === undefined ? 0 : 1;
    const page = pages[at] ?? { households: 0, under: 1 };
    return { page, nextCursor: at === 0 ? 'the second page' : null };
  };
  const behave: Behaviour = (request) => {
    if (request.path === '/keys') return { status: 200, body: { asOf, generations: generations() } };
    if (request.path === '/keys/rotations') {
      newest += 1;
      return { status: 201, body: { asOf, generations: generations() } };
    }
    const { page, nextCursor } = pageOf(request);
    if (request.path === '/keys/use') {
      return {
        status: 200,
        body: { households: [{ generation: page.under, households: page.households }], nextCursor },
      };
    }
    const rewrapped = page.under < newest ? page.households : 0;
    page.under = newest;
    return { status: 200, body: { generation: newest, rewrapped, lost: 0, nextCursor } };
  };
  return behave;
};

let instance: FakeInstance | undefined;
afterEach(async () => {
  await instance?.stop();
});
const start = async (behaviour: Behaviour): Promise<FakeInstance> => {
  instance = await startFakeInstance(behaviour);
  return instance;
};

describe('hearth keys', () => {
  test('list counts the households under each generation over all pages', async () => {
    const { data } = await start(instanceWithKeys());
    const ran = await runHearth(['keys', 'list', '--data', data, '--json']);
    expect(ran.object()).toMatchObject({ ok: true, generations: [{ generation: 1, newest: true, households: 5 }] });
    const shown = await runHearth(['keys', 'list', '--data', data, '--language', 'en']);
    expect(shown.out).toMatch(/1 +2026-03-02T01:00:00\.000Z +29 +5 +seals now/u);
  });

  test('rotate adds a generation after the one it saw, and wraps every page anew', async () => {
    const { data, received } = await start(instanceWithKeys());
    const ran = await runHearth(['keys', 'rotate', '--data', data, '--json']);
    expect(ran.object()).toMatchObject({
      ok: true,
      rewrapped: 5,
      generations: [
        { generation: 1, newest: false, households: 0 },
        { generation: 2, newest: true, households: 5 },
      ],
    });
    expect(received.filter(({ path }) => path === '/keys/rotations')).toMatchObject([{ ifMatch: '"1"' }]);
    expect(received.every(({ client }) => client === 'administrator')).toBe(true);
  });

  test('rotate --rewrap-only goes on with what was broken off and makes no key', async () => {
    const { data, received } = await start(instanceWithKeys());
    const ran = await runHearth(['keys', 'rotate', '--rewrap-only', '--data', data, '--json']);
    expect(ran.object()).toMatchObject({ ok: true, rewrapped: 0 });
    expect(received.some(({ path }) => path === '/keys/rotations')).toBe(false);
  });

  test('a rotation that somebody else made first is told, and nothing is wrapped', async () => {
    const behave = instanceWithKeys();
    const { data, received } = await start((request) =>
      request.path === '/keys/rotations' ? problem('version-conflict', request) : behave(request),
    );
    const ran = await runHearth(['keys', 'rotate', '--data', data, '--language', 'en']);
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toContain('The record has changed');
    expect(received.some(({ path }) => path === '/keys/rewraps')).toBe(false);
  });
});
