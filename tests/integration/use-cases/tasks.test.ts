import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TaskResult } from '../../../contracts/api/tasks.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { TaskId } from '../../../domain/ids.ts';
import { extendTask } from '../../../functions/tasks/extend-task.ts';
import { listTasks } from '../../../functions/tasks/list-tasks.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import {
  approver,
  auditor,
  countyWorker,
  couple,
  investigatingApprover,
  investigators,
  neighbouringWorker,
  otherApprover,
  otherCountyWorker,
  otherTownship,
  otherTownshipWorker,
  township,
  townshipWorker,
} from '../../support/people.ts';
import { bodyOf, type ReviewSteps, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReviewSteps;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());

const visitOf = async () => {
  const submitted = await steps.submitToVisit();
  return { ...submitted, task: await steps.taskNow(submitted.reviewId, 'field-assessment') };
};
const confirmationOf = async () => {
  const submitted = await steps.submitToConfirmation();
  return { ...submitted, task: await steps.taskNow(submitted.reviewId, 'county-confirmation') };
};
const panelAnswer = TaskResult.parse({ kind: 'case-panel', findings: [], note: 'The panel has looked at it.' });

describe('finishing a task', () => {
  test('stores what was found with it, as facts of the visit', async () => {
    const { reviewId, task, members, householdId } = await visitOf();
    const findings = [
      { kind: 'income.wages', personId: members[0]?.personId, value: 120_000 },
      { kind: 'asset.vehicles', value: 1 },
    ];
    const done = bodyOf(await steps.complete(task.taskId, steps.visitResult(findings), townshipWorker));
    expect(done).toMatchObject({ state: 'completed', completed: { outcome: 'assessed' } });
    const { household } = (await roster.store.household(householdId)) ?? {};
    const found = household?.facts.filter(({ dataset }) => dataset === 'field-assessment');
    expect(found?.map(({ kind, value, asOf }) => [kind, value, asOf])).toEqual([
      ['income.wages', 120_000, '2026-03-02'],
      ['asset.vehicles', 1, '2026-03-02'],
    ]);
    expect(await steps.taskNow(reviewId, 'field-assessment')).toMatchObject({
      completion: { by: townshipWorker.subject, investigators: [...investigators] },
    });
  });

  test('twice with the same result gets the same answer, with another one is told that it is done', async () => {
    const { task } = await visitOf();
    const first = bodyOf(await steps.complete(task.taskId, steps.visitResult(), townshipWorker));
    const again = await writesNothing(roster, () => steps.complete(task.taskId, steps.visitResult(), townshipWorker));
    expect(again).toMatchObject({ ok: true, replayed: true, body: first });
    const other = steps.visitResult([{ kind: 'asset.vehicles', value: 2 }]);
    expect(await writesNothing(roster, () => steps.complete(task.taskId, other, townshipWorker))).toEqual({
      ok: false,
      problem: 'task-already-completed',
      state: 'completed',
    });
    expect(await steps.complete(task.taskId, steps.visitResult(), countyWorker)).toMatchObject({
      problem: 'task-already-completed',
    });
  });

  test('twenty times at the same moment is done once, and the findings are there once', async () => {
    const { task, householdId } = await visitOf();
    const result = steps.visitResult([{ kind: 'asset.vehicles', value: 1 }]);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => steps.complete(task.taskId, result, townshipWorker)),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(outcomes.filter((outcome) => outcome.ok && outcome.replayed !== true)).toHaveLength(1);
    const { household } = (await roster.store.household(householdId)) ?? {};
    expect(household?.facts.filter(({ kind, value }) => kind === 'asset.vehicles' && value === 1)).toHaveLength(1);
  });

  test('by two people at the same moment is done by one of them', async () => {
    const { task } = await confirmationOf();
    const second: Principal = { ...approver, subject: 'second-approver' };
    const outcomes = await Promise.all([
      steps.complete(task.taskId, steps.decision('confirm'), approver),
      steps.complete(task.taskId, steps.decision('return'), second),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ problem: 'task-already-completed' });
  });

  test('on an older version is refused with the present one', async () => {
    const { task } = await visitOf();
    const outcome = await writesNothing(roster, () =>
      steps.complete(task.taskId, steps.visitResult(), townshipWorker, 7),
    );
    expect(outcome).toEqual({ ok: false, problem: 'version-conflict', version: 1 });
    expect(await steps.complete(task.taskId, steps.visitResult(), townshipWorker, 1)).toMatchObject({ ok: true });
  });

  test('of a withdrawn application is refused with its state', async () => {
    const { task } = await visitOf();
    const cancelled = { ...task, version: 2, state: 'cancelled' as const };
    await roster.store.commit({
      aggregates: [{ kind: 'task', value: cancelled, from: ['open'] }],
      event: { ...anEvent(task), type: 'TaskCancelled' },
      actor: { role: 'workflow', subject: 'a test' },
      division: task.division,
    });
    const outcome = await writesNothing(roster, () => steps.complete(task.taskId, steps.visitResult(), townshipWorker));
    expect(outcome).toEqual({ ok: false, problem: 'lifecycle-conflict', state: 'cancelled' });
  });

  const anEvent = ({ taskId, applicationId, reviewId }: Awaited<ReturnType<typeof visitOf>>['task']) => ({
    eventId: `evt_${taskId.slice(4)}` as never,
    type: 'TaskCancelled' as const,
    at: roster.at(),
    applicationId,
    reviewId,
    taskId,
    noticeId: null,
    policyVersion: null,
    policyRunId: null,
    emergencyAidId: null,
    feedId: null,
    paymentRunId: null,
    determinationId: null,
    referralId: null,
    personId: null,
    householdId: null,
    purpose: null,
    fields: null,
    correlationId: null,
    breakGlass: null,
  });

  test('with a result of another kind is refused', async () => {
    const { task } = await visitOf();
    const outcome = await writesNothing(roster, () => steps.complete(task.taskId, panelAnswer, countyWorker));
    expect(outcome).toMatchObject({
      problem: 'validation-failed',
      errors: [{ field: '/kind', code: 'task.result-kind' }],
    });
  });

  test('is for the roles that do it', async () => {
    const visit = await visitOf();
    expect(await writesNothing(roster, () => steps.complete(visit.task.taskId, steps.visitResult(), approver))).toEqual(
      {
        ok: false,
        problem: 'forbidden',
      },
    );
    const confirmation = await confirmationOf();
    for (const principal of [countyWorker, townshipWorker]) {
      const act = () => steps.complete(confirmation.task.taskId, steps.decision('confirm'), principal);
      expect(await writesNothing(roster, act)).toEqual({ ok: false, problem: 'forbidden' });
    }
  });

  test('names the fault of every finding', async () => {
    const { task, members } = await visitOf();
    const personId = members[0]?.personId;
    const findings = [
      { kind: 'asset.vehicles', personId, value: 1 },
      { kind: 'income.wages', value: 1 },
      { kind: 'income.wages', personId: `per_${'0'.repeat(32)}`, value: 1 },
      { kind: 'income.wages', personId, value: true },
      { kind: 'asset.vehicles', value: 5_000 },
    ];
    const outcome = await writesNothing(roster, () =>
      steps.complete(task.taskId, steps.visitResult(findings), townshipWorker),
    );
    expect(outcome).toMatchObject({
      problem: 'validation-failed',
      errors: [
        { field: '/findings/0/personId', code: 'fact.subject' },
        { field: '/findings/1/personId', code: 'fact.subject' },
        { field: '/findings/2/personId', code: 'member.unknown-reference' },
        { field: '/findings/3/value', code: 'fact.value' },
        { field: '/findings/4/value', code: 'fact.value' },
      ],
    });
  });

  test('needs a visit that has been, by investigators of whom the caller is one', async () => {
    const { task } = await visitOf();
    const tomorrow = TaskResult.parse({ ...steps.visitResult(), visitedOn: '2026-12-01' });
    expect(await writesNothing(roster, () => steps.complete(task.taskId, tomorrow, townshipWorker))).toMatchObject({
      errors: [{ field: '/visitedOn', code: 'date.future' }],
    });
    expect(
      await writesNothing(roster, () => steps.complete(task.taskId, steps.visitResult(), countyWorker)),
    ).toMatchObject({
      errors: [{ field: '/investigators', code: 'assessor.caller-absent' }],
    });
  });
});

