import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DeathBody } from '../../../contracts/api/households.ts';
import { TaskResult } from '../../../contracts/api/tasks.ts';
import type { HouseholdId, PersonId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { changeDeterminationIdOf, changeTaskIdOf } from '../../../domain/policy-versions/run-ids.ts';
import { recordDeath } from '../../../functions/households/record-death.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { readDetermination } from '../../../functions/reviews/read-determination.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import { birth, type householdChanges, joined, startDecidedCouple } from '../../support/household-changes.ts';
import {
  approver,
  countyWorker,
  couple,
  otherApprover,
  otherCounty,
  otherTownship,
  township,
} from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf, type reviewSteps } from '../../support/reviews.ts';
import { type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof householdChanges>;
let steps: ReturnType<typeof reviewSteps>;
let householdId: HouseholdId;
let wife: PersonId;
const started: TestRoster[] = [];

beforeEach(async () => {
  ({ roster, of, steps, householdId, wife } = await startDecidedCouple());
  started.push(roster);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const left = (personId = wife) => ({ kind: 'left', on: '2026-03-01', personId, evidence: 'divorce-certificate' });
const moved = {
  kind: 'moved',
  on: '2026-03-01',
  residenceDivision: otherTownship,
  registeredDivision: otherTownship,
  evidence: 'household-registration',
};
const proposalOf = (changeId: string) =>
  changeDeterminationIdOf(roster.dependencies.digest, changeId as never, householdId);
const taskOf = (changeId: string) => changeTaskIdOf(roster.dependencies.digest, proposalOf(changeId));
const decisionOf = async (changeId: string) => {
  const found = await roster.store.determination(proposalOf(changeId));
  if (found === undefined) throw new Error('nothing was decided');
  return found;
};
const told = async () => {
  const [event] = await of.outbox('HouseholdChanged');
  if (event === undefined) throw new Error('nothing was told');
  return event;
};
const check = (decision: 'confirm' | 'keep') => TaskResult.parse({ kind: 'policy-change-check', decision });
const amountOf = ({ entitlements }: { entitlements: readonly { amount: number }[] }) => entitlements[0]?.amount ?? 0;
const openTasks = async (county: string) =>
  (await roster.store.openTasks(DivisionCode.parse(county), DivisionCode.parse(county), 10, null)).items;

describe('what adds to what a household is given', () => {
  test('holds at once: a child counts as a head from its birth on record', async () => {
    const before = await of.standing(householdId);
    const { changeId, personId } = await of.changed(householdId, birth);
    await of.followed();
    const after = await of.standing(householdId);
    expect(after).toMatchObject({
      determinationId: proposalOf(changeId),
      change: {
        cause: { kind: 'household-change', changeId },
        state: 'in-force',
      },
      previous: before.determinationId,
      reviewId: before.reviewId,
      confirmedBy: 'household-change',
      evaluatedOn: '2026-03-02',
      division: before.division,
    });
    expect(amountOf(after)).toBeGreaterThan(amountOf(before));
    const { household } = await of.stored(householdId);
    expect(household.members.map(({ personId: id, tier }) => [id === personId, tier])).toEqual([
      [false, 'AS_HOUSEHOLD'],
      [false, 'AS_HOUSEHOLD'],
      [true, 'AS_HOUSEHOLD'],
    ]);
    expect(await openTasks('140121')).toEqual([]);
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is planned anew by what differs: the needs of the child are referred, and what stands is left alone', async () => {
    const before = await roster.store.plan(householdId);
    const { changeId, personId } = await of.changed(householdId, birth);
    await of.followed();
    const after = await roster.store.plan(householdId);
    expect(after?.determinationId).toBe(proposalOf(changeId));
    expect(after?.needs.slice(0, before?.needs.length)).toEqual(before?.needs);
    const added = after?.needs.slice(before?.needs.length ?? 0) ?? [];
    expect(added.length).toBeGreaterThan(0);
    expect(added.every((need) => need.personId === personId)).toBe(true);
    for (const { referralId } of added) expect(of.workflows.calls).toContain(`startReferral ${referralId}`);
  });

  test('is told as what a change in the household led to', async () => {
    await of.changed(householdId, birth);
    await of.followed();
    const { determinationId } = await of.standing(householdId);
    expect(bodyOf(await readDetermination(roster.dependencies, countyWorker, determinationId, 'en'))).toMatchObject({
      origin: 'household-change',
      change: { state: 'in-force' },
    });
  });
});

describe('what takes from what a household is given', () => {
  test('waits for the county when a member has left, and what stood stands', async () => {
    const before = await of.standing(householdId);
    const { changeId } = await of.changed(householdId, left());
    await of.followed();
    expect(await of.standing(householdId)).toEqual(before);
    const proposed = await decisionOf(changeId);
    expect(proposed).toMatchObject({ previous: before.determinationId, change: { state: 'awaiting-check' } });
    expect(amountOf(proposed)).toBeLessThan(amountOf(before));
    const task = bodyOf(await readTask(roster.dependencies, countyWorker, taskOf(changeId)));
    expect(task).toMatchObject({
      kind: 'policy-change-check',
      performers: ['approver'],
      householdId,
      determinationId: proposed.determinationId,
    });
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is taken when the county has confirmed it, and kept when it has not', async () => {
    const { changeId } = await of.changed(householdId, left());
    await of.followed();
    roster.pass({ minutes: 1 });
    bodyOf(await steps.complete(taskOf(changeId), check('confirm'), approver));
    expect(await of.standing(householdId)).toMatchObject({
      determinationId: proposalOf(changeId),
      change: { state: 'in-force' },
      confirmedBy: approver.subject,
    });
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('waits for the county when a member has died', async () => {
    const before = await of.standing(householdId);
    const body = DeathBody.parse({ diedOn: '2026-03-01', evidence: 'death-certificate' });
    const { version } = await of.stored(householdId);
    const request = { principal: countyWorker, householdId, personId: wife, body, ifMatch: version };
    bodyOf(await recordDeath(roster.dependencies, request));
    const [event] = await of.outbox('DeathRecorded');
    await of.followed();
    expect(await of.standing(householdId)).toEqual(before);
    const proposed = await decisionOf(event?.eventId ?? '');
    expect(proposed.change?.state).toBe('awaiting-check');
    expect(proposed.memberTiers).toMatchObject([{ tier: 'AS_HOUSEHOLD' }, { personId: wife, tier: 'NONE' }]);
  });

  test('ends what is given when the last has left, once the county has confirmed it', async () => {
    const { household } = await of.stored(householdId);
    await of.changed(householdId, left());
    await of.followed();
    const { changeId } = await of.changed(householdId, left(household.members[0]?.personId));
    await of.followed();
    roster.pass({ minutes: 1 });
    bodyOf(await steps.complete(taskOf(changeId), check('confirm'), approver));
    expect(await of.standing(householdId)).toMatchObject({ outcome: 'refused', tier: 'NONE', entitlements: [] });
  });

  test('can be left only, once the household has changed again: the later decision is about all of it', async () => {
    const { personId: child } = await of.changed(householdId, birth);
    await of.followed();
    roster.pass({ minutes: 1 });
    const first = await of.changed(householdId, left());
    await of.followed();
    const second = await of.changed(householdId, left(child ?? wife));
    await of.followed();
    const states = await Promise.all([first, second].map(({ changeId }) => decisionOf(changeId)));
    expect(states.map(({ change }) => change?.state)).toEqual(['awaiting-check', 'awaiting-check']);
    const refused = await writesNothing(roster, () =>
      steps.complete(taskOf(first.changeId), check('confirm'), approver),
    );
    expect(refused).toMatchObject({ ok: false, problem: 'policy-change-overtaken' });
    bodyOf(await steps.complete(taskOf(first.changeId), check('keep'), approver));
    bodyOf(await steps.complete(taskOf(second.changeId), check('confirm'), approver));
    expect((await of.standing(householdId)).memberTiers).toHaveLength(1);
  });
});

describe('what changes nothing of a decision', () => {
  test('writes nothing: not a determination, not a task, not a version', async () => {
    const { personId } = await of.changed(householdId, { ...birth, residentId: null });
    await of.followed();
    const number = { kind: 'identified', on: '2026-03-01', personId, residentId: birth.residentId };
    await of.changed(householdId, { ...number, evidence: 'household-registration' });
    const [before, decided] = [await of.stored(householdId), await of.standing(householdId)];
    await of.followed();
    expect(await of.stored(householdId)).toEqual(before);
    expect(await of.standing(householdId)).toEqual(decided);
    expect(await openTasks('140121')).toEqual([]);
  });

  test('is everything in a household of which nothing was decided', async () => {
    const { householdId: other } = await steps.submit(couple());
    await of.changed(other, birth);
    const before = await of.stored(other);
    await of.followed();
    expect(await of.stored(other)).toEqual(before);
    expect(await openTasks('140121')).toEqual([]);
  });
});

describe('what the rules cannot decide', () => {
  const { declared: _, ...undeclared } = joined;

  test('is the county’s to look at, once, and what stood stands', async () => {
    const before = await of.standing(householdId);
    const { changeId } = await of.changed(householdId, undeclared);
    const event = await told();
    await of.followed();
    expect(await of.standing(householdId)).toEqual(before);
    expect(await roster.store.determination(proposalOf(changeId))).toBeUndefined();
    const task = bodyOf(await readTask(roster.dependencies, approver, taskOf(changeId)));
    expect(task).toMatchObject({ kind: 'policy-change-check', state: 'open', determinationId: null, householdId });
    expect(await violationsIn(roster)).toEqual([]);
    await writesNothing(roster, () => relayEvent({ ...roster.dependencies, workflows: of.workflows }, event));
  });

  test('has no decision to confirm, and can be closed', async () => {
    const { changeId } = await of.changed(householdId, undeclared);
    await of.followed();
    const refused = await writesNothing(roster, () => steps.complete(taskOf(changeId), check('confirm'), approver));
    expect(refused).toMatchObject({
      problem: 'validation-failed',
      errors: [{ field: '/decision', code: 'change.undecided' }],
    });
    bodyOf(await steps.complete(taskOf(changeId), check('keep'), approver));
    expect(await openTasks('140121')).toEqual([]);
  });
});

describe('an event that is told', () => {
  test('twice, or ten times at once, decides once', async () => {
    for (const body of [birth, left()]) {
      await of.changed(householdId, body);
      const event = await told();
      const relay = () => relayEvent({ ...roster.dependencies, workflows: of.workflows }, event);
      await Promise.allSettled(Array.from({ length: 10 }, relay));
      await relay();
      await writesNothing(roster, relay);
    }
    const decisions = (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('DETERMINATION#'));
    expect(decisions).toHaveLength(3);
    expect(await openTasks('140121')).toHaveLength(1);
  });

  test('and whose relay dies after the decision, is told again and finds it', async () => {
    await of.changed(householdId, birth);
    const event = await told();
    const dying = {
      ...roster.dependencies,
      workflows: of.workflows,
      store: { ...roster.store, eventRelayed: () => Promise.reject(new Error('the process was killed')) },
    };
    await expect(relayEvent(dying, event)).rejects.toThrow(/killed/u);
    const decided = await of.standing(householdId);
    expect(await of.outbox('HouseholdChanged')).toHaveLength(1);
    await of.followed();
    expect(await of.standing(householdId)).toEqual(decided);
    expect(await of.outbox('HouseholdChanged')).toEqual([]);
  });

  test('without a household is never passed on', async () => {
    await of.changed(householdId, birth);
    const event = await told();
    const empty = { ...event, householdId: null };
    await expect(relayEvent({ ...roster.dependencies, workflows: of.workflows }, empty)).rejects.toThrow(/household/u);
  });
});

describe('a household that moved to another county', () => {
  test('is decided by the standard there, and the decision, its payments and its work are that county’s', async () => {
    const before = await of.standing(householdId);
    const { changeId } = await of.changed(householdId, { ...moved, settlement: 'urban' });
    await of.followed();
    const after = await of.standing(householdId);
    expect(after).toMatchObject({ determinationId: proposalOf(changeId), division: otherTownship });
    expect(before.division).toBe(township);
    expect(amountOf(after)).toBeGreaterThan(amountOf(before));
    const granted = async (county: string) =>
      (await roster.store.grantedDecisions(DivisionCode.parse(county), 10, null)).items.map(
        (each) => each.determinationId,
      );
    expect(await granted(otherCounty)).toEqual([after.determinationId]);
    expect(await granted('140121')).toEqual([before.determinationId]);
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is referred to the departments there; what they have not reported is withdrawn where it lived', async () => {
    const before = await roster.store.plan(householdId);
    await of.changed(householdId, moved);
    await of.followed();
    const after = await roster.store.plan(householdId);
    expect(after?.division).toBe(otherTownship);
    expect(after?.needs.map(({ item }) => item).toSorted()).toEqual(before?.needs.map(({ item }) => item).toSorted());
    const referrals = (ids: readonly { referralId: string }[] = []) =>
      Promise.all(ids.map(({ referralId }) => roster.store.referral(referralId as never)));
    expect((await referrals(before?.needs)).map((each) => each?.state)).toEqual(before?.needs.map(() => 'withdrawn'));
    expect((await referrals(after?.needs)).map((each) => [each?.state, each?.division])).toEqual(
      after?.needs.map(() => ['sent', otherTownship]),
    );
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('asks the new county to look where there would be less', async () => {
    const member = (await of.stored(householdId)).household.members[1];
    await of.changed(householdId, moved);
    await of.followed();
    roster.pass({ minutes: 1 });
    const body = left(member?.personId);
    const { changeId } = bodyOf(await of.record(householdId, body, { principal: otherApprover }));
    await of.followed();
    expect((await openTasks(otherCounty)).map(({ taskId }) => taskId)).toEqual([taskOf(changeId)]);
    expect(await openTasks('140121')).toEqual([]);
    expect(await violationsIn(roster)).toEqual([]);
    bodyOf(await steps.complete(taskOf(changeId), check('confirm'), otherApprover));
  });
});
