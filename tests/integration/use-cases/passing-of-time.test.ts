import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { TaskResult } from '../../../contracts/api/tasks.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import type { HouseholdId, TaskId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { recordFacts } from '../../../functions/record-facts.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { completeTask } from '../../../functions/tasks/complete-task.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { birth, householdChanges } from '../../support/household-changes.ts';
import { alone, approver, investigators, townshipWorker } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let scans: ReturnType<typeof dailyScans>;
let of: ReturnType<typeof householdChanges>;
let steps: ReturnType<typeof reviewSteps>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  scans = dailyScans(roster);
  of = householdChanges(roster);
  steps = reviewSteps(roster.dependencies);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const county = DivisionCode.parse('140121');
const periodic = 'periodic-review' as const;
const nothing = { found: 0, opened: 0, byTask: 0, byReview: 0, byPaymentRun: [] };
const counted = async (day: string) => {
  await scans.scanOn(day);
  return scans.counted(periodic);
};
/** Violations, once the sweep has ended notices and escalated what is late. */
const violations = async () => {
  await sweep({ ...roster.dependencies, workflows: of.workflows }, [county], (error) => {
    throw error;
  });
  return violationsIn(roster);
};
const redecided = async (day: string): Promise<number> => {
  await scans.scanOn(day);
  return bodyOf(await scans.read(scans.started.at(-1)?.day ?? ('' as never))).redecided;
};
const reviews = async () => (await scans.tasks()).filter(({ kind }) => kind === periodic);
const openTasks = async (kind: Task['kind']) =>
  (await roster.store.openTasks(county, county, 100, null)).items.filter((task) => task.kind === kind);

/** Too old to work, and kept from extreme hardship by somebody who could support him. */
const aged = () => alone({ birthDate: '1958-03-12' });

/** A household, of one man unless another is given, to which the allowance was granted in March 2026. */
const decided = async (body = alone()): Promise<HouseholdId> => {
  const { householdId, reviewId } = await steps.submitToConfirmation(body);
  await steps.confirm(reviewId);
  await steps.record(reviewId);
  return householdId;
};
const decidedOn = async (householdId: HouseholdId) => (await of.standing(householdId)).decidedOn;
const inMonths = (day: string, months: number, days = 0): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, date + days)).toISOString().slice(0, 10);
};

const say = (...told: Parameters<typeof of.say>) => of.say(...told);
/** Everything that is on file, as of another day. */
const refresh = async (householdId: HouseholdId, asOf: string): Promise<void> => {
  const { facts, members } = (await of.stored(householdId)).household;
  const firsts = facts.filter(({ subject }) => subject === householdId || subject === members[0]?.personId);
  await say(householdId, asOf, Object.fromEntries(firsts.map(({ kind, value }) => [kind, value])));
};

const visit = (visitedOn: string, findings: readonly object[] = []) =>
  TaskResult.parse({ kind: periodic, visitedOn, investigators, findings });
const complete = (taskId: TaskId, result: TaskResult, by = townshipWorker) =>
  completeTask(roster.dependencies, { principal: by, taskId, result, ifMatch: null });

describe('what time has changed while an application was on a desk', () => {
  test('is decided as soon as that is over, however long it took', async () => {
    const { householdId, reviewId } = await steps.submitToConfirmation(
      alone({ birthDate: '1966-03-10', capableSupporters: 0 }),
    );
    roster.setTime('2026-04-13T02:00:00.000Z');
    await steps.confirm(reviewId);
    await steps.record(reviewId);
    expect(await of.standing(householdId)).toMatchObject({
      evaluatedOn: '2026-03-02',
      tier: 'MINIMUM_LIVING_ALLOWANCE',
    });
    expect(await redecided('2026-04-14')).toBe(1);
    expect((await of.standing(householdId)).tier).toBe('EXTREME_HARDSHIP');
  });
});

