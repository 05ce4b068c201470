import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { TaskResult } from '../../../contracts/api/tasks.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { changeDeterminationIdOf, changeTaskIdOf } from '../../../domain/policy-versions/run-ids.ts';
import { readDetermination, readTrace } from '../../../functions/reviews/read-determination.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { approver, countyWorker, couple, townshipWorker } from '../../support/people.ts';
import { policyDependencies, policySteps, secondProvincial, standardDraft } from '../../support/policies.ts';
import { type PolicyRoster, startPolicyRoster } from '../../support/policy-roster.ts';
import { bodyOf } from '../../support/reviews.ts';
import { type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let reviews: PolicyRoster['reviews'];
let steps: PolicyRoster['steps'];
let determined: PolicyRoster['determined'];
let determinations: PolicyRoster['determinations'];
const opened: TestRoster[] = [];
beforeEach(async () => {
  ({ roster, reviews, steps, determined, determinations } = await startPolicyRoster());
  opened.push(roster);
});
afterAll(async () => {
  for (const each of opened) await each.stop();
});

const today = '2026-03-02';
const seen = async (determinationId: string) => {
  const found = await roster.store.determination(determinationId as never);
  if (found === undefined) throw new Error(`${determinationId} is not there`);
  return found;
};

describe('an activation', () => {
  test('decides exactly the households of the list anew, and leaves all others as they are', async () => {
    const listed = [await determined(), await determined(couple({ transfer: 240_000 }))];
    const urban = await determined({ ...couple(), settlement: 'urban' });
    const other = await roster.store.household(urban.householdId);
    const simulation = await steps.simulated(standardDraft());
    const changes = await steps.changes('shanxi-2026.2', simulation.simulationId);
    expect(new Set(changes.map(({ householdId }) => householdId))).toEqual(
      new Set(listed.map(({ householdId }) => householdId)),
    );
    const activation = await steps.activated('shanxi-2026.2', simulation.result?.hash ?? '', today);
    expect(activation).toMatchObject({
      status: 'done',
      refusal: null,
      redecided: { inForce: 2, awaitingCheck: 0, awaitingApplication: 0, cannotDecide: 0 },
    });
    expect(activation.result?.hash).toBe(simulation.result?.hash);
    expect(await determinations()).toHaveLength(5);
    for (const { householdId, determinationId } of listed) {
      const household = await roster.store.household(householdId);
      const decided = await seen(household?.determinationId ?? '');
      const line = changes.find((change) => change.householdId === householdId);
      expect(decided).toMatchObject({
        policyVersion: 'shanxi-2026.2',
        change: {
          cause: { kind: 'policy-version', runId: activation.activationId },
          state: 'in-force',
        },
        previous: determinationId,
        confirmedBy: secondProvincial.subject,
        evaluatedOn: today,
        payableFrom: '2026-04-01',
        entitlements: [{ item: 'minimum-living-allowance', amount: line?.amountAfter }],
      });
      expect(line?.amountBefore).toBe((await seen(determinationId)).entitlements[0]?.amount);
    }
    expect(await roster.store.household(urban.householdId)).toEqual(other);
  });

  test('whose steps are repeated, all of them, changes nothing more', async () => {
    await determined();
    const { result } = await steps.simulated(standardDraft());
    const activation = await steps.activated('shanxi-2026.2', result?.hash ?? '', today);
    const before = await roster.everything();
    await steps.run(activation.activationId);
    expect(await steps.conclude(activation.activationId)).toEqual({ next: 'end' });
    await steps.redecide(
      activation.activationId,
      [0, 1, 2, 3].map((segment) => ({ runId: activation.activationId, segment })),
    );
    expect(await roster.everything()).toEqual(before);
  });

  test('that dies half-way goes on, and decides nobody twice', async () => {
    const couples = [await determined(), await determined(), await determined(), await determined()];
    const { result } = await steps.simulated(standardDraft());
    const { activationId } = bodyOf(
      await steps.activate('shanxi-2026.2', { simulationHash: result?.hash ?? '', activeFrom: today }),
    );
    const dependencies = policyDependencies(roster);
    let commits = 0;
    const dying = policySteps({
      ...dependencies,
      store: {
        ...dependencies.store,
        commit: async (change) => {
          if (change.event.type === 'PolicyChangeDecided') commits += 1;
          if (commits === 2) throw new Error('the process was killed');
          return dependencies.store.commit(change);
        },
      },
    });
    await expect(dying.run(activationId)).rejects.toThrow(/killed/u);
    expect(await steps.activation('shanxi-2026.2', activationId)).toMatchObject({ status: 're-deciding' });
    await steps.run(activationId);
    expect(await steps.activation('shanxi-2026.2', activationId)).toMatchObject({
      status: 'done',
      redecided: { inForce: couples.length },
    });
    expect(await determinations()).toHaveLength(2 * couples.length);
    for (const { householdId } of couples) {
      expect(await roster.store.household(householdId)).toMatchObject({ version: 3 });
    }
  });

  test('is seen by another process within seconds, and not on a day before its first', async () => {
    const other = policyDependencies(roster).policies;
    expect((await other.inForce()).version).toBe(shanxiPack.version);
    const { result } = await steps.simulated(standardDraft());
    const activation = await steps.activated('shanxi-2026.2', result?.hash ?? '', today);
    expect(activation.status).toBe('done');
    expect((await other.inForce()).version).toBe(shanxiPack.version);
    roster.setTime('2026-03-02T01:00:05.000Z');
    expect((await other.inForce()).version).toBe('shanxi-2026.2');
    roster.setTime('2026-03-01T01:00:00.000Z');
    expect((await other.inForce()).version).toBe(shanxiPack.version);
  });

  test('repeated under the same key is one activation', async () => {
    const { result } = await steps.simulated(standardDraft());
    const body = { simulationHash: result?.hash ?? '', activeFrom: today };
    const first = bodyOf(await steps.activate('shanxi-2026.2', body, secondProvincial, 'a-key-to-activate'));
    await steps.run(first.activationId);
    const again = await writesNothing(roster, () =>
      steps.activate('shanxi-2026.2', body, secondProvincial, 'a-key-to-activate'),
    );
    expect(again).toMatchObject({
      ok: true,
      replayed: true,
      body: { activationId: first.activationId, status: 'done' },
    });
    const other = { ...body, activeFrom: '2026-03-03' };
    expect(await steps.activate('shanxi-2026.2', other, secondProvincial, 'a-key-to-activate')).toMatchObject({
      problem: 'idempotency-key-reused',
    });
  });

  test('of two that were asked for at once puts one version in force', async () => {
    const one = await steps.simulated(standardDraft());
    const two = await steps.simulated(standardDraft({ version: 'shanxi-2026.3', rural: 70_000 }));
    const ask = async (version: string, hash: string | undefined) =>
      bodyOf(await steps.activate(version, { simulationHash: hash ?? '', activeFrom: today })).activationId;
    const runs = [await ask('shanxi-2026.2', one.result?.hash), await ask('shanxi-2026.3', two.result?.hash)] as const;
    for (const runId of runs) await steps.count(runId);
    expect(await steps.conclude(runs[0])).toEqual({ next: 're-decide' });
    expect(await steps.conclude(runs[1])).toEqual({ next: 'end' });
    expect(await steps.activation('shanxi-2026.3', runs[1])).toMatchObject({
      status: 'refused',
      refusal: { code: 'base-moved' },
    });
    expect(await roster.store.policyInForce()).toMatchObject({ history: [{ policyVersion: 'shanxi-2026.2' }] });
  });
});

describe('what a new version would take from a household', () => {
  /** The standard falls so far that the couple is no longer below it, but within one and a half times it. */
  const lowered = async () => {
    const decided = await determined();
    const { result } = await steps.simulated(standardDraft({ rural: 4_000 }));
    expect(result?.changes).toMatchObject({ tier: 1, reduced: 1 });
    const activation = await steps.activated('shanxi-2026.2', result?.hash ?? '', today);
    expect(activation.redecided).toMatchObject({ inForce: 0, awaitingCheck: 1 });
    roster.pass({ minutes: 1 });
    const proposal = changeDeterminationIdOf(roster.dependencies.digest, activation.activationId, decided.householdId);
    return { decided, proposal, taskId: changeTaskIdOf(roster.dependencies.digest, proposal) };
  };
  const check = (decision: 'confirm' | 'keep') => TaskResult.parse({ kind: 'policy-change-check', decision });

  test('is not taken: the county has a task, and what stood stands', async () => {
    const { decided, proposal, taskId } = await lowered();
    expect(await roster.store.household(decided.householdId)).toMatchObject({
      determinationId: decided.determinationId,
      household: { tier: 'MINIMUM_LIVING_ALLOWANCE' },
    });
    expect(await seen(proposal)).toMatchObject({ tier: 'MARGINAL', change: { state: 'awaiting-check' } });
    const task = bodyOf(await readTask(roster.dependencies, countyWorker, taskId));
    expect(task).toMatchObject({ kind: 'policy-change-check', performers: ['approver'], state: 'open' });
    const { items } = await roster.store.openTasks(
      DivisionCode.parse('140121'),
      DivisionCode.parse('140121'),
      10,
      null,
    );
    expect(items.map((each) => each.taskId)).toContain(taskId);
  });

  test('is taken when the county has confirmed it, and not before', async () => {
    const { decided, proposal, taskId } = await lowered();
    expect(await reviews.complete(taskId, check('confirm'), townshipWorker)).toMatchObject({ problem: 'forbidden' });
    expect(await reviews.complete(taskId, check('confirm'), approver)).toMatchObject({ ok: true });
    expect(await roster.store.household(decided.householdId)).toMatchObject({
      determinationId: proposal,
      household: { tier: 'MARGINAL' },
    });
    expect(await seen(proposal)).toMatchObject({
      confirmedBy: approver.subject,
      previous: decided.determinationId,
      change: { state: 'in-force' },
    });
    expect((await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('OUTBOX#'))).not.toContainEqual(
      expect.objectContaining({ type: 'TaskCompleted', taskId }),
    );
  });

  test('stays with the household when the county keeps what stood', async () => {
    const { decided, proposal, taskId } = await lowered();
    expect(await reviews.complete(taskId, check('keep'), approver)).toMatchObject({ ok: true });
    expect(await roster.store.household(decided.householdId)).toMatchObject({
      determinationId: decided.determinationId,
      household: { tier: 'MINIMUM_LIVING_ALLOWANCE' },
    });
    expect(await seen(proposal)).toMatchObject({ change: { state: 'kept' } });
  });

  test('can no longer be confirmed once a newer version is in force, but be kept', async () => {
    const { taskId } = await lowered();
    const next = standardDraft({
      version: 'shanxi-2026.3',
      basedOn: 'shanxi-2026.2',
      rural: 60_000,
      validFrom: '2026-03-03',
    });
    const { result } = await steps.simulated(next);
    roster.pass({ days: 1 });
    await steps.activated('shanxi-2026.3', result?.hash ?? '', '2026-03-03');
    roster.pass({ minutes: 1 });
    expect(await writesNothing(roster, () => reviews.complete(taskId, check('confirm'), approver))).toMatchObject({
      problem: 'policy-change-overtaken',
    });
    expect(await reviews.complete(taskId, check('keep'), approver)).toMatchObject({ ok: true });
  });
});

describe('what was decided before', () => {
  test('replays by the version it was decided by, also after another has come into force', async () => {
    const { determinationId, householdId } = await determined();
    const first = bodyOf(await readTrace(roster.dependencies, approver, determinationId as never));
    const { result } = await steps.simulated(standardDraft());
    await steps.activated('shanxi-2026.2', result?.hash ?? '', today);
    roster.pass({ minutes: 1 });
    const later = bodyOf(await readTrace(roster.dependencies, approver, determinationId as never));
    expect(JSON.stringify(later)).toBe(JSON.stringify(first));
    const household = await roster.store.household(householdId);
    const view = bodyOf(
      await readDetermination(roster.dependencies, approver, household?.determinationId ?? ('' as never), 'en'),
    );
    expect(view).toMatchObject({
      origin: 'policy-change',
      policyVersion: 'shanxi-2026.2',
      change: { previous: determinationId, state: 'in-force' },
    });
    expect(
      bodyOf(await readDetermination(roster.dependencies, approver, determinationId as never, 'en')),
    ).toMatchObject({
      origin: 'review',
      policyVersion: shanxiPack.version,
      change: null,
    });
  });

  test('an opinion that was confirmed under one version is recorded by it, though another is in force', async () => {
    const { reviewId } = await reviews.submitToConfirmation();
    await reviews.confirm(reviewId);
    const { result } = await steps.simulated(standardDraft());
    await steps.activated('shanxi-2026.2', result?.hash ?? '', today);
    roster.pass({ minutes: 1 });
    const opinion = (await reviews.reviewNow(reviewId)).opinion;
    // The activation has written to the household of the review: it is on the list, without a decision that could be changed.
    const { determinationId } = await reviews.record(reviewId);
    expect(await seen(determinationId)).toMatchObject({
      policyVersion: shanxiPack.version,
      entitlements: [{ amount: opinion?.monthlyAmount }],
    });
    const later = await determined();
    expect(await seen(later.determinationId)).toMatchObject({ policyVersion: 'shanxi-2026.2' });
  });
});
