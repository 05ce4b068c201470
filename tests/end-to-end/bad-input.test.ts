import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SubmittedApplication } from '../../contracts/api/applications.ts';
import { TaskList, type TaskView } from '../../contracts/api/tasks.ts';
import { languages } from '../../contracts/problems.ts';
import { townshipsOf } from '../../policies/divisions/divisions.ts';
import { badSubmissions } from './bad-submissions.ts';
import { type Expected, expectProblem, refusesWithoutTrace } from './refusals.ts';
import { completion, newCouple, residentId, submission, visit, withResidentId, worker } from './requests.ts';
import { type Answer, type Ask, clients, type RunningPlatform, synthesizedPlatform } from './running-platform.ts';

let platform: RunningPlatform;
let remove: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  const folder = synthesizedPlatform();
  remove = folder.remove;
  platform = await folder.start();
});
afterAll(() => remove());

const stranger = 'other-county-worker';
const strangersCounty = clients.find(({ clientId }) => clientId === stranger)?.claims.division;

const submitted = async (body: unknown, as = worker): Promise<SubmittedApplication> => {
  const answer = await platform.ask(submission(body, as));
  expect(answer.status, answer.text).toBe(201);
  await platform.settle();
  return SubmittedApplication.parse(answer.body);
};

const openTask = async (reviewId: string, as = worker): Promise<TaskView> => {
  const answer = await platform.ask({ as, path: '/tasks?limit=100' });
  const task = TaskList.parse(answer.body).tasks.find((each) => each.reviewId === reviewId);
  if (task === undefined) throw new Error(`no open task: ${answer.text}`);
  return task;
};

describe('a submission that cannot be right is refused, field by field, and leaves nothing behind', () => {
  test.for(badSubmissions())('%s', async ([, body, expected]) => {
    await refusesWithoutTrace(platform, submission(body), expected);
  });

  test('more than the gateway lets through is stopped there', async () => {
    const before = await platform.tables();
    const { status } = await platform.ask(submission('x'.repeat(10 * 1024 * 1024 + 1)));
    expect(status).toBe(413);
    expect(await platform.tables()).toEqual(before);
  });

  test('a submission without a key', async () => {
    const expected = { status: 400, problem: 'idempotency-key-missing', names: /Idempotency-Key/u } as const;
    await refusesWithoutTrace(platform, { ...submission(newCouple()), headers: {} }, expected);
  });
});

describe('numbers as people write them', () => {
  test('an old number of fifteen digits is taken, and is the same person as the new one', async () => {
    const digits = '571230001';
    const { applicationId } = await submitted(withResidentId(`149908${digits}`));
    const [refusal] = await refusesWithoutTrace(platform, submission(withResidentId(residentId('19571230', 1))), {
      status: 409,
      problem: 'person-in-open-application',
      fields: [['body', '/members/0/residentId', 'member.in-open-application']],
    });
    expect(refusal?.links).toEqual({ application: `/applications/${applicationId}` });
  });

  test('full-width digits are taken, and are the same person as half-width ones', async () => {
    const written = residentId('19571231', 1);
    const fullWidth = [...written].map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfe_e0)).join('');
    expect(fullWidth).not.toBe(written);
    await submitted(withResidentId(fullWidth));
    const { status } = await platform.ask(submission(withResidentId(written)));
    expect(status).toBe(409);
  });
});

describe('a person in another open application', () => {
  const expected: Expected = {
    status: 409,
    problem: 'person-in-open-application',
    fields: [['body', '/members/1/residentId', 'member.in-open-application']],
  };

  test('is refused with a link for a caller who may see the other application', async () => {
    const wife = residentId('19590401', 1);
    const { applicationId } = await submitted(withResidentId(wife, 1));
    const refusals = await refusesWithoutTrace(platform, submission(withResidentId(wife, 1)), expected);
    for (const { links } of refusals) expect(links).toEqual({ application: `/applications/${applicationId}` });
    const followed = await platform.ask({ as: worker, path: refusals[0]?.links?.['application'] ?? '' });
    expect(followed.status).toBe(200);
  });

  test('is refused without link or state for a caller of another county', async () => {
    const wife = residentId('19590402', 1);
    const { applicationId } = await submitted(withResidentId(wife, 1));
    const division = strangersCounty === undefined ? '' : (townshipsOf(strangersCounty)[0]?.code ?? '');
    const elsewhere = { ...withResidentId(wife, 1), registeredDivision: division, residenceDivision: division };
    const refusals = await refusesWithoutTrace(platform, submission(elsewhere, stranger), expected);
    for (const refusal of refusals) {
      expect(refusal).not.toHaveProperty('links');
      expect(refusal).not.toHaveProperty('state');
      expect(JSON.stringify(refusal)).not.toContain(applicationId);
    }
  });
});

