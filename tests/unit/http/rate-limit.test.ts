import { describe, expect, it } from 'vitest';
import type { RateCounter } from '../../../adapters/dynamodb/rate-counter.ts';
import { readApiRequest } from '../../../adapters/http/gateway-event.ts';
import { createRateLimiter, type RateLimiter } from '../../../adapters/http/rate-limit.ts';
import { succeed } from '../../../contracts/outcome.ts';
import { type RateLimits, rateLimitsWith } from '../../../domain/access/rate-limits.ts';
import {
  type Ask,
  ask,
  completion,
  edge,
  edgeKey,
  eventOf,
  noticeOperations,
  problemOf,
  taskId,
  taskOperations,
} from './gateway.ts';

const few: RateLimits = rateLimitsWith({
  'agency': { requests: 2, burst: 2 },
  'officer': { requests: 2, burst: 2 },
  'public-reading': { requests: 2, burst: 2 },
  'public-writing': { requests: 2, burst: 2 },
});

/** Counts as the table does, and shows under which marks. */
const countingInMemory = () => {
  const counts = new Map<string, number>();
  const add = (key: string, requests: number): number => {
    counts.set(key, (counts.get(key) ?? 0) + requests);
    return counts.get(key) ?? 0;
  };
  const calls: string[] = [];
  const taken: number[] = [];
  const counter: RateCounter = async (mark, { windowStart, part }, requests) => {
    calls.push(mark);
    taken.push(requests);
    return {
      inWindow: add(`${mark} ${windowStart}`, requests),
      inPart: add(`${mark} ${windowStart} ${part}`, requests),
    };
  };
  return { counter, calls, taken };
};

const limiterOver = (counter: RateCounter, clock = { now: 125_000 }, limits = few) =>
  createRateLimiter({ counter, limits, edgeKey, now: () => clock.now });

const agency = { sub: 'client-7', role: 'agency', division: '14', agency: 'medical-insurance' };
const objection = (sourceIp: string) => {
  const event = eventOf({
    method: 'POST',
    path: `/notices/ntc_${'a'.repeat(32)}/objections`,
    headers: { 'content-type': 'application/json', 'idempotency-key': 'key-00000001' },
    body: JSON.stringify({ grounds: 'x' }),
    claims: null,
  });
  return {
    event: { ...event, requestContext: { ...event.requestContext, http: { ...event.requestContext.http, sourceIp } } },
  };
};
const silent = { write: () => undefined, with: () => silent };

describe('a limited caller', () => {
  it('reads its policy and what remains of it on every answer, be it a success or a refusal of another kind', async () => {
    const limiter = limiterOver(countingInMemory().counter);
    const first = await ask({ path: '/tasks' }, taskOperations(), silent, { limiter });
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"officer";q=2;w=60, "officer-burst";q=2;w=10',
      'ratelimit': '"officer";r=1;t=55, "officer-burst";r=1;t=5',
    });
    const second = await ask({ path: '/tasks/1' }, taskOperations(), silent, { limiter });
    expect(second.status).toBe(400);
    expect(second.headers['ratelimit']).toBe('"officer";r=0;t=55, "officer-burst";r=0;t=5');
  });

  it('is refused over the limit, in its language, and nothing else of the request happens', async () => {
    const limiter = limiterOver(countingInMemory().counter);
    let handled = 0;
    const operations = taskOperations(async () => {
      handled += 1;
      return succeed({ taskId });
    });
    const request = completion({ outcome: 'done' }, { headers: { 'accept-language': 'zh' } });
    for (const expected of [200, 200, 429, 429]) {
      expect((await ask(request, operations, silent, { limiter })).status).toBe(expected);
    }
    expect(handled).toBe(2);
    const refused = await ask(request, operations, silent, { limiter });
    expect(problemOf(refused)).toMatchObject({ code: 'too-many-requests', status: 429, title: '请求过于频繁' });
    expect(refused.headers).toMatchObject({ 'retry-after': '55', 'content-type': 'application/problem+json' });
    expect(refused.headers['ratelimit']).toBe('"officer";r=0;t=55, "officer-burst";r=0;t=5');
  });

  it('is remembered while it is refused, so that a flood costs no writes, and is admitted again afterwards', async () => {
    const { counter, calls } = countingInMemory();
    const clock = { now: 125_000 };
    const limiter = limiterOver(counter, clock);
    for (let request = 0; request < 50; request += 1) await ask({}, taskOperations(), silent, { limiter });
    expect(calls).toHaveLength(3);
    clock.now = 180_000;
    expect((await ask({}, taskOperations(), silent, { limiter })).status).toBe(200);
  });

  it('does not get more by way of another instance: they count together', async () => {
    const { counter } = countingInMemory();
    const [one, other] = [limiterOver(counter), limiterOver(counter)];
    const statuses: number[] = [];
    for (const limiter of [one, other, one, other]) {
      statuses.push((await ask({}, taskOperations(), silent, { limiter })).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429]);
  });
});