describe('a periodic review', () => {
  test('of a household whose income is stable falls due once a year, to the day', async () => {
    const householdId = await decided(aged());
    const day = await decidedOn(householdId);
    roster.pass({ days: 150 });
    await refresh(householdId, inMonths(day, 5));
    expect(await counted(inMonths(day, 12, -1))).toEqual(nothing);
    expect(await counted(inMonths(day, 12))).toEqual({ ...nothing, found: 1, opened: 1 });
    expect(await reviews()).toMatchObject([
      { householdId, state: 'open', foundOn: inMonths(day, 12), division: '140121100' },
    ]);
    expect(await counted(inMonths(day, 12, 1))).toEqual({ ...nothing, found: 1, byTask: 1 });
    expect(await reviews()).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });

  test('of a member able to work, or of income that is earned, falls due every half-year', async () => {
    const able = await decided();
    const earning = await decided(aged());
    await say(earning, '2026-03-20', { 'income.wages': 1_000_00 });
    const day = await decidedOn(earning);
    expect(await decidedOn(able)).toBe(day);
    expect(await counted(inMonths(day, 6, -1))).toEqual(nothing);
    expect(await counted(inMonths(day, 6))).toEqual({ ...nothing, found: 2, opened: 2 });
  });

  test('counts from the last one', async () => {
    const householdId = await decided();
    const day = await decidedOn(householdId);
    await scans.scanOn(inMonths(day, 6));
    const [task] = await reviews();
    if (task === undefined) throw new Error('no review');
    scans.nightOf(inMonths(day, 7));
    const done = bodyOf(await complete(task.taskId, visit(inMonths(day, 6, 20))));
    expect(done).toMatchObject({ state: 'completed', completed: { outcome: 'reviewed' } });
    await refresh(householdId, inMonths(day, 6, 20));
    expect(await counted(inMonths(day, 13, -1))).toEqual(nothing);
    expect(await counted(inMonths(day, 13))).toEqual({ ...nothing, found: 1, opened: 1 });
    expect(await violations()).toEqual([]);
  });

  test('writes what was found, and has the household decided anew by it', async () => {
    const householdId = await decided();
    const before = await of.standing(householdId);
    const day = before.decidedOn;
    await scans.scanOn(inMonths(day, 6));
    const [task] = await reviews();
    if (task === undefined) throw new Error('no review');
    const seen = bodyOf(await readTask(roster.dependencies, townshipWorker, task.taskId));
    expect(seen).toMatchObject({
      members: [{ relation: 'applicant' }],
      missedNeed: { en: expect.stringContaining('review') },
    });
    const { members } = (await of.stored(householdId)).household;
    const nothingLeft = { kind: 'income.transfer', personId: members[0]?.personId, value: 0 };
    bodyOf(await complete(task.taskId, visit(inMonths(day, 6, -1), [nothingLeft])));
    await of.relayed(['HouseholdReviewed', 'HouseholdRedecided']);
    const after = await of.standing(householdId);
    expect(after).toMatchObject({ previous: before.determinationId, change: { state: 'in-force' } });
    expect(after.entitlements[0]?.amount).toBeGreaterThan(before.entitlements[0]?.amount ?? 0);
    // What a change led to was looked at by nobody: the next review counts from this one.
    await refresh(householdId, inMonths(day, 6));
    expect(await counted(inMonths(day, 12))).toEqual({ ...nothing, found: 1, opened: 1 });
    expect(await violations()).toEqual([]);
  });

  test('is due as long after people decided, whatever a change has led to since', async () => {
    const householdId = await decided();
    const day = await decidedOn(householdId);
    scans.nightOf(inMonths(day, 3));
    await of.changed(householdId, birth);
    await of.relayed(['HouseholdChanged', 'HouseholdRedecided']);
    expect(await of.standing(householdId)).toMatchObject({
      decidedOn: inMonths(day, 3),
      change: { state: 'in-force' },
    });
    expect(await counted(inMonths(day, 6, -1))).toEqual(nothing);
    expect(await counted(inMonths(day, 6))).toEqual({ ...nothing, found: 1, opened: 1 });
  });

  test('is done by two who were there, one of them the caller, and by nobody who confirms', async () => {
    const householdId = await decided();
    const day = await decidedOn(householdId);
    await scans.scanOn(inMonths(day, 6));
    const [task] = await reviews();
    if (task === undefined) throw new Error('no review');
    const absent = { ...visit(day), investigators: ['li-other', 'wang-other'] } as TaskResult;
    await writesNothing(roster, async () => {
      expect(refusalOf(await complete(task.taskId, absent))).toMatchObject({
        errors: [{ code: 'assessor.caller-absent' }],
      });
      expect(refusalOf(await complete(task.taskId, visit(inMonths(day, 7))))).toMatchObject({
        problem: 'validation-failed',
      });
      expect(refusalOf(await complete(task.taskId, visit(day), approver))).toMatchObject({ problem: 'forbidden' });
      const remedied = { kind: 'left-still-in-hardship', outcome: 'remedied', note: 'Done.' } as const;
      expect(refusalOf(await complete(task.taskId, remedied))).toMatchObject({ problem: 'validation-failed' });
    });
  });

  test('is due at once where facts have grown too old to decide by, and is not asked again before a month', async () => {
    const householdId = await decided(aged());
    const { facts } = (await of.stored(householdId)).household;
    const oldest = facts.map(({ asOf }) => asOf).toSorted()[0] ?? '';
    expect(await counted(inMonths(oldest, 12))).toEqual(nothing);
    expect(await counted(inMonths(oldest, 12, 1))).toEqual({ ...nothing, found: 1, opened: 1 });
    const [task] = await reviews();
    if (task === undefined) throw new Error('no review');
    const visitedOn = inMonths(oldest, 12, 1);
    bodyOf(await complete(task.taskId, visit(visitedOn)));
    expect(await counted(inMonths(visitedOn, 1, -1))).toEqual(nothing);
    expect(await counted(inMonths(visitedOn, 1))).toMatchObject({ found: 1, opened: 1 });
  });

  test('is covered by an application that is under review', async () => {
    const body = alone();
    const householdId = await decided(body);
    const day = await decidedOn(householdId);
    scans.nightOf(inMonths(day, 5));
    await steps.submit({
      ...body,
      declarationSignedOn: inMonths(day, 5) as never,
      members: body.members.map((member) => ({
        ...member,
        consent: { givenOn: inMonths(day, 5), expiresOn: inMonths(day, 17) } as never,
      })),
    });
    expect(await counted(inMonths(day, 6))).toEqual({ ...nothing, found: 1, byReview: 1 });
    expect(await reviews()).toEqual([]);
  });
});

