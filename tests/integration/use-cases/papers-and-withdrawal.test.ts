import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SubmitApplicationBody, SupplementBody } from '../../../contracts/api/applications.ts';
import { SupplementBody as SupplementBodySchema } from '../../../contracts/api/applications.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { ApplicationId } from '../../../domain/ids.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { supplementApplication } from '../../../functions/applications/supplement-application.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { couple, otherTownshipWorker, townshipWorker } from '../../support/people.ts';
import { bodyOf, type ReviewSteps, reviewSteps, submissionOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReviewSteps;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());

let key = '';
let keys = 0;
beforeEach(() => {
  keys += 1;
  key = `key-of-test-${keys}`;
});

const submit = (body: SubmitApplicationBody, changes: { key?: string; principal?: Principal } = {}) =>
  submitApplication(roster.dependencies, {
    ...submissionOf(roster.dependencies, body, changes.key ?? key),
    principal: changes.principal ?? townshipWorker,
  });

describe('supplementing an application', () => {
  const incomplete = async () => bodyOf(await submit(couple({ papers: 'none', consents: false })));
  const supplement = (
    applicationId: ApplicationId,
    body: unknown,
    ifMatch = 1,
    principal: Principal = townshipWorker,
  ) => {
    const parsed: SupplementBody = SupplementBodySchema.parse(body);
    return supplementApplication(roster.dependencies, principal, applicationId, parsed, ifMatch);
  };
  const undated = (missing: { kind: string; personId: string | null }[]) =>
    missing.filter(({ kind }) => kind !== 'consent');
  const consentsOf = (missing: { kind: string; personId: string | null }[]) =>
    missing
      .filter(({ kind }) => kind === 'consent')
      .map(({ personId }) => ({ personId, givenOn: '2026-03-01', expiresOn: '2027-02-28' }));

  test('with everything accepts it and starts the clocks on the day it was complete', async () => {
    const { applicationId, missingPapers } = await incomplete();
    roster.pass({ days: 1 });
    const body = { papers: undated(missingPapers), consents: consentsOf(missingPapers) };
    const outcome = await supplement(applicationId, body);
    expect(outcome).toMatchObject({
      ok: true,
      version: 2,
      body: { state: 'accepted', acceptedOn: '2026-03-03', missingPapers: [] },
    });
  });

  test('with a part keeps the rest on the list, and finishes the task when the last one comes', async () => {
    const { applicationId, reviewId, missingPapers } = await incomplete();
    await steps.open(reviewId, 'supply-papers');
    const [first, ...rest] = undated(missingPapers);
    const partly = bodyOf(await supplement(applicationId, { papers: [first] }, 2));
    expect(partly).toMatchObject({ state: 'awaiting-papers', acceptedOn: null });
    expect(partly.missingPapers).toHaveLength(missingPapers.length - 1);
    expect(await steps.taskNow(reviewId, 'supply-papers')).toMatchObject({ state: 'open' });

    const last = { papers: rest, consents: consentsOf(missingPapers) };
    expect(bodyOf(await supplement(applicationId, last, 3))).toMatchObject({ state: 'accepted', missingPapers: [] });
    expect(await steps.taskNow(reviewId, 'supply-papers')).toMatchObject({
      state: 'completed',
      completion: { outcome: 'papers-supplied', by: townshipWorker.subject },
    });
  });

  test('papers that came in before they could be asked for leave the task finished as it opens', async () => {
    const { applicationId, reviewId, missingPapers } = await incomplete();
    const body = { papers: undated(missingPapers), consents: consentsOf(missingPapers) };
    bodyOf(await supplement(applicationId, body));
    await steps.open(reviewId, 'supply-papers');
    expect(await steps.taskNow(reviewId, 'supply-papers')).toMatchObject({ state: 'completed' });
  });

  test('a consent without its dates is not taken for a consent', async () => {
    const { applicationId, missingPapers } = await incomplete();
    const outcome = await writesNothing(roster, () => supplement(applicationId, { papers: missingPapers }));
    expect(outcome).toMatchObject({
      ok: false,
      problem: 'validation-failed',
      errors: [
        { field: '/papers/2', code: 'consent.undated' },
        { field: '/papers/5', code: 'consent.undated' },
      ],
    });
  });

  test('on an older version is refused, with the present one', async () => {
    const { applicationId, missingPapers } = await incomplete();
    const [first, second] = undated(missingPapers);
    bodyOf(await supplement(applicationId, { papers: [first] }));
    expect(await writesNothing(roster, () => supplement(applicationId, { papers: [second] }, 1))).toEqual({
      ok: false,
      problem: 'version-conflict',
      version: 2,
    });
  });

  test('of two at the same moment on one version, one is stored', async () => {
    const { applicationId, missingPapers } = await incomplete();
    const [first, second] = undated(missingPapers);
    const outcomes = await Promise.all([
      supplement(applicationId, { papers: [first] }),
      supplement(applicationId, { papers: [second] }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ problem: 'version-conflict' });
    expect((await roster.store.application(applicationId))?.version).toBe(2);
  });

  test('with a paper nobody asked for, or a consent of tomorrow, is refused field by field', async () => {
    const { applicationId, members } = await incomplete();
    const personId = members[0]?.personId;
    const body = {
      papers: [{ kind: 'medical-receipts' }],
      consents: [{ personId, givenOn: '2026-12-01', expiresOn: '2027-02-28' }],
    };
    expect(await writesNothing(roster, () => supplement(applicationId, body))).toMatchObject({
      problem: 'validation-failed',
      errors: [
        { field: '/papers/0', code: 'paper.not-needed' },
        { field: '/consents/0/givenOn', code: 'date.future' },
      ],
    });
  });

  test('of an accepted or withdrawn application is refused with its state', async () => {
    const accepted = bodyOf(await submit(couple()));
    const papers = [{ kind: 'medical-receipts' }];
    expect(await supplement(accepted.applicationId, { papers })).toEqual({
      ok: false,
      problem: 'lifecycle-conflict',
      state: 'accepted',
    });
    await withdrawApplication(roster.dependencies, townshipWorker, accepted.applicationId, null);
    expect(await supplement(accepted.applicationId, { papers }, 2)).toMatchObject({ state: 'withdrawn' });
  });

  test('by another division finds nothing', async () => {
    const { applicationId, missingPapers } = await incomplete();
    const body = { papers: undated(missingPapers) };
    expect(await writesNothing(roster, () => supplement(applicationId, body, 1, otherTownshipWorker))).toEqual({
      ok: false,
      problem: 'not-found',
    });
  });
});

describe('withdrawing an application', () => {
  const withdraw = (applicationId: ApplicationId, ifMatch: number | null = null, principal = townshipWorker) =>
    withdrawApplication(roster.dependencies, principal, applicationId, ifMatch);

  test('ends application, review and open task together', async () => {
    const { applicationId, reviewId } = await steps.submitToVisit();
    expect(bodyOf(await withdraw(applicationId))).toMatchObject({ state: 'withdrawn' });
    expect(await roster.store.review(reviewId)).toMatchObject({ state: 'cancelled' });
    expect(await steps.taskNow(reviewId, 'field-assessment')).toMatchObject({ state: 'cancelled' });
  });

  test('takes the notice out of public', async () => {
    const { applicationId, reviewId } = await steps.submitToVisit();
    await steps.visit(reviewId);
    await steps.publish(reviewId);
    bodyOf(await withdraw(applicationId));
    expect(await steps.noticeNow(reviewId)).toMatchObject({ state: 'withdrawn' });
  });

  test('twice, on an older version, or by another division is refused', async () => {
    const { applicationId } = bodyOf(await submit(couple()));
    expect(await writesNothing(roster, () => withdraw(applicationId, 2))).toMatchObject({
      problem: 'version-conflict',
      version: 1,
    });
    expect(await writesNothing(roster, () => withdraw(applicationId, null, otherTownshipWorker))).toEqual({
      ok: false,
      problem: 'not-found',
    });
    bodyOf(await withdraw(applicationId, 1));
    expect(await writesNothing(roster, () => withdraw(applicationId))).toEqual({
      ok: false,
      problem: 'lifecycle-conflict',
      state: 'withdrawn',
    });
  });

  test('a decided application is decided', async () => {
    const { applicationId, reviewId } = await steps.submitToConfirmation();
    await steps.confirm(reviewId);
    await steps.record(reviewId);
    expect(await writesNothing(roster, () => withdraw(applicationId))).toMatchObject({ problem: 'lifecycle-conflict' });
  });
});
