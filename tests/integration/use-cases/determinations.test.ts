import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TaskResult } from '../../../contracts/api/tasks.ts';
import { householdSeen, seenOn } from '../../../domain/determinations/seen.ts';
import { ReviewCancelled } from '../../../domain/reviews/review-of.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { evaluateTiers } from '../../../functions/evaluate-tiers/evaluate-tiers.ts';
import { recordDetermination } from '../../../functions/record-determination/record-determination.ts';
import { readDetermination, readTrace } from '../../../functions/reviews/read-determination.ts';
import { readReview } from '../../../functions/reviews/read-review.ts';
import { verifyMeans } from '../../../functions/verify-means/verify-means.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import {
  approver,
  countyWorker,
  neighbouringWorker,
  otherApprover,
  otherTownshipWorker,
  townshipWorker,
  wealthyCouple,
} from '../../support/people.ts';
import { bodyOf, type ReviewSteps, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReviewSteps;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());

const determined = async (body?: Parameters<ReviewSteps['submit']>[0]) => {
  const submitted = await steps.submitToConfirmation(body);
  await steps.confirm(submitted.reviewId);
  const { determinationId } = await steps.record(submitted.reviewId);
  return { ...submitted, determinationId };
};

describe('recording a determination', () => {
  test('ends application and review and puts the tiers on the roster, in one command', async () => {
    const { applicationId, reviewId, householdId, determinationId, members } = await determined();
    expect(await roster.store.application(applicationId)).toMatchObject({ state: 'granted', determinationId });
    expect(await roster.store.review(reviewId)).toMatchObject({ state: 'concluded', determinationId });
    expect(await roster.store.household(householdId)).toMatchObject({
      determinationId,
      household: { tier: 'MINIMUM_LIVING_ALLOWANCE', members: members.map(() => ({ tier: 'AS_HOUSEHOLD' })) },
    });
    expect(await roster.store.determination(determinationId)).toMatchObject({
      outcome: 'granted',
      confirmedBy: approver.subject,
      decidedOn: '2026-03-02',
      payableFrom: '2026-04-01',
      workingDaysUsed: 0,
    });
  });

  test('twice, after a lost reply, is one determination', async () => {
    const { reviewId, determinationId } = await determined();
    const before = await roster.everything();
    expect(await steps.record(reviewId)).toEqual({ determinationId });
    expect(await roster.everything()).toEqual(before);
  });

  test('by another run of the step, between reading the review and the household, is no change of facts', async () => {
    const { reviewId } = await steps.submitToConfirmation();
    await steps.confirm(reviewId);
    const { store } = roster.dependencies;
    let recorded: Awaited<ReturnType<typeof steps.record>> | undefined;
    const between = {
      ...store,
      review: async (id: typeof reviewId) => {
        const read = await store.review(id);
        recorded ??= await steps.record(id);
        return read;
      },
    };
    const answer = await recordDetermination({ ...roster.dependencies, store: between }, reviewId);
    expect(answer).toEqual(recorded);
  });

  test('that refuses says why and leaves the household without a tier', async () => {
    const { determinationId, householdId, applicationId } = await determined(wealthyCouple());
    expect(await roster.store.application(applicationId)).toMatchObject({ state: 'refused' });
    expect(await roster.store.household(householdId)).toMatchObject({ household: { tier: 'NONE' } });
    const view = bodyOf(await readDetermination(roster.dependencies, approver, determinationId, 'en'));
    expect(view).toMatchObject({ outcome: 'refused', tier: 'NONE', entitlements: [], monthlyAmount: 0 });
    expect(view.reasons.length).toBeGreaterThan(0);
    expect(view.appeal).toMatch(/administrative review/u);
  });

  test('is refused when the facts are no longer those that were confirmed', async () => {
    const { reviewId, householdId } = await steps.submitToConfirmation();
    await steps.confirm(reviewId);
    const stored = await roster.store.household(householdId);
    if (stored === undefined) throw new Error('the household is gone');
    const [fact] = stored.household.facts.filter(({ kind }) => kind === 'asset.vehicles');
    if (fact === undefined) throw new Error('no fact about vehicles');
    const { newEvent } = await import('../../../domain/events/new-event.ts');
    const review = await steps.reviewNow(reviewId);
    const facts = [...stored.household.facts, { ...fact, value: 3 as never, dataset: 'vehicles' as const }];
    await roster.store.commit({
      aggregates: [
        {
          kind: 'household',
          value: { ...stored, version: stored.version + 1, household: { ...stored.household, facts } },
        },
      ],
      event: newEvent('TiersEvaluated', roster.at(), roster.dependencies.newId, review),
      actor: { role: 'workflow', subject: 'a test' },
      division: review.division,
    });
    const before = await roster.everything();
    await expect(recordDetermination(roster.dependencies, reviewId)).rejects.toMatchObject({ name: 'OpinionOutdated' });
    expect(await roster.everything()).toEqual(before);
  });

  test('needs a confirmation', async () => {
    const { reviewId } = await steps.submitToConfirmation();
    await expect(steps.record(reviewId)).rejects.toThrow(/has not been confirmed/u);
  });

  test('loses against a withdrawal of the same moment, or the withdrawal loses against it', async () => {
    const { reviewId, applicationId } = await steps.submitToConfirmation();
    await steps.confirm(reviewId);
    const [recorded, withdrawn] = await Promise.allSettled([
      steps.record(reviewId),
      withdrawApplication(roster.dependencies, townshipWorker, applicationId, null),
    ]);
    const isWithdrawn = withdrawn.status === 'fulfilled' && withdrawn.value.ok;
    expect([recorded.status === 'fulfilled', isWithdrawn].filter(Boolean)).toHaveLength(1);
    const application = await roster.store.application(applicationId);
    const review = await roster.store.review(reviewId);
    expect([application?.state, review?.state]).toEqual(
      isWithdrawn ? ['withdrawn', 'cancelled'] : ['granted', 'concluded'],
    );
  });
});