describe('what time alone changes', () => {
  test('holds at once where it adds: at sixty, without anybody to support him, a man is in extreme hardship', async () => {
    const householdId = await decided(alone({ birthDate: '1966-06-15', capableSupporters: 0 }));
    const before = await of.standing(householdId);
    expect(before.tier).toBe('MINIMUM_LIVING_ALLOWANCE');
    expect(await redecided('2026-06-14')).toBe(0);
    expect(await redecided('2026-06-15')).toBe(1);
    expect(await of.standing(householdId)).toMatchObject({
      tier: 'EXTREME_HARDSHIP',
      previous: before.determinationId,
      change: { cause: { kind: 'passing-of-time', day: '2026-06-15' }, state: 'in-force' },
      confirmedBy: 'reassessment',
    });
    const { version } = await of.stored(householdId);
    expect(await redecided('2026-06-16')).toBe(0);
    expect((await of.stored(householdId)).version).toBe(version);
    expect(await of.outbox('HouseholdRedecided')).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });

  test('waits for the county where it takes away, and is asked once, also when the county keeps what stands', async () => {
    const householdId = await decided();
    const before = await of.standing(householdId);
    await say(householdId, '2026-03-20', {
      'employment.started-on': '2026-03-20',
      'income.wages': 9_000_000,
      'allowance.paid': before.entitlements[0]?.amount,
    });
    expect(await redecided('2026-09-19')).toBe(0);
    expect(await redecided('2026-09-20')).toBe(1);
    expect((await of.standing(householdId)).determinationId).toBe(before.determinationId);
    const [task, ...others] = await openTasks('policy-change-check');
    if (task === undefined) throw new Error('no task');
    expect(others).toEqual([]);
    expect(await redecided('2026-09-21')).toBe(0);
    bodyOf(await complete(task.taskId, TaskResult.parse({ kind: 'policy-change-check', decision: 'keep' }), approver));
    expect(await redecided('2026-09-22')).toBe(0);
    expect(await openTasks('policy-change-check')).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  test('is not what came with other facts: a feed or a visit has its own way', async () => {
    const householdId = await decided();
    await say(householdId, '2026-04-30', { 'income.wages': 9_000_000 });
    expect(await redecided('2026-05-01')).toBe(0);
    const { members } = (await of.stored(householdId)).household;
    const given = Fact.parse({
      kind: 'income.other',
      subject: members[0]?.personId,
      value: 9_000_000,
      unit: 'fen-per-12-months',
      dataset: 'tax',
      asOf: '2026-05-01',
      recordedAt: roster.at(),
    });
    expect(await recordFacts(roster.dependencies, householdId, [given])).toBe('recorded');
    expect(await redecided('2026-05-02')).toBe(0);
  });
});
