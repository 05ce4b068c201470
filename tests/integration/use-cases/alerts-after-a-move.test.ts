import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { AlertDispositionBody } from '../../../contracts/api/alerts.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { Alert } from '../../../domain/alerts/alert.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import type { AlertId, HouseholdId, PersonId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { disposeAlert } from '../../../functions/alerts/dispose-alert.ts';
import { listAlerts, readAlert } from '../../../functions/alerts/read-alerts.ts';
import { recordFacts } from '../../../functions/record-facts.ts';
import { moveAlerts } from '../../../functions/relay/move-alerts.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { refusalOf } from '../../support/emergencies.ts';
import type { Item } from '../../support/engine.ts';
import { type householdChanges, startDecidedCouple } from '../../support/household-changes.ts';
import {
  county,
  countyWorker,
  couple,
  neighbouringTownship,
  otherCounty,
  otherCountyWorker,
  otherTownship,
  township,
} from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf, type reviewSteps } from '../../support/reviews.ts';
import type { TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof householdChanges>;
let steps: ReturnType<typeof reviewSteps>;
let reviewId: string;
let householdId: HouseholdId;
let wife: PersonId;
const opened: TestRoster[] = [];

/** A couple on the allowance, of whom a hospital has told of a high bill. */
beforeEach(async () => {
  ({ roster, of, steps, householdId, reviewId, wife } = await startDecidedCouple());
  opened.push(roster);
  await billTold(6_000_000, '2026-03-01');
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.stop()));
});

const billTold = async (value: number, asOf: string): Promise<void> => {
  const told = { kind: 'hospital.stay-self-paid', unit: 'fen', dataset: 'hospital-bills' };
  await recordFacts(roster.dependencies, householdId, [
    Fact.parse({ ...told, subject: wife, value, asOf, recordedAt: roster.at() }),
  ]);
  await of.relayed(['FactsRecorded']);
};
const moves = (to: string) =>
  of.changed(householdId, {
    ...{ kind: 'moved', on: '2026-03-01', evidence: 'household-registration' },
    ...{ residenceDivision: to, registeredDivision: to },
  });
const alertsIn = async (place: string): Promise<readonly Alert[]> =>
  (await roster.store.alertsOf(DivisionCode.parse(place), 'open', 100, null)).items;
const onlyAlertIn = async (place: string): Promise<Alert> => {
  const [found, ...more] = await alertsIn(place);
  if (found === undefined || more.length > 0) throw new Error(`not one alert in ${place}`);
  return found;
};
const dispose = (alertId: AlertId, principal: Principal, ifMatch: number) =>
  disposeAlert(roster.dependencies, {
    ...{ principal, alertId, ifMatch },
    body: AlertDispositionBody.parse({
      ...{ disposition: 'deliver', verdict: 'confirmed', grounds: ['home-visit'], note: 'The bill is theirs.' },
    }),
  });
const openTasksOf = async (place: string, taskId: string) => {
  const within = DivisionCode.parse(place);
  const { items } = await roster.store.openTasks(within, within, 100, null);
  return items.filter((task) => task.taskId === taskId);
};
/** What is broken, but for the notice of the couple's review, whose days nobody let pass. */
const broken = async (): Promise<readonly string[]> =>
  (await violationsIn(roster)).filter((line) => !line.includes(reviewId));

test('an alert whose entries since its move are with another county is told', async () => {
  const { alertId } = await onlyAlertIn(county);
  await moves(otherTownship);
  await of.followed();
  const isBack = ({ pk }: Item): boolean => pk === `ALERT#${alertId}`;
  const back = { division: township, wpk: `ALERTS#${county}` };
  const told = await violationsIn(roster, (items) => items.map((item) => (isBack(item) ? { ...item, ...back } : item)));
  expect(told).toContain(`I9: alert ${alertId}: its audit entry is kept with another county`);
});

