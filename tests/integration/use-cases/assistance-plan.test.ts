import { afterAll, beforeAll, expect, test } from 'vitest';
import { dateInChina, LocalDate } from '../../../domain/dates.ts';
import type { Determination } from '../../../domain/determinations/determination.ts';
import { seenOn } from '../../../domain/determinations/seen.ts';
import { withTiers } from '../../../domain/determinations/with-tiers.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import { newEvent } from '../../../domain/events/new-event.ts';
import { DeterminationId } from '../../../domain/ids.ts';
import { acceptReferral } from '../../../functions/referrals/accept-referral.ts';
import { reportOutcome } from '../../../functions/referrals/report-outcome.ts';
import { planAssistance } from '../../../functions/relay/plan-assistance.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { department, wealthyCouple } from '../../support/people.ts';
import { type Referred, referralSteps } from '../../support/referrals.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';
import { unrelayedEvents } from '../../support/unrelayed-events.ts';

let roster: TestRoster;
let steps: ReturnType<typeof referralSteps>;
beforeAll(async () => {
  roster = await startRoster();
  steps = referralSteps(roster.dependencies);
});
afterAll(() => roster.stop());

/** A decision after the one that stands, by which the household has another tier; stored as a review would store it. */
const decideAgain = async ({ householdId, determinationId }: Referred, changes: Partial<Determination>) => {
  const [before, household] = await Promise.all([
    roster.store.determination(determinationId),
    roster.store.household(householdId),
  ]);
  if (before === undefined || household === undefined) throw new Error('there is no decision to follow');
  const today = dateInChina(roster.at());
  const evaluation = evaluate(household.household, shanxiPack, today);
  const next: Determination = {
    ...before,
    determinationId: DeterminationId.parse(`det_${roster.dependencies.newId()}`),
    version: 1,
    evaluatedOn: LocalDate.parse(evaluation.date),
    seen: seenOn(household.household, shanxiPack, today),
    ...changes,
  };
  const result = await roster.store.commit({
    aggregates: [
      { kind: 'determination', value: next },
      { kind: 'household', value: withTiers(household, next) },
    ],
    event: newEvent('PolicyChangeDecided', roster.at(), roster.dependencies.newId, {
      determinationId: next.determinationId,
    }),
    actor: { role: 'workflow', subject: 'a test' },
    division: next.division,
  });
  expect(result).toEqual({ ok: true });
  return next;
};

test('a decision sends one referral for each need that another department leads, and none for what Civil Affairs gives', async () => {
  const referred = await steps.referred();
  const all = await steps.all(referred);
  expect(all.map(({ item, personId }) => `${item} ${personId}`).length).toBe(
    new Set(all.map((each) => `${each.item} ${each.personId}`)).size,
  );
  expect(new Set(all.map(({ department: code }) => code))).toEqual(new Set(['healthcare-security']));
  expect(all.some(({ item }) => item.startsWith('minimum-living-allowance'))).toBe(false);
  for (const referral of all)
    expect(referral).toMatchObject({
      state: 'sent',
      version: 1,
      householdId: referred.householdId,
      determinationId: referred.determinationId,
      // Three working days: a local setting, and said to be none of law.
      acceptBy: '2026-03-05',
      due: { clock: 'referral.acceptance', basis: 'assumption' },
    });
  expect((await roster.store.plan(referred.householdId))?.needs).toHaveLength(all.length);
});

test('what is planned is planned once, however often the event arrives, and in one transaction', async () => {
  const { determinationId, referrals } = await steps.referred();
  const entries = (await roster.items('audit')).filter(
    ({ type, records }) => type === 'ReferralsPlanned' && JSON.stringify(records).includes(referrals[0] ?? 'none'),
  );
  expect(entries).toHaveLength(1);
  for (let times = 0; times < 3; times += 1) {
    const again = await writesNothing(roster, () => planAssistance(roster.dependencies, determinationId));
    expect(again).toEqual({ sent: referrals, ended: [] });
  }
});

