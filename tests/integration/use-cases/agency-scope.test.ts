import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Principal } from '../../../contracts/principal.ts';
import { readApplication } from '../../../functions/applications/read-application.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { supplementApplication } from '../../../functions/applications/supplement-application.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { approver, county, couple, townshipWorker } from '../../support/people.ts';
import { bodyOf, reviewSteps, submissionOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

const agency = (name: string, subject = `${name}-client`, division = county): Principal =>
  Principal.parse({ subject, role: 'agency', division, agency: name });
const federation = agency('disabled-persons-federation');
const bureau = agency('health-bureau');

let keys = 0;
const submitAs = async (principal: Principal) => {
  keys += 1;
  const submission = submissionOf(roster.dependencies, couple({ papers: 'none' }), `agency-key-${keys}`);
  return bodyOf(await submitApplication(roster.dependencies, { ...submission, principal }));
};

describe('an application that an agency handed in', () => {
  test('is kept with its name, and read by any client of that agency', async () => {
    const { applicationId } = await submitAs(federation);
    expect(await roster.store.application(applicationId)).toMatchObject({ agency: 'disabled-persons-federation' });
    const colleague = agency('disabled-persons-federation', 'another-client', '140105');
    expect(await readApplication(roster.dependencies, colleague, applicationId)).toMatchObject({ ok: true });
  });

  test('is not there for another agency of the same county, nor of the whole province', async () => {
    const { applicationId } = await submitAs(federation);
    const absent = await readApplication(roster.dependencies, bureau, `app_${'0'.repeat(32)}` as typeof applicationId);
    expect(absent).toEqual({ ok: false, problem: 'not-found' });
    for (const stranger of [bureau, agency('health-bureau', 'wide', '14')]) {
      expect(await readApplication(roster.dependencies, stranger, applicationId)).toEqual(absent);
      const writes = [
        () => withdrawApplication(roster.dependencies, stranger, applicationId, null),
        () => supplementApplication(roster.dependencies, stranger, applicationId, { papers: [], consents: [] }, 1),
      ];
      for (const write of writes) expect(await writesNothing(roster, write)).toEqual(absent);
    }
  });

  test('is the township’s to read, too', async () => {
    const { applicationId } = await submitAs(federation);
    expect(await readApplication(roster.dependencies, townshipWorker, applicationId)).toMatchObject({ ok: true });
  });

  test('may be withdrawn by that agency', async () => {
    const { applicationId } = await submitAs(federation);
    expect(await withdrawApplication(roster.dependencies, federation, applicationId, null)).toMatchObject({ ok: true });
  });
});

describe('an application that an officer handed in', () => {
  test('is there for no agency, whatever its division', async () => {
    const { applicationId } = await submitAs(townshipWorker);
    for (const stranger of [federation, agency('health-bureau', 'wide', '14')]) {
      const outcome = await readApplication(roster.dependencies, stranger, applicationId);
      expect(outcome).toEqual({ ok: false, problem: 'not-found' });
    }
  });

  test('is not told to an agency whose applicant is in it', async () => {
    const body = couple();
    const first = submissionOf(roster.dependencies, body, 'the-officer-first');
    bodyOf(await submitApplication(roster.dependencies, first));
    const second = { ...submissionOf(roster.dependencies, body, 'then-the-agency'), principal: federation };
    const outcome = await submitApplication(roster.dependencies, second);
    expect(outcome).toMatchObject({ ok: false, problem: 'person-in-open-application' });
    expect(outcome).not.toHaveProperty('links');
    expect(outcome).not.toHaveProperty('state');
  });
});

describe('who handed an application in', () => {
  test('may not confirm it, whatever role the token carries now', async () => {
    const steps = reviewSteps(roster.dependencies);
    keys += 1;
    const clerk = Principal.parse({ ...townshipWorker, subject: 'a-clerk-of-two-hats' });
    const submission = submissionOf(roster.dependencies, couple(), `agency-key-${keys}`);
    const { reviewId } = bodyOf(await submitApplication(roster.dependencies, { ...submission, principal: clerk }));
    await steps.toVisit(reviewId);
    await steps.visit(reviewId);
    await steps.publish(reviewId);
    const { taskId } = await steps.open(reviewId, 'county-confirmation');
    const promoted = Principal.parse({ ...approver, subject: clerk.subject });
    const outcome = await writesNothing(roster, () => steps.complete(taskId, steps.decision('confirm'), promoted));
    expect(outcome).toEqual({ ok: false, problem: 'four-eyes' });
    expect(await steps.complete(taskId, steps.decision('confirm'), approver)).toMatchObject({ ok: true });
  });
});