describe('four eyes', () => {
  test('whoever handed in the visit, or took part in it, may not confirm, in whatever role', async () => {
    const { task } = await confirmationOf();
    const handedIn: Principal = { ...approver, subject: townshipWorker.subject };
    for (const principal of [handedIn, investigatingApprover]) {
      const act = () => steps.complete(task.taskId, steps.decision('confirm'), principal);
      expect(await writesNothing(roster, act)).toEqual({ ok: false, problem: 'four-eyes' });
    }
    expect(await steps.complete(task.taskId, steps.decision('confirm'), approver)).toMatchObject({ ok: true });
  });

  test('nor may they return it, for that decides as well', async () => {
    const { task } = await confirmationOf();
    const act = () => steps.complete(task.taskId, steps.decision('return'), investigatingApprover);
    expect(await writesNothing(roster, act)).toEqual({ ok: false, problem: 'four-eyes' });
  });

  test('who assessed in an earlier round may not confirm in a later one', async () => {
    const { task, reviewId } = await confirmationOf();
    bodyOf(await steps.complete(task.taskId, steps.decision('return'), approver));
    const second = await steps.open(reviewId, 'field-assessment');
    const others = TaskResult.parse({ ...steps.visitResult(), investigators: [countyWorker.subject, 'chen-visitor'] });
    bodyOf(await steps.complete(second.taskId, others, countyWorker));
    const { evaluateTiers } = await import('../../../functions/evaluate-tiers/evaluate-tiers.ts');
    await evaluateTiers(roster.dependencies, reviewId, 'preliminary-review');
    const confirmation = await steps.open(reviewId, 'county-confirmation');
    expect(confirmation.taskId).not.toBe(task.taskId);
    for (const subject of [...investigators, countyWorker.subject, 'chen-visitor']) {
      const outcome = await steps.complete(confirmation.taskId, steps.decision('confirm'), { ...approver, subject });
      expect(outcome).toEqual({ ok: false, problem: 'four-eyes' });
    }
    expect(await steps.complete(confirmation.taskId, steps.decision('confirm'), approver)).toMatchObject({ ok: true });
  });
});

