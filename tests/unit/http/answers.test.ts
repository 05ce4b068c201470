import { describe, expect, it, vi } from 'vitest';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLog } from '../../../adapters/telemetry/log.ts';
import { type Outcome, refuse, succeed } from '../../../contracts/outcome.ts';
import { type ProblemCode, problems } from '../../../contracts/problems.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { RecordErased } from '../../../domain/store/record-erased.ts';
import { ask, completion, edge, eventOf, noticeOperations, problemOf, taskId, taskOperations } from './gateway.ts';

/** Stands for a name or number of a person: wherever it appears beyond the request, something leaks. */
const canaries = ['王小明', 'Zhang-Canary', '149901199003071234', '110101800101001'];

const linesOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  const lines: string[] = [];
  const keep = (chunk: string | Uint8Array): boolean => {
    lines.push(String(chunk));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  await work();
  vi.restoreAllMocks();
  return lines
    .join('')
    .split('\n')
    .filter((line) => line !== '');
};

const throwing = (error: unknown) =>
  taskOperations(async () => {
    throw error;
  });

describe('every answer', () => {
  it.each([
    ['a success', { path: `/tasks/${taskId}` }, 'application/json'],
    ['a problem', { path: '/tasks/1' }, 'application/problem+json'],
  ])('has the headers that keep it private (%s)', async (_, request, contentType) => {
    const { headers } = await ask(request);
    expect(headers).toMatchObject({
      'content-type': contentType,
      'content-language': 'en',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-request-id': 'JKJaXmPLvHcESHA=',
    });
  });

  it('carries the correlation id of the caller when that is a UUID, and nothing else a caller writes there', async () => {
    const id = '0194f1a2-7c00-7000-8000-00000000abcd';
    expect((await ask({ headers: { 'x-correlation-id': id } })).headers['x-correlation-id']).toBe(id);
    expect((await ask({ headers: { 'x-correlation-id': canaries[2] ?? '' } })).headers['x-correlation-id']).toBe(
      'JKJaXmPLvHcESHA=',
    );
  });

  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['fr', 'zh'],
    ['en', 'en'],
    ['en-US,zh;q=0.5', 'en'],
    ['en;q=0.3, zh-Hans-CN;q=0.9', 'zh'],
    ['fr, en;q=0.1', 'en'],
    ['en;q=0, *;q=0.5', 'zh'],
    ['english', 'zh'],
    ['en;q=nonsense', 'zh'],
  ])('to Accept-Language %j is in %s', async (accept, language) => {
    const event = eventOf({ path: '/tasks/1' });
    const headers = accept === undefined ? {} : { 'accept-language': accept };
    const answer = await ask({ event: { ...event, headers } });
    expect(answer.headers['content-language']).toBe(language);
    expect(problemOf(answer).title).toBe(problems['validation-failed'].title[language === 'en' ? 'en' : 'zh']);
  });
});

describe('a record that was about an erased person', () => {
  const here = DivisionCode.parse('149901');
  it.each([
    ['is said to be gone to whoever may see its division', here, 'erased', 410],
    ['of another division looks like none', DivisionCode.parse('149902'), 'not-found', 404],
    ['of no known division looks like none', null, 'not-found', 404],
  ])('%s, and is no fault', async (_, division, problem, status) => {
    const lines = await linesOf(async () => {
      const erased = throwing(new RecordErased('TASK#tsk_1', { division }));
      const answer = await ask(completion({ outcome: 'done' }), erased, createLog('tasks'));
      expect(problemOf(answer)).toMatchObject({ code: problem, status });
    });
    expect(lines.join()).not.toContain('UNEXPECTED_ERROR');
  });
});

describe('a refusal of a use case', () => {
  it.each(Object.entries(problems))(
    'with code %s becomes its status and its texts',
    async (code, { status, title, cause, cure }) => {
      const refusal = refuse(code as ProblemCode, { state: 'granted', links: { application: '/applications/app_1' } });
      for (const language of ['zh', 'en'] as const) {
        const request = completion({ outcome: 'done' }, { headers: { 'accept-language': language } });
        const answer = await ask(
          request,
          taskOperations(async () => refusal),
        );
        expect(answer.status).toBe(status);
        expect(answer.body).toEqual({
          type: `urn:hearth:problem:${code}`,
          title: title[language],
          status,
          detail: cause[language],
          cure: cure[language],
          instance: 'urn:hearth:request:JKJaXmPLvHcESHA=',
          state: 'granted',
          links: { application: '/applications/app_1' },
        });
      }
    },
  );

  it('names the fields it is about', async () => {
    const refusal = refuse('person-in-open-application', {
      errors: [{ field: '/people/0/residentId', code: 'member.in-open-application' }],
    });
    expect(
      problemOf(
        await ask(
          completion({ outcome: 'done' }),
          taskOperations(async () => refusal),
        ),
      ),
    ).toMatchObject({
      status: 409,
      faults: ['body /people/0/residentId member.in-open-application'],
    });
  });
});

