import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ApplicationView, SubmittedApplication } from '../../contracts/api/applications.ts';
import { DeterminationView, ReviewView, TraceView } from '../../contracts/api/reviews.ts';
import { TaskList } from '../../contracts/api/tasks.ts';
import {
  type Ask,
  example,
  type PlatformFolder,
  type RunningPlatform,
  synthesizedPlatform,
} from './running-platform.ts';

let folder: PlatformFolder;
beforeAll(() => {
  folder = synthesizedPlatform();
});
afterAll(() => folder.remove());

const worker = 'township-worker-1';
const Executions = z.object({
  executions: z.array(
    z.looseObject({ name: z.string(), status: z.string(), waitingIn: z.array(z.string()), transitions: z.int() }),
  ),
});

const submission: Ask = {
  as: worker,
  method: 'POST',
  path: '/applications',
  body: example('a-rural-couple'),
  headers: { 'idempotency-key': 'before-and-after-the-kill' },
};

const read = async <Schema extends z.ZodType>(
  platform: RunningPlatform,
  as: string,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> => {
  const answer = await platform.ask({ as, path });
  expect(answer.status, answer.text).toBe(200);
  return schema.parse(answer.body);
};

const finish = async (platform: RunningPlatform, as: string, reviewId: string, result: { kind: string }) => {
  const { tasks } = await read(platform, as, '/tasks', TaskList);
  expect(tasks.map(({ kind, reviewId: of }) => [kind, of])).toEqual([[result.kind, reviewId]]);
  const path = `/tasks/${tasks[0]?.taskId}/completion`;
  const answer = await platform.ask({ as, method: 'POST', path, body: result });
  expect(answer.status, answer.text).toBe(200);
};

const executionsOf = async (platform: RunningPlatform, prefix: 'review-' | 'referral-') =>
  Executions.parse(await platform.control('/executions')).executions.filter(({ name }) => name.startsWith(prefix));

const killedAndStartedAgain = async (platform: RunningPlatform): Promise<RunningPlatform> => {
  await platform.kill('SIGKILL');
  return folder.start();
};

test('an application outlives kill -9 at every turn of its review and ends in a determination', async () => {
  // Killed while the review is starting: what the answer promised must be there.
  let platform = await folder.start();
  const answer = await platform.ask(submission);
  expect(answer.status, answer.text).toBe(201);
  const { applicationId, reviewId } = SubmittedApplication.parse(answer.body);
  platform = await killedAndStartedAgain(platform);
  await platform.settle();
  expect(await read(platform, worker, `/applications/${applicationId}`, ApplicationView)).toMatchObject({
    state: 'accepted',
    reviewId,
  });
  expect(await executionsOf(platform, 'review-')).toMatchObject([{ status: 'RUNNING', waitingIn: ['AssessInField'] }]);
  const repeated = await platform.ask(submission);
  expect([repeated.status, repeated.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  expect(repeated.body).toEqual(answer.body);

  // Killed the moment the visit has been answered for, and once more during the seven days.
  await finish(platform, worker, reviewId, {
    ...{ kind: 'field-assessment', visitedOn: '2026-03-02', findings: [] },
    ...{ investigators: ['township-worker-1', 'township-worker-2'] },
  });
  platform = await killedAndStartedAgain(platform);
  await platform.settle();
  expect(await executionsOf(platform, 'review-')).toMatchObject([{ status: 'RUNNING', waitingIn: ['AwaitNotice'] }]);
  await platform.advanceDays(8);
  platform = await killedAndStartedAgain(platform);
  await platform.settle();

  await finish(platform, 'approver', reviewId, { kind: 'county-confirmation', ...{ decision: 'confirm' } });
  await platform.settle();
  const review = await read(platform, 'approver', `/reviews/${reviewId}`, ReviewView);
  const path = `/determinations/${review.determinationId}`;
  const determination = await read(platform, 'approver', path, DeterminationView);
  expect(determination).toMatchObject({ applicationId, outcome: 'granted', tier: 'MINIMUM_LIVING_ALLOWANCE' });
  expect(determination.monthlyAmount).toBeGreaterThan(0);
  expect((await read(platform, 'approver', `${path}/trace`, TraceView)).tests.length).toBeGreaterThan(0);

  // Nothing was done twice, whatever was under way when the process died.
  const [execution, ...others] = await executionsOf(platform, 'review-');
  expect(others).toEqual([]);
  expect(execution?.status).toBe('SUCCEEDED');
  expect(execution?.transitions).toBeLessThanOrEqual(12);
  const keys = [...(await platform.tables()).keys()];
  const referred = keys.flatMap((key) => / REFERRAL#(ref_[0-9a-f]{32}) STATE$/u.exec(key)?.slice(1) ?? []);
  expect(referred.length).toBeGreaterThan(0);
  const followed = await executionsOf(platform, 'referral-');
  expect(followed.map(({ name }) => name).toSorted()).toEqual(referred.map((id) => `referral-${id}`).toSorted());
  expect(followed.map(({ waitingIn }) => waitingIn)).toEqual(referred.map(() => ['AwaitAcceptance']));
  expect(keys.filter((key) => key.includes(' DETERMINATION#'))).toHaveLength(1);
  expect(keys.filter((key) => key.includes(' TASK#') && key.endsWith(' STATE'))).toHaveLength(2);
  expect(keys.filter((key) => key.includes(' NOTICE#') && key.endsWith(' STATE'))).toHaveLength(1);
  expect(keys.filter((key) => key.includes(' OUTBOX#'))).toEqual([]);
});
