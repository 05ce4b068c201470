import { afterAll, beforeEach, expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import { Fen } from '../../../domain/money.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { endAssistance } from '../../../functions/assistance-chain/end-assistance.ts';
import { recordDelivery } from '../../../functions/assistance-chain/record-delivery.ts';
import { acceptReferral } from '../../../functions/referrals/accept-referral.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { agencyOf, claim } from '../../support/assistance.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { householdChanges } from '../../support/household-changes.ts';
import { county, department } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof dailyScans>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = dailyScans(roster);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const runSweep = () =>
  sweep({ ...roster.dependencies, workflows: rememberingWorkflows() }, [DivisionCode.parse(county)], (error) => {
    throw error;
  });
const scanAt = async (instant: string): Promise<void> => {
  roster.setTime(instant);
  await of.scan();
};

test('the task of a referral is taken back when the department takes it on, and opened once more when it is late again', async () => {
  const { relayed } = householdChanges(roster);
  const steps = referralSteps(roster.dependencies);
  const [answered, other] = await steps.all(await steps.referred());
  if (answered === undefined || other === undefined) throw new Error('too few referrals');
  await scanAt('2026-03-05T19:00:00.000Z');
  const before = (await of.tasks()).length;
  // The sweep marks it as late in one case only after the scan was there.
  bodyOf(await acceptReferral(roster.dependencies, department(answered.department), answered.referralId));
  await relayed(['ReferralAccepted']);
  await runSweep();
  bodyOf(await acceptReferral(roster.dependencies, department(other.department), other.referralId));
  await relayed(['ReferralAccepted']);
  const left = await of.tasks();
  expect(left).toHaveLength(before - 2);
  expect(left.map(({ referralId }) => referralId)).not.toContain(answered.referralId);
  await scanAt('2027-03-05T19:00:00.000Z');
  expect((await of.tasks()).filter(({ referralId }) => referralId === other.referralId)).toHaveLength(1);
  await runSweep();
  expect(await violationsIn(roster)).toEqual([]);
});

test('the task of a month is taken back before anybody is reminded of it, once the month is in the ledger, and not before', async () => {
  const { household } = await of.household('given');
  await of.household('not given');
  const { householdId, members } = household.household;
  const subject = { householdId, personId: members[0]?.personId ?? ('' as never) };
  const { entryId } = bodyOf(await claim(roster, 'minimum-living-allowance', subject));
  await scanAt('2026-04-10T19:00:00.000Z');
  expect(await of.tasks()).toHaveLength(2);
  const body = { deliveredOn: LocalDate.parse('2026-04-10'), amount: Fen.parse(120_000) };
  bodyOf(await recordDelivery(roster.dependencies, agencyOf('civil-affairs'), entryId, body));
  roster.setTime('2026-04-17T01:00:00.000Z');
  expect(await runSweep()).toMatchObject({ reminded: 1, escalated: 0, failed: 0 });
  const left = await of.tasks();
  expect(left).toHaveLength(1);
  expect(left[0]?.householdId).not.toBe(householdId);
  await scanAt('2026-04-18T19:00:00.000Z');
  expect(await of.counted('entitled-not-delivered')).toMatchObject({ found: 1, opened: 0, byTask: 1 });
});

test('a month that was in the ledger and is not any more is asked about again', async () => {
  const { household } = await of.household('given');
  const { householdId, members } = household.household;
  const subject = { householdId, personId: members[0]?.personId ?? ('' as never) };
  const { entryId } = bodyOf(await claim(roster, 'minimum-living-allowance', subject));
  await scanAt('2026-04-10T19:00:00.000Z');
  const [first] = await of.tasks();
  const body = { deliveredOn: LocalDate.parse('2026-04-10'), amount: Fen.parse(120_000) };
  bodyOf(await recordDelivery(roster.dependencies, agencyOf('civil-affairs'), entryId, body));
  roster.setTime('2026-04-17T01:00:00.000Z');
  await runSweep();
  expect(await of.tasks()).toEqual([]);
  const mistaken = { reason: 'entered-in-error', lastMonth: null } as const;
  bodyOf(await endAssistance(roster.dependencies, agencyOf('civil-affairs'), entryId, mistaken));
  await scanAt('2026-04-18T19:00:00.000Z');
  expect(await of.counted('entitled-not-delivered')).toMatchObject({ found: 1, opened: 1, byTask: 0 });
  await scanAt('2026-04-19T19:00:00.000Z');
  expect(await of.counted('entitled-not-delivered')).toMatchObject({ found: 1, opened: 0, byTask: 1 });
  const [again, ...others] = await of.tasks();
  expect(others).toEqual([]);
  expect(again).toMatchObject({ householdId, month: first?.month, state: 'open' });
  expect(again?.taskId).not.toBe(first?.taskId);
});