describe('explaining a determination', () => {
  test('the full trace is made again, the same at any later time, though the household has changed', async () => {
    const { determinationId, householdId } = await determined();
    const first = bodyOf(await readTrace(roster.dependencies, approver, determinationId));
    expect(first.tests.length).toBeGreaterThan(5);
    expect(first.householdTier).toBe('MINIMUM_LIVING_ALLOWANCE');
    roster.pass({ days: 400 });
    expect(await roster.store.household(householdId)).toMatchObject({ version: 2 });
    const later = bodyOf(await readTrace(roster.dependencies, approver, determinationId));
    expect(JSON.stringify(later)).toBe(JSON.stringify(first));
    roster.pass({ days: -400 });
  });

  test('the reasons come in the language that was asked for, with the way to appeal', async () => {
    const { determinationId } = await determined();
    const [zh, en] = [
      bodyOf(await readDetermination(roster.dependencies, approver, determinationId, 'zh')),
      bodyOf(await readDetermination(roster.dependencies, approver, determinationId, 'en')),
    ];
    expect(zh.reasons.join('')).toMatch(/\p{Script=Han}/u);
    expect(en.reasons.join('')).not.toMatch(/\p{Script=Han}/u);
    expect(zh.appeal).not.toBe(en.appeal);
    expect(zh.monthlyAmount).toBe(en.monthlyAmount);
  });

  test('every item of the catalogue is told, with what it opens, by whom, and why not', async () => {
    const { determinationId } = await determined();
    const [zh, en] = [
      bodyOf(await readDetermination(roster.dependencies, approver, determinationId, 'zh')),
      bodyOf(await readDetermination(roster.dependencies, approver, determinationId, 'en')),
    ];
    expect(new Set(en.items.map(({ code }) => code)).size).toBeGreaterThanOrEqual(34);
    expect(en.items[0]).toMatchObject({
      code: 'minimum-living-allowance',
      name: 'minimum living allowance',
      leadDepartment: { code: 'civil-affairs', name: 'Civil Affairs' },
      result: 'opens',
      amount: en.monthlyAmount,
      amountIs: 'exact',
      reason: 'The conditions are met.',
    });
    expect(zh.items.map(({ code, result }) => [code, result])).toEqual(
      en.items.map(({ code, result }) => [code, result]),
    );
    for (const { name, reason } of zh.items) expect(`${name}${reason}`).toMatch(/\p{Script=Han}/u);
    for (const { name, reason } of en.items) expect(`${name}${reason}`).not.toMatch(/\p{Script=Han}|undefined|per_/u);
  });

  test('a refused household is opened nothing but what is for anyone', async () => {
    const { determinationId } = await determined(wealthyCouple());
    const { items } = bodyOf(await readDetermination(roster.dependencies, approver, determinationId, 'en'));
    expect(items.find(({ code }) => code === 'other.heating')).toMatchObject({
      result: 'not-open',
      reason: 'Not meant for: no tier of assistance.',
    });
    expect(items.filter(({ result }) => result === 'opens')).toEqual([]);
  });

  test('a trace that is not the one that was decided on is not shown', async () => {
    const { determinationId } = await determined();
    const stored = await roster.store.determination(determinationId);
    if (stored === undefined) throw new Error('no determination');
    const forged = { ...roster.store, determination: async () => ({ ...stored, evaluatedOn: '2026-03-01' as never }) };
    await expect(readTrace({ ...roster.dependencies, store: forged }, approver, determinationId)).rejects.toThrow(
      /not the one it was decided on/u,
    );
    const household = householdSeen(stored);
    const without = { ...household, facts: household.facts.slice(1) };
    const seen = seenOn(without, shanxiPack, stored.evaluatedOn);
    const otherFacts = { ...roster.store, determination: async () => ({ ...stored, seen }) };
    await expect(readTrace({ ...roster.dependencies, store: otherFacts }, approver, determinationId)).rejects.toThrow(
      /not the one it was decided on/u,
    );
    const otherPolicy = { ...roster.store, determination: async () => ({ ...stored, policyVersion: 'another' }) };
    await expect(
      readDetermination({ ...roster.dependencies, store: otherPolicy }, approver, determinationId, 'en'),
    ).rejects.toThrow(/rests on policy another/u);
  });

  test('determination, trace and review are for the division only', async () => {
    const { determinationId, reviewId } = await determined();
    const { dependencies } = roster;
    const notFound = { ok: false, problem: 'not-found' };
    for (const stranger of [otherApprover, otherTownshipWorker, neighbouringWorker]) {
      expect(await readDetermination(dependencies, stranger, determinationId, 'en')).toEqual(notFound);
      expect(await readTrace(dependencies, stranger, determinationId)).toEqual(notFound);
      expect(await readReview(dependencies, stranger, reviewId)).toEqual(notFound);
    }
    expect(await readReview(dependencies, townshipWorker, reviewId)).toMatchObject({ ok: true });
  });
});