describe('requests counted ahead', () => {
  const limits = rateLimitsWith({ officer: { requests: 160, burst: 160 } });
  const statusesOf = async (limiters: readonly RateLimiter[], requests: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let request = 0; request < requests; request += 1) {
      const limiter = limiters[request % limiters.length];
      if (limiter !== undefined) statuses.push((await ask({}, taskOperations(), silent, { limiter })).status);
    }
    return statuses;
  };

  it('spare a busy caller most of the writes, and are taken one by one where the limit is near', async () => {
    const { counter, taken } = countingInMemory();
    const statuses = await statusesOf([limiterOver(counter, { now: 120_000 }, limits)], 165);
    expect(statuses.filter((status) => status === 200)).toHaveLength(160);
    expect(taken.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(taken.slice(-17)).toEqual(Array.from({ length: 17 }, () => 1));
    expect(taken.length).toBeLessThan(80);
  });

  it('have places of their own: two instances together admit no more than the limit', async () => {
    const { counter } = countingInMemory();
    const instances = [limiterOver(counter, { now: 120_000 }, limits), limiterOver(counter, { now: 120_000 }, limits)];
    expect((await statusesOf(instances, 400)).filter((status) => status === 200)).toHaveLength(160);
  });

  it('say of each request what is left after it', async () => {
    const limiter = limiterOver(countingInMemory().counter, { now: 120_000 }, limits);
    const left: string[] = [];
    for (let request = 0; request < 9; request += 1) {
      const { headers } = await ask({}, taskOperations(), silent, { limiter });
      left.push(/r=(\d+)/u.exec(headers['ratelimit'] ?? '')?.[1] ?? '');
    }
    expect(left).toEqual(['159', '158', '157', '156', '155', '154', '153', '152', '151']);
  });

  it('are worth nothing in the next part of the window', async () => {
    const { counter, taken } = countingInMemory();
    const clock = { now: 120_000 };
    const limiter = limiterOver(counter, clock, limits);
    await statusesOf([limiter], 4);
    clock.now += 10_000;
    await statusesOf([limiter], 1);
    expect(taken).toEqual([1, 2, 4, 1]);
  });

  it('are not lost when many ask at once', async () => {
    const { counter } = countingInMemory();
    const limiter = limiterOver(counter, { now: 120_000 }, limits);
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => ask({}, taskOperations(), silent, { limiter })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(160);
  });
});