describe('an open alert of a household that has moved to another county', () => {
  test('is that county’s with its task, and nothing to the one it has left', async () => {
    const before = await onlyAlertIn(county);
    await moves(otherTownship);
    await of.followed();
    expect(await alertsIn(county)).toEqual([]);
    expect(await onlyAlertIn(otherCounty)).toEqual({ ...before, version: 2, division: otherTownship });
    const task = await roster.store.task(before.taskId);
    expect(task).toMatchObject({ division: otherTownship, state: 'open', version: 2 });
    expect(await openTasksOf(county, before.taskId)).toEqual([]);
    expect(await openTasksOf(otherCounty, before.taskId)).toEqual([task]);
    const { alertId } = before;
    expect(refusalOf(await readAlert(roster.dependencies, countyWorker, alertId)).problem).toBe('not-found');
    expect(refusalOf(await dispose(alertId, countyWorker, 2)).problem).toBe('not-found');
    expect(await broken()).toEqual([]);
    const page = { state: 'open', limit: 50, after: null } as const;
    expect(bodyOf(await listAlerts(roster.dependencies, countyWorker, page)).alerts).toEqual([]);
    expect(bodyOf(await listAlerts(roster.dependencies, otherCountyWorker, page)).alerts).toHaveLength(1);
    expect(bodyOf(await readAlert(roster.dependencies, otherCountyWorker, alertId))).toMatchObject({ firesNow: true });
    expect(bodyOf(await dispose(alertId, otherCountyWorker, 2))).toMatchObject({ state: 'disposed' });
    expect(await broken()).toEqual([]);
  });

  test('goes along when its rule does not fire any more, and when it is not the first by its rule', async () => {
    await dispose((await onlyAlertIn(county)).alertId, countyWorker, 1);
    roster.pass({ hours: 1 });
    await billTold(8_000_000, '2026-03-02');
    roster.pass({ days: 45 });
    await sweep({ ...roster.dependencies, workflows: of.workflows }, [DivisionCode.parse(county)], () => undefined);
    await billTold(1_000, '2026-04-10');
    const before = await onlyAlertIn(county);
    await moves(otherTownship);
    await of.followed();
    const moved = await onlyAlertIn(otherCounty);
    expect(moved).toEqual({ ...before, version: before.version + 1, division: otherTownship });
    const view = bodyOf(await readAlert(roster.dependencies, otherCountyWorker, moved.alertId));
    expect(view).toMatchObject({ firesNow: false });
    expect(await alertsIn(county)).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  test('moves once, however often the move is told and by however many, and goes on being made new there', async () => {
    await moves(otherTownship);
    const [event] = await of.outbox('HouseholdChanged');
    if (event === undefined) throw new Error('no move');
    const relay = () => relayEvent({ ...roster.dependencies, workflows: of.workflows }, event);
    await relay();
    await relay();
    await Promise.all(Array.from({ length: 4 }, () => moveAlerts(roster.dependencies, householdId)));
    expect(await onlyAlertIn(otherCounty)).toMatchObject({ version: 2 });
    roster.pass({ hours: 1 });
    await billTold(9_000_000, '2026-03-02');
    expect(await onlyAlertIn(otherCounty)).toMatchObject({
      version: 3,
      evidence: [{ asOf: '2026-03-01' }, { asOf: '2026-03-02' }],
    });
    expect(await alertsIn(county)).toEqual([]);
  });

  test('stays late there when it was late here', async () => {
    const { taskId } = await onlyAlertIn(county);
    const before = await roster.store.task(taskId);
    roster.pass({ days: 4 });
    await sweep({ ...roster.dependencies, workflows: of.workflows }, [DivisionCode.parse(county)], () => undefined);
    await moves(otherTownship);
    await of.followed();
    const after = await roster.store.task(taskId);
    expect(after).toMatchObject({ state: 'escalated', division: otherTownship, dueOn: before?.dueOn });
    expect(await broken()).toEqual([]);
  });
});

test('an open alert goes along within the county', async () => {
  expect(await onlyAlertIn(county)).toMatchObject({ division: township });
  await moves(neighbouringTownship);
  await of.followed();
  expect(await onlyAlertIn(county)).toMatchObject({ division: neighbouringTownship, version: 2 });
});

test('an open alert from before the first decision goes where that was made', async () => {
  const living = couple();
  const submitted = await steps.submitToConfirmation({
    ...living,
    registeredDivision: DivisionCode.parse(otherTownship),
  });
  ({ householdId } = submitted);
  const [, second] = (await of.stored(householdId)).household.members;
  if (second === undefined) throw new Error('a couple has two members');
  wife = second.personId;
  await billTold(7_000_000, '2026-03-01');
  const { alertId, division } = await onlyAlertIn(otherCounty);
  expect(division).toBe(otherTownship);
  await steps.confirm(submitted.reviewId);
  await steps.record(submitted.reviewId);
  await of.relayed(['DeterminationRecorded']);
  expect(await of.standing(householdId)).toMatchObject({ division: township });
  expect(await alertsIn(otherCounty)).toEqual([]);
  expect((await alertsIn(county)).find((alert) => alert.alertId === alertId)).toMatchObject({ division: township });
});
