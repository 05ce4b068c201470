import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EventType } from '../../../domain/events/event.ts';
import { newEvent } from '../../../domain/events/new-event.ts';
import type { DeterminationId } from '../../../domain/ids.ts';
import type { Referral } from '../../../domain/referrals/referral.ts';
import { type PushStage, pushIdOf, pushOf, type ReferralPush } from '../../../domain/subscriptions/referral-push.ts';
import { giveUpPush, pushReferral } from '../../../functions/push-referral/push-referral.ts';
import { acceptReferral } from '../../../functions/referrals/accept-referral.ts';
import { reportOutcome } from '../../../functions/referrals/report-outcome.ts';
import { rerouteReferral } from '../../../functions/referrals/reroute-referral.ts';
import { returnReferral } from '../../../functions/referrals/return-referral.ts';
import { verifyReferral } from '../../../functions/referrals/verify-referral.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { listSubscriptions } from '../../../functions/subscriptions/list-subscriptions.ts';
import { registerSubscription } from '../../../functions/subscriptions/register-subscription.ts';
import { removeSubscription } from '../../../functions/subscriptions/remove-subscription.ts';
import { replaceSecret } from '../../../functions/subscriptions/replace-secret.ts';
import { countyWorker, department } from '../../support/people.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { rememberingWebhooks } from '../../support/webhooks.ts';

let roster: TestRoster;
let steps: ReturnType<typeof referralSteps>;
let webhooks = rememberingWebhooks();
let workflows: ReturnType<typeof rememberingWorkflows>;
beforeAll(async () => {
  roster = await startRoster();
  steps = referralSteps(roster.dependencies);
});
beforeEach(() => {
  webhooks = rememberingWebhooks();
  workflows = rememberingWorkflows();
});
afterAll(() => roster.stop());

const agency = department('healthcare-security');
const prefecture = department('healthcare-security', '1401');
const url = 'https://agency.example/hearth';
let keys = 0;
const request = (principal = agency) => {
  keys += 1;
  return { principal, idempotencyKey: `key-${keys}`, fingerprint: `${keys}` };
};
const withWebhooks = () => ({ ...roster.dependencies, webhooks });
const subscribe = async (principal = agency, at = url) =>
  bodyOf(await registerSubscription(withWebhooks(), { url: at }, request(principal)));
const unsubscribe = async (principal = agency) => {
  const [found] = bodyOf(await listSubscriptions(roster.dependencies, principal)).subscriptions;
  if (found?.state === 'active') bodyOf(await removeSubscription(roster.dependencies, principal, found.subscriptionId));
};
const subscription = async (principal = agency) =>
  bodyOf(await listSubscriptions(roster.dependencies, principal)).subscriptions[0];
const pushFor = (referral: Referral, stage: PushStage = 'sent'): ReferralPush => {
  const push = pushOf(referral, stage, roster.at());
  if (push === undefined) throw new Error('there is nothing to call about');
  return push;
};
const push = (asked: ReferralPush) => pushReferral(withWebhooks(), asked);
const relay = (type: EventType, about: Parameters<typeof newEvent>[3]) =>
  relayEvent({ ...roster.dependencies, workflows }, newEvent(type, roster.at(), roster.dependencies.newId, about));
const relayDecision = async (determinationId: DeterminationId) => {
  const { reviewId } = (await roster.store.determination(determinationId)) ?? { reviewId: null };
  await relay('DeterminationRecorded', { determinationId, reviewId });
};
const started = () => workflows.calls.filter((call) => call.startsWith('startPush')).toSorted();
const reroute = async ({ referralId }: Referral) => {
  bodyOf(await returnReferral(roster.dependencies, agency, referralId, { reason: 'information-missing' }));
  roster.pass({ minutes: 1 });
  const to = { department: 'healthcare-security' };
  bodyOf(await rerouteReferral(roster.dependencies, countyWorker, referralId, to));
  return steps.now(referralId);
};