describe('what is counted together', () => {
  const marksOf = async (requests: readonly (Ask | { event: unknown })[]): Promise<readonly string[]> => {
    const { counter, calls } = countingInMemory();
    const limiter = limiterOver(counter);
    for (const request of requests) {
      const isPublic = 'event' in request;
      await ask(request, isPublic ? noticeOperations() : taskOperations(), silent, { limiter });
    }
    return calls;
  };

  it('is an agency by its name, whichever of its clients calls', async () => {
    const [one, same, other] = await marksOf([
      { claims: agency },
      { claims: { ...agency, sub: 'client-8' } },
      { claims: { ...agency, agency: 'education' } },
    ]);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('is an officer by subject, and never an agency of the same name', async () => {
    const worker = { sub: 'medical-insurance', role: 'county-worker', division: '149901' };
    const [one, same, other, named] = await marksOf([
      { claims: worker },
      { claims: { ...worker, role: 'approver' } },
      { claims: { ...worker, sub: 'another' } },
      { claims: agency },
    ]);
    expect(same).toBe(one);
    expect(new Set([one, other, named]).size).toBe(3);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '::ffff:192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['2001:db8::1', '2001:db8:0:0:9::', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ])('is the public by source address, an IPv6 one by its network: %s and %s', async (one, other, together) => {
    const [first, second] = await marksOf([objection(one), objection(other)]);
    expect(first === second).toBe(together);
  });

  it('is known by a mark that holds no address and is another one in the next window', async () => {
    const { counter, calls } = countingInMemory();
    const clock = { now: 125_000 };
    const limiter = limiterOver(counter, clock);
    await ask(objection('192.0.2.1'), noticeOperations(), silent, { limiter });
    clock.now += 600_000;
    await ask(objection('192.0.2.1'), noticeOperations(), silent, { limiter });
    expect(calls.join()).not.toContain('192.0.2.1');
    expect(calls[0]).toMatch(/^[\w-]{22}$/u);
    expect(calls[1]).not.toBe(calls[0]);
  });

  it('is the public at a path that is no operation, so that nobody may try paths without end', async () => {
    const limiter = limiterOver(countingInMemory().counter);
    const statuses: number[] = [];
    for (let request = 0; request < 3; request += 1) {
      statuses.push((await ask({ path: '/nowhere' }, noticeOperations(), silent, { limiter })).status);
    }
    expect(statuses).toEqual([404, 404, 429]);
  });

  it('is nobody without claims to be known by: such a request is refused anyhow', async () => {
    const { counter, calls } = countingInMemory();
    const limiter = limiterOver(counter);
    expect((await ask({ claims: null }, taskOperations(), silent, { limiter })).status).toBe(401);
    expect((await ask({ claims: { sub: 'x' } }, taskOperations(), silent, { limiter })).status).toBe(403);
    expect(calls).toEqual([]);
  });
});

describe('when the counter cannot be reached', () => {
  const broken: RateCounter = () => Promise.reject(Object.assign(new Error('late'), { name: 'TimeoutError' }));

  it('the request is admitted without, says its policy only, and is told of in the log and counted', async () => {
    const codes: string[] = [];
    const counted: string[] = [];
    const log = { write: (code: string) => void codes.push(code), with: () => log };
    const answer = await ask({}, taskOperations(), log, { limiter: limiterOver(broken) }, counted);
    expect(answer.status).toBe(200);
    expect(answer.headers['ratelimit-policy']).toBe('"officer";q=2;w=60, "officer-burst";q=2;w=10');
    expect(answer.headers['ratelimit']).toBeUndefined();
    expect(codes).toContain('RATE_COUNTER_UNREACHABLE');
    expect(counted).toEqual(['RateCounterUnreachable']);
  });
});

describe('a refusal', () => {
  it.each([
    ['agency', agency, 'AgencyRequestsLimited', { rateClass: 'agency', agency: 'medical-insurance' }],
    ['officer', undefined, 'RequestsLimited', { rateClass: 'officer' }],
  ])('of an %s is counted apart and logged without a person', async (_, claims, metric, ids) => {
    const lines: [string, unknown][] = [];
    const counted: string[] = [];
    const log = { write: (code: string, more?: unknown) => void lines.push([code, more]), with: () => log };
    const limiter = limiterOver(countingInMemory().counter);
    for (let request = 0; request < 3; request += 1) {
      await ask(claims === undefined ? {} : { claims }, taskOperations(), log, { limiter }, counted);
    }
    expect(counted).toEqual([metric]);
    expect(lines.filter(([code]) => code === 'REQUEST_LIMITED')).toEqual([['REQUEST_LIMITED', ids]]);
  });
});

it('the limiter counts before anything else: also what would be refused for its body', async () => {
  const { counter, calls } = countingInMemory();
  const request = readApiRequest(eventOf(completion('not json')), 'lambda-request', 'zh');
  await limiterOver(counter)('completeTask', request, edge.claimNames);
  expect(calls).toHaveLength(1);
});