describe('what is unexpected', () => {
  const leaky = (): Error =>
    new TypeError(`cannot read ${canaries.join(' ')}\n    at ${canaries[0]}`, { cause: new Error(canaries[1]) });

  it('is a plain 500 that tells nothing, and is logged once by name and place', async () => {
    const lines = await linesOf(async () => {
      const answer = await ask(completion({ outcome: 'done' }), throwing(leaky()), createLog('tasks'));
      expect(problemOf(answer)).toMatchObject({ code: 'internal-error', status: 500, faults: [] });
      for (const canary of canaries) expect(answer.text).not.toContain(canary);
    });
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.map((entry) => entry['messageCode'])).toEqual([
      'REQUEST_STARTED',
      'UNEXPECTED_ERROR',
      'REQUEST_COMPLETED',
    ]);
    expect(entries[1]).toMatchObject({
      level: 'ERROR',
      operation: 'completeTask',
      requestId: 'JKJaXmPLvHcESHA=',
      error: { name: 'TypeError', causes: ['Error'] },
    });
    expect(JSON.stringify(entries[1])).toContain('answers.test.ts');
    expect(entries[2]).toMatchObject({ status: 500, problem: 'internal-error' });
    for (const canary of canaries) expect(lines.join('')).not.toContain(canary);
  });

  it.each([
    ['a throttled store', Object.assign(new Error('slow down'), { name: 'ThrottlingException' })],
    ['a lost connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
  ])('but may pass is a 503 that says when to come back: %s', async (_, error) => {
    const answer = await ask(completion({ outcome: 'done' }), throwing(error));
    expect(problemOf(answer)).toMatchObject({ code: 'store-unavailable', status: 503 });
    expect(answer.headers['retry-after']).toBe('5');
  });

  it.each([
    ['has a field too many', { taskId, name: canaries[0] }],
    ['lacks a field', {}],
    ['has a wrong value', { taskId: canaries[2] }],
  ])('includes an answer that %s: nothing of it leaves', async (_, body) => {
    const lines = await linesOf(async () => {
      const operations = taskOperations(async () => succeed(body) as Outcome<{ taskId: string }>);
      const answer = await ask(completion({ outcome: 'done' }), operations, createLog('tasks'));
      expect(problemOf(answer)).toMatchObject({ code: 'internal-error', status: 500 });
    });
    expect(lines.join('')).toContain('UndeclaredResponse');
    for (const canary of canaries) expect(lines.join('')).not.toContain(canary);
  });

  it('never leaves a field that an open response schema does not declare', async () => {
    expect(
      (await ask({ method: 'POST', path: `/tasks/${taskId}/extension`, headers: { 'if-match': '"7"' } })).body,
    ).toEqual({ taskId });
  });

  it('includes an event that is no request of an HTTP API', async () => {
    expect(problemOf(await ask({ event: { Records: [] } }))).toMatchObject({ code: 'internal-error', status: 500 });
  });

  it('includes running out of time: the caller still gets a problem', async () => {
    const handler = apiHandler({
      function: 'tasks',
      operations: taskOperations(() => new Promise(() => undefined)),
      defaultLanguage: 'en',
      ...edge,
      log: createLog('tasks'),
    });
    const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 300 } as Parameters<typeof handler>[1];
    const lines = await linesOf(async () => {
      const answer = await handler(eventOf(completion({ outcome: 'done' })), context);
      expect(answer.statusCode).toBe(503);
    });
    expect(lines.join('')).toContain('REQUEST_TIMED_OUT');
  });
});

describe('a personal value', () => {
  const everywhere = canaries.map((canary) => [canary] as const);

  it.each(everywhere)('is in no answer and no log line, wherever a request has it: %s', async (canary) => {
    const body = (value: unknown) => completion({ outcome: 'done', ...(value as object) });
    const requests = [
      body({ people: [{ name: canary, residentId: `${canary} ` }] }),
      body({ division: canary }),
      body({ savings: canary }),
      body({ outcome: canary }),
      completion(`{"outcome": ${canary}}`),
      completion(`{"outcome":"done","note":"${canary}","note":"${canary}"}`),
      completion({ outcome: 'done' }, { headers: { 'idempotency-key': `${canary} ` } }),
      completion(
        { outcome: 'done' },
        { headers: { 'if-match': canary, 'x-correlation-id': canary, 'accept-language': canary } },
      ),
      completion({ outcome: 'done' }, { headers: { 'content-type': canary } }),
      { query: `limit=${encodeURIComponent(canary)}` },
      { query: `cursor=${encodeURIComponent(canary)}` },
      { path: `/tasks/${encodeURIComponent(canary)}` },
      { claims: { sub: canary, role: canary, division: canary, agency: canary } },
    ];
    const answers: string[] = [];
    const lines = await linesOf(async () => {
      for (const request of requests)
        answers.push(JSON.stringify(await ask(request, taskOperations(), createLog('tasks'))));
    });
    expect(answers.filter((answer) => answer.includes('"status":4'))).toHaveLength(requests.length);
    expect(
      [...answers, ...lines].filter((text) => text.includes(canary) || text.includes(encodeURIComponent(canary))),
    ).toEqual([]);
  });

  it.each(['王小明', '149901199003071234', 'id149901199003071234'])(
    'that is used as the name of a field is not repeated either: %s',
    async (canary) => {
      const answer = await ask(completion({ outcome: 'done', [canary]: 1 }));
      expect(problemOf(answer).faults).toEqual(['body  unknown-field']);
      expect(answer.text).not.toContain(canary);
    },
  );
});

describe('the handler of a function', () => {
  it('does not start unless it serves exactly the routes of its function', () => {
    const options = { defaultLanguage: 'zh', ...edge, operations: taskOperations().slice(1) } as const;
    expect(() => apiHandler({ ...options, function: 'tasks' })).toThrow(
      'must serve completeTask, extendTask, listTasks, readTask',
    );
    expect(() =>
      apiHandler({ ...options, function: 'tasks', operations: [...taskOperations(), ...noticeOperations()] }),
    ).toThrow('must serve');
  });
});
