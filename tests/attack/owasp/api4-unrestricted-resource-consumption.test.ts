import { describe, expect, test } from 'vitest';
import { claimsOf, coupleOf, places } from '../places.ts';
import { attackedWorld, faultsOf, problemOf } from './attacked.ts';

const { world } = attackedWorld();
const worker = claimsOf('county-worker');
const patience = 2_000;

const submit = async (body: string | Buffer, headers: Record<string, string> = {}) => {
  const began = performance.now();
  const answer = await world().api.ask({
    method: 'POST',
    path: '/applications',
    claims: worker,
    headers: { 'content-type': 'application/json', 'idempotency-key': world().key(), ...headers },
    body,
  });
  return { answer, milliseconds: performance.now() - began };
};

describe('API4: somebody asks for more than anyone needs', () => {
  test.for(['0', '-1', '101', '1000000', '1e3', '0x64', ' 5', '99999999999999999999', 'NaN', ''])(
    'a page of %s',
    async (limit) => {
      for (const [path, claims] of [
        ['/tasks', worker],
        ['/notices', null],
      ] as const) {
        const answer = await world().get(path, claims, `county=140121&limit=${encodeURIComponent(limit)}`);
        expect([path, answer.status]).toEqual([path, 400]);
      }
    },
  );

  test.for<[string, () => string | Buffer, number[]]>([
    ['a body over the limit', () => `{"x":"${'x'.repeat(300_000)}"}`, [413]],
    ['a body of ten megabytes', () => `"${'x'.repeat(10_400_000)}"`, [413]],
    ['a body beyond what the gateway takes', () => Buffer.alloc(11_000_000, 0x20), [413]],
    ['a hundred thousand lists in each other', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`, [400]],
    ['twenty thousand objects in each other', () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, [400]],
    [
      'twenty thousand keys',
      () => `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
      [400],
    ],
    ['a hundred thousand digits', () => `{"settlement":${'9'.repeat(100_000)}}`, [400]],
    [
      'ten thousand members',
      () =>
        JSON.stringify({
          ...coupleOf(1, places['own-township'].township),
          members: Array.from({ length: 10_000 }, () => ({})),
        }),
      [400, 413],
    ],
    [
      'an ID of a hundred thousand digits',
      () =>
        JSON.stringify({
          ...coupleOf(1, places['own-township'].township),
          registeredDivision: `14${'1'.repeat(100_000)}`,
        }),
      [400],
    ],
  ])('%s', async ([, make, statuses]) => {
    const { answer, milliseconds } = await submit(make());
    expect(statuses).toContain(answer.status);
    expect(answer.text.length).toBeLessThan(40_000);
    expect(milliseconds).toBeLessThan(patience);
  });

  test('a bomb in a compressed body is not unpacked', async () => {
    const { answer } = await submit(Buffer.alloc(1_000), { 'content-encoding': 'gzip' });
    expect([answer.status, problemOf(answer)]).toEqual([415, 'unsupported-media-type']);
  });

  test('an answer names fifty faults at most, however many there are', async () => {
    const body = {
      ...coupleOf(1, places['own-township'].township),
      papers: Array.from({ length: 200 }, () => ({ kind: 'x' })),
    };
    const { answer } = await submit(JSON.stringify(body));
    expect(faultsOf(answer)).toHaveLength(50);
  });

  test('texts that make patterns slow are read in time', async () => {
    const slow = {
      'accept-language': `${'a-'.repeat(20_000)},`,
      'if-match': `"${'0'.repeat(50_000)}`,
      'x-correlation-id': '0'.repeat(50_000),
    };
    const { milliseconds } = await submit(
      JSON.stringify(coupleOf(world().number(), places['own-township'].township)),
      slow,
    );
    expect(milliseconds).toBeLessThan(patience);
  });
});
