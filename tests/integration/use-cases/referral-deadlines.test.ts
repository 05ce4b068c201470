import { beforeEach, expect, test } from 'vitest';
import { OutcomeBody } from '../../../contracts/api/referrals.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { awaitReferral } from '../../../functions/await-referral/await-referral.ts';
import { acceptReferral } from '../../../functions/referrals/accept-referral.ts';
import { reportOutcome } from '../../../functions/referrals/report-outcome.ts';
import { rerouteReferral } from '../../../functions/referrals/reroute-referral.ts';
import { returnReferral } from '../../../functions/referrals/return-referral.ts';
import { verifyReferral } from '../../../functions/referrals/verify-referral.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { county, countyWorker, department, townshipWorker } from '../../support/people.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { unrelayedEvents } from '../../support/unrelayed-events.ts';

let roster: TestRoster;
let steps: ReturnType<typeof referralSteps>;
let workflows = rememberingWorkflows();
beforeEach(async () => {
  roster = await startRoster();
  steps = referralSteps(roster.dependencies);
  workflows = rememberingWorkflows();
  return () => roster.stop();
});

const agency = department('healthcare-security');
const runSweep = () =>
  sweep({ ...roster.dependencies, workflows }, [DivisionCode.parse(county)], (error) => {
    throw error;
  });
const relayAll = async (): Promise<void> => {
  for (const event of await unrelayedEvents(roster.store)) {
    if (event.referralId !== null) await relayEvent({ ...roster.dependencies, workflows }, event);
  }
};
const report = (referralId: Awaited<ReturnType<typeof steps.one>>['referralId']) =>
  reportOutcome(roster.dependencies, {
    principal: agency,
    referralId,
    body: OutcomeBody.parse({ kind: 'delivered', on: '2026-03-02', evidence: 'file 1' }),
    idempotencyKey: 'the-key-of-a-report',
    fingerprint: 'a fingerprint',
  });

test('each step is reminded of at four fifths of its time and escalated when that is over, once, in the hour', async () => {
  const { referralId, due } = await steps.one();
  const open = (await steps.referred()).referrals.length * 2;
  // Sent at 09:00 on Monday; three working days end with Thursday: four fifths of 3 days and 15 hours.
  expect(due).toMatchObject({ dueAt: '2026-03-05T16:00:00.000Z', remindAt: '2026-03-04T22:36:00.000Z' });
  roster.setTime('2026-03-04T22:35:59.999Z');
  expect(await runSweep()).toMatchObject({ referralsReminded: 0, referralsEscalated: 0 });
  roster.setTime('2026-03-04T22:36:00.000Z');
  expect(await runSweep()).toMatchObject({ referralsReminded: open, referralsEscalated: 0 });
  expect(await runSweep()).toMatchObject({ referralsReminded: 0 });
  roster.setTime('2026-03-05T15:59:59.999Z');
  expect(await runSweep()).toMatchObject({ referralsEscalated: 0 });
  roster.setTime('2026-03-05T16:00:00.000Z');
  expect(await runSweep()).toMatchObject({ referralsEscalated: open });
  expect(await runSweep()).toMatchObject({ referralsReminded: 0, referralsEscalated: 0 });
  expect(await steps.now(referralId)).toMatchObject({
    state: 'sent',
    escalatedAt: '2026-03-05T16:00:00.000Z',
    escalations: 1,
  });

  // Escalated, it can still be accepted, and has the time of a result from then on.
  bodyOf(await acceptReferral(roster.dependencies, agency, referralId));
  const accepted = await steps.now(referralId);
  expect(accepted).toMatchObject({ state: 'accepted', remindedAt: null, escalatedAt: null, resultBy: '2026-03-27' });
  roster.setTime('2026-03-27T16:00:00.000Z');
  expect(await runSweep()).toMatchObject({ referralsEscalated: 1 });
  expect(await steps.now(referralId)).toMatchObject({ state: 'accepted', escalations: 2 });
  bodyOf(await report(referralId));
  bodyOf(
    await verifyReferral(roster.dependencies, townshipWorker, referralId, { result: 'confirmed', how: 'household' }),
  );
  roster.pass({ days: 100 });
  await runSweep();
  expect(await steps.now(referralId)).toMatchObject({ state: 'closed', due: null, escalatedAt: null, escalations: 2 });
});

test('what is returned and what is reported is late as well when nobody looks after it', async () => {
  const { referralId } = await steps.one();
  bodyOf(await returnReferral(roster.dependencies, agency, referralId, { reason: 'no-capacity' }));
  roster.setTime('2026-03-05T16:00:00.000Z');
  await runSweep();
  expect(await steps.now(referralId)).toMatchObject({ state: 'returned', escalations: 1 });
  bodyOf(await rerouteReferral(roster.dependencies, countyWorker, referralId, { department: 'healthcare-security' }));
  bodyOf(await report(referralId));
  roster.pass({ days: 30 });
  await runSweep();
  expect(await steps.now(referralId)).toMatchObject({ state: 'reported', escalations: 2 });
});

test('the workflow is told where the referral is, once it waits for anything else', async () => {
  const { referralId } = await steps.one();
  await awaitReferral(roster.dependencies, referralId, 'acceptance', 'first-token');
  await relayAll();
  expect(workflows.calls).toEqual([]);
  bodyOf(await acceptReferral(roster.dependencies, agency, referralId));
  await relayAll();
  expect(workflows.calls).toEqual(['goOn first-token']);
  await awaitReferral(roster.dependencies, referralId, 'outcome', 'second-token');
  bodyOf(await returnReferral(roster.dependencies, agency, referralId, { reason: 'not-our-area' }));
  await relayAll();
  expect(workflows.calls.slice(1)).toEqual(['interrupt second-token ReferralReturned']);
});

test('what happened before the workflow began to wait is told at once, under the name that its stage knows', async () => {
  const { referralId } = await steps.one();
  bodyOf(await acceptReferral(roster.dependencies, agency, referralId));
  // Nobody waits yet: nobody is told, and nothing is lost.
  await relayAll();
  expect(workflows.calls).toEqual([]);
  const waiting = (stage: 'acceptance' | 'outcome' | 'verification') =>
    awaitReferral(roster.dependencies, referralId, stage, 'a-token');
  await expect(waiting('acceptance')).rejects.toMatchObject({ name: 'StagePassed' });
  await expect(waiting('verification')).rejects.toMatchObject({ name: 'OutcomeDisputed' });
  bodyOf(await returnReferral(roster.dependencies, agency, referralId, { reason: 'not-our-area' }));
  await expect(waiting('outcome')).rejects.toMatchObject({ name: 'ReferralReturned' });
});