describe('a department that wants to be called', () => {
  beforeAll(async () => void (await subscribe()));
  afterAll(() => unsubscribe());

  test('is called about each referral that a decision sends to it, and nobody else is', async () => {
    const referred = await steps.referred();
    const [elsewhere] = referred.referrals;
    if (elsewhere === undefined) throw new Error('nothing was referred');
    bodyOf(await rerouteReferral(roster.dependencies, countyWorker, elsewhere, { department: 'education' }));
    await relayDecision(referred.determinationId);
    const theirs = (await steps.all(referred)).filter((each) => each.department === agency.agency);
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.length).toBeLessThan(referred.referrals.length);
    expect(started()).toEqual(theirs.map((each) => `startPush ${pushIdOf(pushFor(each))}`).toSorted());
  });

  test('is called once for an event that arrives twice: the call has the same name', async () => {
    const { determinationId } = await steps.referred();
    await relayDecision(determinationId);
    const first = started();
    roster.pass({ minutes: 20 });
    await relayDecision(determinationId);
    expect(new Set(started())).toEqual(new Set(first));
  });

  test('is called again when a referral is sent to it again, and when its outcome is not confirmed', async () => {
    const referral = await steps.one();
    const again = await reroute(referral);
    await relay('ReferralRerouted', { referralId: referral.referralId });
    expect(started()).toEqual([`startPush ${pushIdOf(pushFor(again))}`]);
    expect(pushIdOf(pushFor(again))).not.toBe(pushIdOf(pushFor(referral)));
    const body = { kind: 'delivered', amount: 100, on: '2026-03-02', evidence: 'file 2026-17' } as never;
    bodyOf(await reportOutcome(roster.dependencies, { ...request(), referralId: referral.referralId, body }));
    const verdict = { result: 'not-confirmed', how: 'visit' } as never;
    bodyOf(await verifyReferral(roster.dependencies, countyWorker, referral.referralId, verdict));
    await relay('ReferralDisputed', { referralId: referral.referralId });
    expect(started()[0]).toMatch(/-disputed-\d+$/u);
  });

  test('is told ids and the deadline in a CloudEvents envelope, and nothing of a person', async () => {
    const referral = await steps.one();
    expect(await push(pushFor(referral))).toEqual({ result: 'taken' });
    const [sent] = webhooks.calls;
    expect(sent).toMatchObject({ url, id: pushIdOf(pushFor(referral)), timestamp: Date.parse(roster.at()) / 1_000 });
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      specversion: '1.0',
      id: sent?.id,
      source: '/referrals',
      type: 'hearth.referral.sent',
      subject: referral.referralId,
      time: referral.sentAt,
      datacontenttype: 'application/json',
      data: {
        referralId: referral.referralId,
        item: referral.item,
        county: '140121',
        deadline: referral.due?.dueAt,
      },
    });
    for (const never of [referral.householdId, String(referral.personId), referral.determinationId])
      expect(sent?.body).not.toContain(never);
  });

  test('is not called about what it has answered, or what is another’s by now', async () => {
    const answered = await steps.one();
    const before = pushFor(answered);
    bodyOf(await acceptReferral(roster.dependencies, agency, answered.referralId));
    expect(await push(before)).toEqual({ result: 'moot' });
    const first = await steps.one();
    await reroute(first);
    expect(await push(pushFor(first))).toEqual({ result: 'moot' });
    expect(webhooks.calls).toEqual([]);
  });

  test('is called with both secrets for a day after one was replaced, and then with the new one', async () => {
    const { subscriptionId } = (await subscription()) ?? {};
    if (subscriptionId === undefined) throw new Error('there is no subscription');
    const { secret } = bodyOf(await replaceSecret(withWebhooks(), subscriptionId, request()));
    const referral = await steps.one();
    await push(pushFor(referral));
    roster.pass({ days: 1 });
    await push(pushFor(referral));
    expect(webhooks.calls.map(({ secrets }) => [secrets[0], secrets.length])).toEqual([
      [secret, 2],
      [secret, 1],
    ]);
    roster.pass({ days: -1 });
  });

  test('that does not take a call is called again by its workflow, and what is given up is counted', async () => {
    const referral = await steps.one();
    webhooks.answer('not-taken');
    await expect(push(pushFor(referral))).rejects.toThrow(expect.objectContaining({ name: 'WebhookNotTaken' }));
    webhooks.answer('webhook.private');
    await expect(push(pushFor(referral))).rejects.toThrow(expect.objectContaining({ name: 'WebhookAddressRefused' }));
    const before = (await subscription())?.givenUp ?? 0;
    const together = await Promise.all(
      [1, 2, 3].map(() => giveUpPush(withWebhooks(), pushFor(referral)).catch(() => undefined)),
    );
    const noted = together.filter((each) => each?.result === 'given-up').length;
    expect(noted).toBeGreaterThan(0);
    expect(await subscription()).toMatchObject({ givenUp: before + noted, givenUpAt: roster.at() });
  });

  test('that has removed its address is called no more', async () => {
    const referral = await steps.one();
    await unsubscribe();
    expect(await push(pushFor(referral))).toEqual({ result: 'moot' });
    expect(await giveUpPush(withWebhooks(), pushFor(referral))).toEqual({ result: 'moot' });
    await relayDecision(referral.determinationId);
    expect(started()).toEqual([]);
  });
});

test('the nearest office is called: that of the county before that of the prefecture', async () => {
  await subscribe(prefecture, 'https://prefecture.example');
  const referral = await steps.one();
  await push(pushFor(referral));
  await subscribe();
  await push(pushFor(referral));
  expect(webhooks.calls.map((call) => call.url)).toEqual(['https://prefecture.example', url]);
  await unsubscribe();
  await unsubscribe(prefecture);
});

test('where nobody wants to be called no call is begun', async () => {
  const { determinationId } = await steps.referred();
  await relayDecision(determinationId);
  expect(started()).toEqual([]);
});
