import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SubmittedApplication } from '../../contracts/api/applications.ts';
import { NoticeList } from '../../contracts/api/notices.ts';
import { DeterminationView, ReviewView } from '../../contracts/api/reviews.ts';
import { TaskList, type TaskView } from '../../contracts/api/tasks.ts';
import { checkCharacterOf } from '../../domain/people/resident-id.ts';
import { call, change, type Who } from './call.ts';
import { changePolicy } from './policy-scenario.ts';
import type { DeployedWorld } from './world.ts';

export type Scenario = { readonly name: string; readonly run: (world: DeployedWorld) => Promise<void> };

const township = '140121100';
const county = township.slice(0, 6);
const investigators = ['li-investigator', 'wang-investigator'] as const;
const townshipWorker: Who = { role: 'township-worker', division: township, subject: investigators[0] };
const approver: Who = { role: 'approver', division: county, subject: 'zhao-approver' };
const day = 86_400_000;

/** A synthetic resident ID: the address block 1499xx belongs to nobody. */
const residentId = (birthDate: string, sequence: number): string => {
  const digits = `149901${birthDate}${String(sequence).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};

const dateAfter = (world: DeployedWorld, days: number): string =>
  new Date(Date.parse(world.now()) + days * day).toISOString().slice(0, 10);

/** A rural couple that earns less than the standard of its county. Each household needs its own sequence number. */
const coupleUnderTheStandard = (world: DeployedWorld, sequence: number) => {
  const consent = { givenOn: dateAfter(world, -2), expiresOn: dateAfter(world, 300) };
  const member = (ref: string, birthDate: string, offset: number) => ({
    ref,
    name: ref === 'husband' ? '张测试' : '王测试',
    residentId: residentId(birthDate, sequence + offset),
    relation: ref === 'husband' ? 'applicant' : 'spouse',
    incomes: { wages: 0, business: 0, property: 0, transfer: 60_000, other: 0 },
    selfCareFailedIndicators: 0,
    capableSupporters: 1,
    consent,
  });
  return {
    registeredDivision: township,
    residenceDivision: township,
    settlement: 'rural',
    declarationSignedOn: dateAfter(world, -2),
    consentToNextTier: true,
    members: [member('husband', '19580312', 1), member('wife', '19600724', 2)],
    property: { financialAssets: 200_000, dwellings: 1, vehicles: 0, businesses: 0, nonResidential: 0 },
    expenditure: { medical: 0, education: 0, rehabilitation: 0 },
    papers: [],
  };
};

const submit = async (world: DeployedWorld, sequence: number): Promise<SubmittedApplication> => {
  const body = coupleUnderTheStandard(world, sequence);
  const answer = await call(world, { as: townshipWorker, method: 'POST', path: '/applications', body });
  strictEqual(answer.status, 201, answer.text);
  const submitted = SubmittedApplication.parse(answer.body);
  if (submitted.missingPapers.length > 0) {
    const body = { papers: submitted.missingPapers };
    const record = `/applications/${submitted.applicationId}`;
    const supplement = await change(world, townshipWorker, record, 'supplements', body);
    ok(supplement.status < 300, supplement.text);
  }
  await world.settle();
  return submitted;
};

/** The emulator counts an execution as waiting before the function that opens its task has answered, so the task is looked for again. */
const patience = { looks: 40, milliseconds: 500 } as const;

const openTask = async (world: DeployedWorld, who: Who, reviewId: string, kind: string): Promise<TaskView> => {
  for (let look = 1; ; look += 1) {
    const answer = await call(world, { as: who, path: `/tasks?county=${county}&limit=100` });
    strictEqual(answer.status, 200, answer.text);
    const found = TaskList.parse(answer.body).tasks.find((task) => task.reviewId === reviewId && task.kind === kind);
    if (found !== undefined) return found;
    ok(look < patience.looks, `no open task ${kind} for review ${reviewId}: ${answer.text}`);
    await sleep(patience.milliseconds);
  }
};

const complete = async (world: DeployedWorld, as: Who, taskId: string, body: unknown): Promise<void> => {
  const answer = await change(world, as, `/tasks/${taskId}`, 'completion', body);
  ok(answer.status < 300, answer.text);
  await world.settle();
};

const assess = async (world: DeployedWorld, reviewId: string): Promise<void> => {
  const visit = await openTask(world, townshipWorker, reviewId, 'field-assessment');
  const visitedOn = dateAfter(world, 0);
  const body = { kind: 'field-assessment', visitedOn, investigators: [...investigators], findings: [] };
  await complete(world, townshipWorker, visit.taskId, body);
};

const readReview = async (world: DeployedWorld, reviewId: string): Promise<ReviewView> => {
  const answer = await call(world, { as: approver, path: `/reviews/${reviewId}` });
  strictEqual(answer.status, 200, answer.text);
  return ReviewView.parse(answer.body);
};

const confirm = async (world: DeployedWorld, reviewId: string): Promise<DeterminationView> => {
  const task = await openTask(world, approver, reviewId, 'county-confirmation');
  await complete(world, approver, task.taskId, { kind: 'county-confirmation', decision: 'confirm' });
  const { determinationId } = await readReview(world, reviewId);
  const answer = await call(world, { as: approver, path: `/determinations/${determinationId}` });
  strictEqual(answer.status, 200, answer.text);
  return DeterminationView.parse(answer.body);
};

const Problem = z.looseObject({ type: z.string(), status: z.int() });

/** What is checked of the deployed platform, through its HTTP endpoint. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'the gateway admits valid tokens for this platform only, and lets anyone read notices',
    run: async (world) => {
      const token = await world.tokenFor('approver', county);
      const status = async (authorization?: string): Promise<number> => {
        const headers = authorization === undefined ? {} : { authorization };
        return (await call(world, { path: '/tasks', headers })).status;
      };
      strictEqual(await status(), 401);
      strictEqual(await status('Bearer no.such.token'), 401);
      strictEqual(await status(`Bearer ${token.slice(0, -6)}AAAAAA`), 401);
      strictEqual(await status(`Bearer ${await world.tokenForAudience('somewhere-else')}`), 401);
      strictEqual(await status(`Bearer ${token}`), 200);
      strictEqual((await call(world, { path: `/notices?county=${county}` })).status, 200);
      strictEqual((await call(world, { path: '/no-such-route' })).status, 404);
    },
  },
  {
    name: 'a rural couple under the standard is granted aid, through visit, seven days in public and confirmation',
    run: async (world) => {
      const { reviewId } = await submit(world, 100);
      await assess(world, reviewId);
      const { notice } = await readReview(world, reviewId);
      ok(notice !== null, 'no notice was published');
      const published = await call(world, { path: `/notices?county=${county}` });
      const ids = NoticeList.parse(published.body).notices.map(({ noticeId }) => noticeId);
      deepStrictEqual(ids, [notice.noticeId]);
      await world.advanceTo(`${notice.endsOn}T20:00:00Z`);
      const determination = await confirm(world, reviewId);
      strictEqual(determination.outcome, 'granted');
      ok(determination.monthlyAmount > 0);
      const trace = await call(world, { as: approver, path: `/determinations/${determination.determinationId}/trace` });
      strictEqual(trace.status, 200, trace.text);
    },
  },
  {
    name: 'an objection during the notice leads to a new assessment',
    run: async (world) => {
      const { reviewId } = await submit(world, 200);
      await assess(world, reviewId);
      const { notice, round } = await readReview(world, reviewId);
      const path = `/notices/${notice?.noticeId}/objections`;
      const body = { grounds: 'They let a shop on the main street and do not say so.' };
      strictEqual((await call(world, { method: 'POST', path, body })).status, 201);
      await world.settle();
      await assess(world, reviewId);
      strictEqual((await readReview(world, reviewId)).round, round + 1);
    },
  },
  {
    name: 'a deadline that nobody keeps is reminded of and escalated, by the schedule',
    run: async (world) => {
      const { reviewId } = await submit(world, 300);
      const before = await openTask(world, townshipWorker, reviewId, 'field-assessment');
      strictEqual(before.escalatedAt, null);
      await world.advanceTo(new Date(Date.parse(before.dueOn) + 2 * day).toISOString());
      const after = await openTask(world, approver, reviewId, 'field-assessment');
      ok(after.escalatedAt !== null, 'the overdue task was not escalated');
    },
  },
  {
    name: 'an application that is withdrawn ends its review',
    run: async (world) => {
      const { ABORTED: before = 0 } = await world.state.executions();
      const { applicationId } = await submit(world, 500);
      const record = `/applications/${applicationId}`;
      const answer = await change(world, townshipWorker, record, 'withdrawal', { reason: 'moved-away' });
      ok(answer.status < 300, answer.text);
      await world.settle();
      const { ABORTED: after = 0 } = await world.state.executions();
      strictEqual(after, before + 1);
    },
  },
  {
    name: 'one key is one application, however often it is sent; another body under it is refused',
    run: async (world) => {
      const body = coupleUnderTheStandard(world, 400);
      const headers = { 'idempotency-key': 'deployed-test-once-only' };
      const send = (what: unknown) =>
        call(world, { as: townshipWorker, method: 'POST', path: '/applications', headers, body: what });
      const first = await send(body);
      strictEqual(first.status, 201, first.text);
      deepStrictEqual((await send(body)).body, first.body);
      const other = await send({ ...body, consentToNextTier: false });
      strictEqual(other.status, 422, other.text);
      match(Problem.parse(other.body).type, /idempotency-key-reused/u);
      await world.settle();
    },
  },
  {
    name: 'a version of the policy is drafted, simulated over the roster and activated, and decides the households of its list anew',
    run: (world) => changePolicy(world, county, dateAfter(world, 0)),
  },
  {
    name: 'no execution failed, no function logged an error, and no role forbade its function anything',
    run: async (world) => {
      const { FAILED = 0, TIMED_OUT: timedOut = 0 } = await world.state.executions();
      deepStrictEqual({ FAILED, timedOut }, { FAILED: 0, timedOut: 0 });
      deepStrictEqual(await world.functionErrors(), []);
    },
  },
  {
    // Last, since the function logs what it refuses.
    name: 'a state that waits for a token fails with its function, under the name of the error',
    run: async (world) => strictEqual(await world.state.failureOfAwaited(), 'Named'),
  },
];