describe('the scope of a division', () => {
  const absent = `tsk_${'0'.repeat(32)}` as TaskId;
  const notFound = { ok: false, problem: 'not-found' };

  test('another division cannot tell a task of this one from none, to read, finish or extend', async () => {
    const { task } = await visitOf();
    const { dependencies } = roster;
    expect(await readTask(dependencies, townshipWorker, absent)).toEqual(notFound);
    for (const stranger of [otherTownshipWorker, neighbouringWorker, otherCountyWorker, otherApprover]) {
      expect(await readTask(dependencies, stranger, task.taskId)).toEqual(notFound);
      const act = () => steps.complete(task.taskId, steps.visitResult(), stranger);
      expect(await writesNothing(roster, act)).toEqual(notFound);
      expect(await extendTask(dependencies, stranger, task.taskId, 'hard-to-check', 1)).toEqual(notFound);
    }
    for (const own of [townshipWorker, countyWorker, auditor]) {
      expect(await readTask(dependencies, own, task.taskId)).toMatchObject({ ok: true });
    }
  });

  test('a confirmation by the approver of another county finds nothing', async () => {
    const { task } = await confirmationOf();
    const act = () => steps.complete(task.taskId, steps.decision('confirm'), otherApprover);
    expect(await writesNothing(roster, act)).toEqual(notFound);
  });

  test('a work list holds what is in the scope of the caller, and asks for no other county', async () => {
    const { task } = await visitOf();
    const list = async (principal: Principal, county?: string) =>
      listTasks(roster.dependencies, principal, { county: county as never, limit: 100, after: null });
    const idsOf = async (principal: Principal, county?: string) =>
      bodyOf(await list(principal, county)).tasks.map(({ taskId }) => taskId);
    expect(await idsOf(townshipWorker)).toContain(task.taskId);
    expect(await idsOf(countyWorker)).toContain(task.taskId);
    expect(await idsOf(auditor, '140121')).toContain(task.taskId);
    expect(await idsOf(neighbouringWorker)).not.toContain(task.taskId);
    expect(await idsOf(otherCountyWorker)).not.toContain(task.taskId);
    expect(await list(otherCountyWorker, '140121')).toMatchObject({ problem: 'forbidden' });
    expect(await list(otherTownshipWorker, '140121')).toMatchObject({ problem: 'forbidden' });
    expect(await list(auditor)).toMatchObject({ errors: [{ in: 'query', field: '/county', code: 'required' }] });
  });

  test('a household that lives elsewhere is handled where the caller took it in', async () => {
    const body = { ...couple(), registeredDivision: otherTownship as never, residenceDivision: township as never };
    const { reviewId } = await steps.submitToVisit(body);
    expect(await steps.taskNow(reviewId, 'field-assessment')).toMatchObject({ division: township });
  });
});

describe('reading a task', () => {
  test('shows masked names, the first opinion and what differs, and no identity', async () => {
    const { task } = await visitOf();
    const detail = bodyOf(await readTask(roster.dependencies, townshipWorker, task.taskId));
    expect(detail.members.map(({ maskedName }) => maskedName)).toEqual(['张**', '王**']);
    expect(detail.opinion).toMatchObject({ tier: 'MINIMUM_LIVING_ALLOWANCE', next: 'publish' });
    expect(JSON.stringify(detail)).not.toMatch(/张测试|王测试|149901|evaluationHash/u);
  });
});