/** Items of one application, by what stands before the first mark of their key. */
const kindsAdded = async (act: () => Promise<unknown>): Promise<Record<string, number>> => {
  await platform.settle();
  const before = await platform.tables();
  await act();
  await platform.settle();
  const added: Record<string, number> = {};
  for (const key of (await platform.tables()).keys())
    if (!before.has(key)) {
      const kind = /^\S*(Roster|Audit)\S* (?:([A-Z]+)#)?/u.exec(key)?.slice(1).join(' ').trim() ?? key;
      added[kind] = (added[kind] ?? 0) + 1;
    }
  return added;
};
const twenty = Array.from({ length: 20 });
const idsOf = (answers: readonly Answer[]): Set<string> =>
  new Set(answers.map(({ body }) => SubmittedApplication.parse(body).applicationId));

describe('the same key', () => {
  test('with another body is refused, and the first application stands', async () => {
    const key = randomUUID();
    const couple = newCouple();
    const answer = await platform.ask(submission(couple, worker, key));
    expect(answer.status).toBe(201);
    const expected = { status: 422, problem: 'idempotency-key-reused', names: /Idempotency-Key/u } as const;
    await refusesWithoutTrace(platform, submission({ ...couple, consentToNextTier: false }, worker, key), expected);
    await refusesWithoutTrace(platform, submission(newCouple(), worker, key), expected);
    const repeated = await platform.ask(submission(couple, worker, key));
    expect(repeated.body).toEqual(answer.body);
  });

  test('twenty times at the same moment has one effect and one answer', async () => {
    const alone = await kindsAdded(() => platform.ask(submission(newCouple())));
    const request = submission(newCouple());
    let answers: readonly Answer[] = [];
    const together = await kindsAdded(async () => {
      answers = await Promise.all(twenty.map(() => platform.ask(request)));
    });
    expect(answers.map(({ status }) => status)).toEqual(twenty.map(() => 201));
    expect(idsOf(answers).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(together).toEqual(alone);
    expect(together['Roster APPLICATION']).toBe(1);
  });

  test('twenty keys for one household at the same moment: one is taken in, nineteen are told of it', async () => {
    const couple = newCouple();
    let answers: readonly Answer[] = [];
    const added = await kindsAdded(async () => {
      answers = await Promise.all(twenty.map(() => platform.ask(submission(couple))));
    });
    const taken = answers.filter(({ status }) => status === 201);
    expect(taken).toHaveLength(1);
    for (const answer of answers.filter((each) => !taken.includes(each)))
      expectProblem(answer, 'zh', {
        status: 409,
        problem: 'person-in-open-application',
        fields: [['body', '/members/0/residentId', 'member.in-open-application']],
      });
    expect(added).toMatchObject({ 'Roster APPLICATION': 1, 'Roster HOUSEHOLD': 1, 'Roster PERSON': 2 });
  });
});

describe('a change that comes too late', () => {
  test('to a version that is no longer the present one is refused with the present one', async () => {
    const { applicationId } = await submitted({ ...newCouple(), papers: [] });
    const record = `/applications/${applicationId}`;
    const supply = (version: string): Ask => ({
      as: worker,
      method: 'POST',
      path: `${record}/supplements`,
      body: { papers: [{ kind: 'household-register' }] },
      headers: { 'if-match': version },
    });
    const present = async () => (await platform.ask({ as: worker, path: record })).headers.get('etag') ?? '';
    const stale = await present();
    expect((await platform.ask(supply(stale))).status).toBe(200);
    const expected = { status: 412, problem: 'version-conflict', names: /If-Match/u } as const;
    await refusesWithoutTrace(platform, supply(stale), expected);
    expect((await platform.ask(supply(stale))).headers.get('etag')).toBe(await present());
    const missing = { status: 428, problem: 'precondition-required', names: /If-Match/u } as const;
    await refusesWithoutTrace(platform, { ...supply(stale), headers: {} }, missing);
  });

  test('to a task with a stale ETag is refused, and the task stays open', async () => {
    const { reviewId } = await submitted(newCouple());
    const { taskId } = await openTask(reviewId);
    const expected = { status: 412, problem: 'version-conflict', names: /If-Match/u } as const;
    await refusesWithoutTrace(platform, completion(taskId, worker, visit, { 'if-match': '"7"' }), expected);
    expect((await openTask(reviewId)).state).toBe('open');
  });

  test('to a task that is finished is refused; the same answer from the same person is not a second one', async () => {
    const { reviewId } = await submitted(newCouple());
    const { taskId } = await openTask(reviewId);
    const finished = await platform.ask(completion(taskId, worker, visit));
    expect(finished.status, finished.text).toBe(200);
    const again = { status: 409, problem: 'task-already-completed' } as const;
    const other = { ...visit, note: 'Seen from the road.' };
    const [refusal] = await refusesWithoutTrace(platform, completion(taskId, worker, other), again);
    expect(refusal?.state).toBe('completed');
    await refusesWithoutTrace(platform, completion(taskId, 'township-worker-2', visit), again);
    const before = await platform.tables();
    const repeated = await platform.ask(completion(taskId, worker, visit));
    expect([repeated.status, repeated.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(await platform.tables()).toEqual(before);
  });

  test('twenty different answers to one task at the same moment: one is taken', async () => {
    const taskOf = async (): Promise<string> => (await openTask((await submitted(newCouple())).reviewId)).taskId;
    const finishedAlone = await taskOf();
    const alone = await kindsAdded(() => platform.ask(completion(finishedAlone, worker, visit)));
    const taskId = await taskOf();
    let answers: readonly Answer[] = [];
    const together = await kindsAdded(async () => {
      answers = await Promise.all(
        twenty.map((_, index) => platform.ask(completion(taskId, worker, { ...visit, note: `Visit ${index}.` }))),
      );
    });
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200))
      expectProblem(answer, 'zh', { status: 409, problem: 'task-already-completed' });
    expect(together).toEqual(alone);
  });
});

describe('a person without the right', () => {
  test('who assessed may not confirm; another approver may', async () => {
    const { reviewId } = await submitted(newCouple());
    const together = { ...visit, investigators: [worker, 'approver'] };
    const { taskId: visitId } = await openTask(reviewId);
    expect((await platform.ask(completion(visitId, worker, together))).status).toBe(200);
    await platform.settle();
    await platform.advanceDays(8);
    await platform.settle();
    const task = await openTask(reviewId, 'approver');
    expect(task.kind).toBe('county-confirmation');
    const confirmation = { kind: 'county-confirmation', decision: 'confirm' };
    const fourEyes = { status: 403, problem: 'four-eyes' } as const;
    await refusesWithoutTrace(platform, completion(task.taskId, 'approver', confirmation), fourEyes);
    const forbidden = { status: 403, problem: 'forbidden' } as const;
    await refusesWithoutTrace(platform, completion(task.taskId, worker, confirmation), forbidden);
    expect((await platform.ask(completion(task.taskId, 'approver-2', confirmation))).status).toBe(200);
  });

  test('of another county cannot tell a task, application or review there from one that never was', async () => {
    const { applicationId, reviewId } = await submitted(newCouple());
    const { taskId } = await openTask(reviewId);
    const nothing = (id: string): string => id.replace(/[0-9a-f]{32}$/u, '0'.repeat(32));
    const pairs: readonly (readonly [Ask, Ask])[] = [
      [
        { as: stranger, path: `/tasks/${taskId}` },
        { as: stranger, path: `/tasks/${nothing(taskId)}` },
      ],
      [completion(taskId, stranger, visit), completion(nothing(taskId), stranger, visit)],
      [
        { as: stranger, path: `/applications/${applicationId}` },
        { as: stranger, path: `/applications/${nothing(applicationId)}` },
      ],
      [
        { as: stranger, path: `/reviews/${reviewId}` },
        { as: stranger, path: `/reviews/${nothing(reviewId)}` },
      ],
    ];
    const notFound = { status: 404, problem: 'not-found' } as const;
    for (const [there, nowhere] of pairs) {
      const inBoth = [
        await refusesWithoutTrace(platform, there, notFound),
        await refusesWithoutTrace(platform, nowhere, notFound),
      ];
      const [theirs, absent] = inBoth.map((bodies) => bodies.map((body) => ({ ...body, instance: '' })));
      expect(theirs).toEqual(absent);
    }
    for (const language of languages) {
      const ask = async (path: string) =>
        platform.ask({ as: stranger, path, headers: { 'accept-language': language } });
      const own = ['apigw-requestid', 'x-request-id', 'x-correlation-id', 'date', 'ratelimit'];
      const headersOf = ({ headers }: Answer) => [...headers].filter(([name]) => !own.includes(name));
      const [theirs, absent] = [await ask(`/tasks/${taskId}`), await ask(`/tasks/${nothing(taskId)}`)];
      expect(headersOf(theirs)).toEqual(headersOf(absent));
    }
  });
});
