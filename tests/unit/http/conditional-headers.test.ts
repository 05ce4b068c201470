import { describe, expect, it } from 'vitest';
import { refuse, succeed } from '../../../contracts/outcome.ts';
import { ask, completion, eventOf, problemOf, taskId, taskOperations } from './gateway.ts';

const withoutHeader = (name: string) => {
  const event = eventOf(completion({ outcome: 'done' }));
  const { [name]: _, ...headers } = event.headers as Record<string, string>;
  return { event: { ...event, headers } };
};

describe('Idempotency-Key', () => {
  it('is required of an operation that says so', async () => {
    expect(problemOf(await ask(withoutHeader('idempotency-key')))).toMatchObject({
      code: 'idempotency-key-missing',
      status: 400,
    });
  });

  it.each(['short', 'x'.repeat(129), 'with a blank', 'käse-käse', 'one-two-three, four-five-six', ''])(
    'is refused when it is %j',
    async (key) => {
      const answer = await ask(completion({ outcome: 'done' }, { headers: { 'idempotency-key': key } }));
      expect(problemOf(answer).faults).toEqual(['header /Idempotency-Key idempotency-key.malformed']);
    },
  );

  it('comes with a mark that is equal for equal requests and differs for every other', async () => {
    const marks: (string | null | undefined)[] = [];
    const operations = taskOperations(async ({ fingerprint }) => {
      marks.push(fingerprint);
      return succeed({ taskId });
    });
    await ask(completion('{"outcome":"done","note":"a"}'), operations);
    await ask(completion('{ "note": "a", "outcome": "done" }'), operations);
    await ask(completion('{"outcome":"done","note":"b"}'), operations);
    await ask(
      completion('{"outcome":"done","note":"a"}', { path: `/tasks/tsk_${'c'.repeat(32)}/completion` }),
      operations,
    );
    const [first, same, otherBody, otherPath] = marks;
    expect(first).toMatch(/^[\w-]{43}$/u);
    expect(same).toBe(first);
    expect(new Set([first, otherBody, otherPath]).size).toBe(3);
  });

  it('of a request that was answered before is said to be replayed', async () => {
    const answer = await ask(
      completion({ outcome: 'done' }),
      taskOperations(async () => succeed({ taskId }, { replayed: true })),
    );
    expect(answer.headers['idempotency-replayed']).toBe('true');
  });

  it('in use at the moment is answered with when to come back', async () => {
    const answer = await ask(
      completion({ outcome: 'done' }),
      taskOperations(async () => refuse('idempotency-in-progress')),
    );
    expect(problemOf(answer).status).toBe(409);
    expect(answer.headers['retry-after']).toBe('1');
  });
});

describe('If-Match', () => {
  it('is required of a change that says so', async () => {
    expect(problemOf(await ask(withoutHeader('if-match')))).toMatchObject({
      code: 'precondition-required',
      status: 428,
    });
  });

  it('hands the version to the use case, as an answer hands it out', async () => {
    expect((await ask({ path: `/tasks/${taskId}` })).headers['etag']).toBe('"3"');
    const versions: unknown[] = [];
    const operations = taskOperations(async ({ ifMatch }) => {
      versions.push(ifMatch);
      return refuse('version-conflict', { version: 4 });
    });
    const answer = await ask(completion({ outcome: 'done' }), operations);
    expect(versions).toEqual([3]);
    expect(problemOf(answer)).toMatchObject({ code: 'version-conflict', status: 412 });
    expect(answer.headers['etag']).toBe('"4"');
  });

  it.each(['3', '*', 'W/"3"', '"3", "4"', '"03"', '"-1"', '"3.5"', '"12345678901"', '""'])(
    'is refused when it is %s',
    async (tag) => {
      const answer = await ask(completion({ outcome: 'done' }, { headers: { 'if-match': tag } }));
      expect(problemOf(answer).faults).toEqual(['header /If-Match etag.malformed']);
    },
  );

  it('may be left out where it is optional', async () => {
    const path = `/tasks/${taskId}/extension`;
    const answer = await ask({ method: 'POST', path });
    expect(answer).toMatchObject({ status: 202, body: { taskId } });
    expect(answer.headers['location']).toBe(`/tasks/${taskId}`);
    expect((await ask({ method: 'POST', path, headers: { 'if-match': 'nonsense' } })).status).toBe(400);
  });
});
