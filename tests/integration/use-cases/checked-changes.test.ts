import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DeathBody } from '../../../contracts/api/households.ts';
import { TaskResult } from '../../../contracts/api/tasks.ts';
import type { Determination } from '../../../domain/determinations/determination.ts';
import type { HouseholdId, PersonId, TaskId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { PolicyDraft } from '../../../domain/policy/policy-draft.ts';
import { recordDeath } from '../../../functions/households/record-death.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { type householdChanges, joined, startDecidedCouple } from '../../support/household-changes.ts';
import { payments } from '../../support/payments.ts';
import { approver, countyWorker } from '../../support/people.ts';
import { policyDependencies, policySteps, standardDraft, standardEverywhere } from '../../support/policies.ts';
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

const county = DivisionCode.parse('140121');
const left = (personId = wife) => ({ kind: 'left', on: '2026-03-01', personId, evidence: 'divorce-certificate' });
const died = async (): Promise<void> => {
  const { version } = await of.stored(householdId);
  const body = DeathBody.parse({ diedOn: '2026-03-01', evidence: 'death-certificate' });
  bodyOf(
    await recordDeath(roster.dependencies, {
      principal: countyWorker,
      householdId,
      personId: wife,
      body,
      ifMatch: version,
    }),
  );
  await of.followed();
};
const tasks = async () =>
  (await roster.store.openTasks(county, county, 10, null)).items.filter(({ kind }) => kind === 'policy-change-check');
const onlyTask = async (): Promise<TaskId> => {
  const [task, ...others] = await tasks();
  if (task === undefined || others.length > 0) throw new Error(`${others.length + 1} tasks`);
  return task.taskId;
};
const answer = (taskId: TaskId, decision: 'confirm' | 'keep') =>
  steps.complete(taskId, TaskResult.parse({ kind: 'policy-change-check', decision }), approver);
/** A version that changes nothing for those who live in the country. */
const urban = () =>
  PolicyDraft.parse({
    ...standardDraft(),
    changes: { standards: standardEverywhere('urban', 90_000, '2026-03-05') },
  });
const tierOfWife = ({ memberTiers }: Determination) => memberTiers.find(({ personId }) => personId === wife)?.tier;
const activated = async (draft: PolicyDraft): Promise<void> => {
  const policy = policySteps(policyDependencies(roster));
  const { result } = await policy.simulated(draft);
  await policy.activated(draft.version, result?.hash ?? '', '2026-03-05');
  roster.pass({ minutes: 5 });
};

describe('a decision that waits while another version comes into force', () => {
  beforeEach(async () => {
    await died();
    roster.setTime('2026-03-05T02:00:00.000Z');
  });

  test('is confirmed as it was proposed, where the new version gives the same', async () => {
    await activated(urban());
    bodyOf(await answer(await onlyTask(), 'confirm'));
    expect(await of.standing(householdId)).toMatchObject({
      change: { state: 'in-force' },
      confirmedBy: approver.subject,
    });
  });

  test('is made anew once it was left, where something else is to be given by now', async () => {
    await of.say(householdId, '2026-03-04', { 'income.wages': 250_000 });
    await activated(urban());
    const task = await onlyTask();
    expect(await writesNothing(roster, () => answer(task, 'confirm'))).toMatchObject({
      problem: 'policy-change-overtaken',
    });
    bodyOf(await answer(task, 'keep'));
    await of.followed();
    const before = await of.standing(householdId);
    const next = await onlyTask();
    expect(next).not.toBe(task);
    bodyOf(await answer(next, 'confirm'));
    const after = await of.standing(householdId);
    expect(after).toMatchObject({ previous: before.determinationId, policyVersion: 'shanxi-2026.2' });
    expect([before, after].map(tierOfWife)).toEqual(['AS_HOUSEHOLD', 'NONE']);
    await of.followed();
    expect(await tasks()).toEqual([]);
  });

  test('is asked about once, where the activation has proposed the same as is to be given by now', async () => {
    const ofDeath = await onlyTask();
    await activated(standardDraft({ rural: 70_000, validFrom: '2026-03-05' }));
    expect(await tasks()).toHaveLength(2);
    expect(await answer(ofDeath, 'confirm')).toMatchObject({ problem: 'policy-change-overtaken' });
    bodyOf(await answer(ofDeath, 'keep'));
    await of.followed();
    const ofActivation = await onlyTask();
    bodyOf(await answer(ofActivation, 'confirm'));
    await of.followed();
    expect(await tasks()).toEqual([]);
    expect(tierOfWife(await of.standing(householdId))).toBe('NONE');
  });
});

describe('the night', () => {
  test('proposes nothing that the county was asked because of a death: it is not time that has changed it', async () => {
    await died();
    const scans = dailyScans(roster);
    await scans.scanOn('2026-03-03');
    expect(await tasks()).toHaveLength(1);
    bodyOf(await answer(await onlyTask(), 'keep'));
    await of.followed();
    await scans.scanOn('2026-03-04');
    expect(await tasks()).toEqual([]);
  });

  test('proposes nothing that an activation has proposed, be it open or kept', async () => {
    roster.setTime('2026-03-05T02:00:00.000Z');
    await activated(standardDraft({ rural: 4_000, validFrom: '2026-03-02' }));
    const scans = dailyScans(roster);
    await scans.scanOn('2026-03-06');
    bodyOf(await answer(await onlyTask(), 'keep'));
    await of.followed();
    await scans.scanOn('2026-03-07');
    expect(await tasks()).toEqual([]);
  });
});

describe('what the county has kept', () => {
  test('is not asked about again where nothing had overtaken it', async () => {
    await of.changed(householdId, left());
    await of.followed();
    bodyOf(await answer(await onlyTask(), 'keep'));
    const before = await of.standing(householdId);
    await of.followed();
    expect(await tasks()).toEqual([]);
    expect(await of.standing(householdId)).toEqual(before);
  });

  test('is passed on also where the rules could not decide, and nothing follows', async () => {
    const { declared: _, ...undeclared } = joined;
    await of.changed(householdId, undeclared);
    await of.followed();
    bodyOf(await answer(await onlyTask(), 'keep'));
    await of.followed();
    expect(await of.outbox('PolicyChangeChecked')).toEqual([]);
    expect(await tasks()).toEqual([]);
  });
});

describe('a decision that is confirmed in a later month', () => {
  const confirmedInMay = async () => {
    roster.setTime('2026-05-06T02:00:00.000Z');
    bodyOf(await answer(await onlyTask(), 'confirm'));
    return of.standing(householdId);
  };

  test('is decided then, and payable from the month after', async () => {
    await of.changed(householdId, left());
    await of.followed();
    expect(await confirmedInMay()).toMatchObject({
      outcome: 'granted',
      evaluatedOn: '2026-03-02',
      decidedOn: '2026-05-06',
      payableFrom: '2026-06-01',
    });
  });

  test('is payable from where it was proposed to be, where somebody has died: the living do not wait for theirs', async () => {
    await died();
    expect(await confirmedInMay()).toMatchObject({ decidedOn: '2026-05-06', payableFrom: '2026-04-01' });
  });

  test('ends nothing unseen: what was paid before is listed in that month, and held', async () => {
    const { household } = await of.stored(householdId);
    await of.changed(householdId, left());
    await of.changed(householdId, left(household.members[0]?.personId));
    await of.followed();
    const all = await tasks();
    roster.setTime('2026-05-06T02:00:00.000Z');
    const answers = await Promise.all(all.map(({ taskId }) => answer(taskId, 'confirm')));
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(await of.standing(householdId)).toMatchObject({ outcome: 'refused', decidedOn: '2026-05-06' });
    const scans = dailyScans(roster);
    const { paymentRunId } = bodyOf(await scans.request(countyWorker, '2026-05'));
    await payments(roster).walk();
    expect(await scans.lines(paymentRunId)).toMatchObject([{ state: 'held' }]);
  });
});