test('two relays at the same moment plan once', async () => {
  const { determinationId, householdId } = await steps.decided();
  await Promise.allSettled([1, 2, 3].map(() => planAssistance(roster.dependencies, determinationId)));
  const plan = await roster.store.plan(householdId);
  const rows = (await roster.items('roster')).filter(
    ({ pk, ...row }) => String(pk).startsWith('REFERRAL#') && row['householdId'] === householdId,
  );
  expect(plan?.version).toBe(1);
  expect(rows).toHaveLength(plan?.needs.length ?? -1);
});

test('the relay plans when the decision is recorded, and starts to follow every referral', async () => {
  const { determinationId } = await steps.decided();
  const workflows = rememberingWorkflows();
  const events = (await unrelayedEvents(roster.store)).filter((each) => each.determinationId === determinationId);
  expect(events.map(({ type }) => type)).toEqual(['DeterminationRecorded']);
  for (const event of [...events, ...events]) await relayEvent({ ...roster.dependencies, workflows }, event);
  const { sent } = await planAssistance(roster.dependencies, determinationId);
  expect(sent.length).toBeGreaterThan(0);
  // Asked for twice under one name: it is one run.
  expect(workflows.calls.toSorted()).toEqual([...sent, ...sent].map((id) => `startReferral ${id}`).toSorted());
});

test('a later decision withdraws what it no longer opens and leaves alone what has been reported', async () => {
  const referred = await steps.referred();
  const [first, second] = referred.referrals;
  if (first === undefined || second === undefined) throw new Error('too little was referred');
  const agency = department('healthcare-security');
  bodyOf(await acceptReferral(roster.dependencies, agency, second));
  bodyOf(
    await reportOutcome(roster.dependencies, {
      principal: agency,
      referralId: first,
      body: { kind: 'delivered', amount: null, on: dateInChina(roster.at()), evidence: 'file 1' },
      idempotencyKey: 'the-key-of-a-report',
      fingerprint: 'a fingerprint',
    }),
  );
  const none = { tier: 'NONE', memberTiers: [], entitlements: [] } as const;
  const roster2 = await roster.store.household(referred.householdId);
  const memberTiers = (roster2?.household.members ?? []).map(({ personId }) => ({ personId, tier: 'NONE' as const }));
  const { determinationId } = await decideAgain(referred, { ...none, memberTiers, entitlements: [] });
  const { ended } = await planAssistance(roster.dependencies, determinationId);
  expect(ended).toEqual(referred.referrals.slice(1));
  expect((await steps.all(referred)).map(({ state }) => state)).toEqual([
    'reported',
    ...referred.referrals.slice(1).map(() => 'withdrawn'),
  ]);
  expect(await roster.store.plan(referred.householdId)).toMatchObject({ version: 2, needs: [] });
  // The decision before it has been replaced: told of once more, it plans nothing.
  const late = await writesNothing(roster, () => planAssistance(roster.dependencies, referred.determinationId));
  expect(late).toEqual({ sent: [], ended: [] });
});

test('a later decision that opens the same leaves every referral as it is, and sends what is new', async () => {
  const referred = await steps.referred();
  const before = await steps.all(referred);
  const again = await decideAgain(referred, {});
  expect(await planAssistance(roster.dependencies, again.determinationId)).toEqual({ sent: [], ended: [] });
  expect(await steps.all(referred)).toEqual(before);

  const household = await roster.store.household(referred.householdId);
  const memberTiers = (household?.household.members ?? []).map(({ personId }) => ({
    personId,
    tier: 'EXTREME_HARDSHIP' as const,
  }));
  const more = await decideAgain({ ...referred, determinationId: again.determinationId }, { memberTiers });
  const { sent, ended } = await planAssistance(roster.dependencies, more.determinationId);
  const items = await Promise.all(sent.map(async (id) => (await steps.now(id)).item));
  // In extreme hardship the premium is paid whole: that takes the place of the fixed sum.
  expect(new Set(items)).toEqual(new Set(['medical.premium-help.full']));
  const gone = await Promise.all(ended.map(async (id) => (await steps.now(id)).item));
  expect(new Set(gone)).toEqual(new Set(['medical.premium-help.fixed']));
});

test('a refusal refers nothing that needs a tier', async () => {
  const { referrals } = await steps.referred(wealthyCouple());
  expect(referrals).toEqual([]);
});