describe('a review under way', () => {
  test('says where it waits, until when the law lets it, and not what the evaluation was made of', async () => {
    const { reviewId } = await steps.submitToVisit();
    const view = bodyOf(await readReview(roster.dependencies, countyWorker, reviewId));
    expect(view).toMatchObject({
      state: 'assessing',
      round: 1,
      // Thirty working days after 2 March 2026, over the holiday of Qingming.
      dueOn: '2026-04-14',
      tasks: [{ kind: 'field-assessment', state: 'open' }],
      notice: null,
    });
    expect(JSON.stringify(view)).not.toContain('evaluationHash');
  });

  test('a step repeated after a lost reply answers as before and writes nothing', async () => {
    const { reviewId } = await steps.submitToVisit();
    const before = await roster.everything();
    expect(await evaluateTiers(roster.dependencies, reviewId, 'first-opinion')).toEqual({ next: 'publish' });
    expect(await roster.everything()).toEqual(before);
    await steps.visit(reviewId);
    const after = await roster.everything();
    expect(await evaluateTiers(roster.dependencies, reviewId, 'preliminary-review')).toEqual({ next: 'publish' });
    expect(await roster.everything()).toEqual(after);
  });

  test('a preliminary review without a finished visit is refused', async () => {
    const { reviewId } = await steps.submitToVisit();
    await expect(evaluateTiers(roster.dependencies, reviewId, 'preliminary-review')).rejects.toThrow(
      /no finished assessment/u,
    );
  });

  test('of a household that withdrew is not gone on with, and not tried again', async () => {
    const { applicationId, reviewId } = await steps.submitToVisit();
    bodyOf(await withdrawApplication(roster.dependencies, townshipWorker, applicationId, null));
    const before = await roster.everything();
    await expect(verifyMeans(roster.dependencies, reviewId)).rejects.toBeInstanceOf(ReviewCancelled);
    await expect(steps.open(reviewId, 'county-confirmation')).rejects.toBeInstanceOf(ReviewCancelled);
    await expect(steps.publish(reviewId)).rejects.toBeInstanceOf(ReviewCancelled);
    expect(await roster.everything()).toEqual(before);
  });

  test('a step that was under way while the household withdrew is made to read again', async () => {
    const { applicationId, reviewId } = await steps.submitToVisit();
    const { taskId } = await steps.taskNow(reviewId, 'field-assessment');
    bodyOf(await steps.complete(taskId, steps.visitResult(), townshipWorker));
    let withdrawn = false;
    const store = {
      ...roster.store,
      commit: async (change: Parameters<typeof roster.store.commit>[0]) => {
        if (!withdrawn) {
          withdrawn = true;
          bodyOf(await withdrawApplication(roster.dependencies, townshipWorker, applicationId, null));
        }
        return roster.store.commit(change);
      },
    };
    const step = evaluateTiers({ ...roster.dependencies, store }, reviewId, 'preliminary-review');
    await expect(step).rejects.toMatchObject({ name: 'RetryableError' });
    expect(await roster.store.review(reviewId)).toMatchObject({ state: 'cancelled' });
  });

  test('means are not checked without the consent of every adult', async () => {
    const { reviewId } = await steps.submit();
    roster.setTime('2027-03-01T01:00:00.000Z');
    await expect(verifyMeans(roster.dependencies, reviewId)).rejects.toMatchObject({ name: 'ConsentMissing' });
    roster.setTime('2026-03-02T01:00:00.000Z');
    expect(await verifyMeans(roster.dependencies, reviewId)).toMatchObject({ discrepancies: 0 });
  });

  test('what the visit finds decides, not what was declared', async () => {
    const { reviewId, members } = await steps.submitToVisit();
    const findings = members.map(({ personId }) => ({ kind: 'income.transfer', personId, value: 9_000_000 }));
    expect(await steps.visit(reviewId, findings)).toBe('confirm');
    expect(TaskResult.parse(steps.decision('confirm'))).toMatchObject({ decision: 'confirm' });
    expect(await steps.reviewNow(reviewId)).toMatchObject({ opinion: { tier: 'NONE', monthlyAmount: 0 } });
  });
});
