import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import type { Household } from '../../../domain/households/household.ts';
import { completeTask } from '../../../functions/tasks/complete-task.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { countyWorker } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

const kind = 'undecided-in-hardship' as const;
const nothing = { found: 0, opened: 0, byTask: 0, byReview: 0, byPaymentRun: [] };

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

const theTask = async () => {
  const [task, ...others] = await of.tasks();
  if (task === undefined || others.length > 0) throw new Error('there is not one task');
  return task;
};
const complete = async (outcome: 'remedied' | 'nothing-missing'): Promise<void> => {
  const result = { kind, outcome, note: 'We have been there.' };
  const { taskId } = await theTask();
  expect((await completeTask(of.dependencies, { principal: countyWorker, taskId, result, ifMatch: null })).ok).toBe(
    true,
  );
};
/** The application of a household is withdrawn while it is being reviewed. */
const withdraws = async ({ application, review, change }: Awaited<ReturnType<typeof of.left>>): Promise<void> => {
  const [applied, reviewed] = [
    { ...application, state: 'withdrawn', version: application.version + 1 } as const,
    { ...review, state: 'cancelled', version: review.version + 1 } as const,
  ];
  const result = await roster.store.commit(
    change(
      [
        { kind: 'application', value: applied, from: [application.state] },
        { kind: 'review', value: reviewed, from: [review.state] },
      ],
      { number: 3 },
    ),
  );
  expect(result.ok, JSON.stringify(result)).toBe(true);
};
/** Writes what is on file about a household otherwise; it has to differ. */
const rewrites = async (
  { household: { household }, change }: Awaited<ReturnType<typeof of.left>>,
  otherwise: (household: Household) => Household,
): Promise<void> => {
  const before = await roster.store.household(household.householdId);
  if (before === undefined) throw new Error(`${household.householdId} is not in the store`);
  const value = { ...before, household: otherwise(before.household), version: 2 };
  expect(value.household).not.toEqual(before.household);
  const result = await roster.store.commit(change([{ kind: 'household', value }], { number: 2 }));
  expect(result.ok, JSON.stringify(result)).toBe(true);
};

describe('a household about which nothing was ever decided', () => {
  test('and that is in hardship by what is on file is a line with a task, the same every night', async () => {
    const { household } = await of.left('forgotten', {});
    await of.scanOn('2026-04-11');
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 1, opened: 1 });
    const task = await theTask();
    expect(task).toMatchObject({ kind, householdId: household.household.householdId, dueOn: '2026-04-24' });
    const read = bodyOf(await readTask(of.dependencies, countyWorker, task.taskId));
    expect(read.missedNeed?.en).toContain('nothing decided');
    expect(read.dueBasis.basis).toBe('assumption');
    const [scan] = of.started;
    if (scan === undefined) throw new Error('no scan was begun');
    await writesNothing(roster, () => of.walk(scan));
    for (let day = 12; day <= 20; day += 1) await of.scanOn(`2026-04-${day}`);
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 1, byTask: 1 });
    expect(await of.tasks()).toHaveLength(1);
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is none when it would be in no tier, or has left', async () => {
    await of.left('well off', { wages: 5_000_000 });
    await of.left('left', { exitOn: '2025-06-01' });
    await of.left('left long ago', { exitOn: '2022-06-01' });
    await of.left('refused', { decidedOn: '2026-02-10' });
    await of.scanOn('2026-04-11');
    expect(await of.counted(kind)).toEqual(nothing);
    expect(await of.counted('left-still-in-hardship')).toMatchObject({ found: 2 });
  });

  test('is covered by the review of its application, and has chosen when it withdraws that', async () => {
    const records = await of.left('applying', {});
    await of.applies(records);
    await of.scanOn('2026-04-11');
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 1, byReview: 1 });
    await withdraws(records);
    await of.scanOn('2026-04-12');
    expect(await of.counted(kind)).toEqual(nothing);
    expect(await of.tasks()).toEqual([]);
  });

  test('is asked about again when thirty days after it was put right nothing is decided, and not when nothing was missing', async () => {
    await of.left('forgotten', {});
    await of.scanOn('2026-04-11');
    await complete('remedied');
    await of.scanOn('2026-05-10');
    expect(await of.tasks()).toEqual([]);
    await of.scanOn('2026-05-11');
    await complete('nothing-missing');
    for (const day of ['2026-05-12', '2026-07-11', '2026-10-11']) await of.scanOn(day);
    expect(await of.tasks()).toEqual([]);
    expect(await violationsIn(roster)).toEqual([]);
  });
});

describe('a household that was taken over with its tier', () => {
  const takenOver = { tier: 'MINIMUM_LIVING_ALLOWANCE', seenOn: '2025-10-10' } as const;

  test('has a task once half a year has passed since its means were looked at, though it may not be in hardship', async () => {
    await of.left('taken over', takenOver);
    await of.left('better off since', { ...takenOver, wages: 5_000_000 });
    await of.scanOn('2026-04-09');
    expect(await of.counted(kind)).toEqual(nothing);
    await of.scanOn('2026-04-10');
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 2, opened: 2 });
    await of.scanOn('2026-04-11');
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 2, byTask: 2 });
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is asked about at once where nothing of its means is on file, or that is too old to decide by', async () => {
    await rewrites(await of.left('without papers', takenOver), (household) => ({ ...household, facts: [] }));
    await of.left('long ago', { ...takenOver, seenOn: '2023-10-10' });
    await of.scanOn('2026-03-11');
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 2, opened: 2 });
  });

  test('is not looked at later because a department has told one kind of fact since', async () => {
    await rewrites(await of.left('told about', takenOver), ({ facts, ...household }) => ({
      ...household,
      facts: facts.map((fact) =>
        fact.kind === 'asset.vehicles' ? { ...fact, asOf: LocalDate.parse('2026-03-01') } : fact,
      ),
    }));
    await of.scanOn('2026-04-10');
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 1, opened: 1 });
  });

  test('is none when it is not a tier that is reviewed, or nobody of it lives', async () => {
    await of.left('watched', { ...takenOver, tier: 'OTHER_LOW_INCOME' });
    await rewrites(await of.left('dead', takenOver), ({ members, ...household }) => ({
      ...household,
      members: members.map((member) => ({ ...member, deceasedOn: LocalDate.parse('2026-01-10') })),
    }));
    await of.scanOn('2026-06-11');
    expect(await of.counted(kind)).toEqual(nothing);
  });

  test('is covered by the review of its application, and is asked about though it withdraws that: the tier stands', async () => {
    const records = await of.left('applying', takenOver);
    await of.applies(records);
    await of.scanOn('2026-04-10');
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 1, byReview: 1 });
    await withdraws(records);
    await of.scanOn('2026-04-11');
    expect(await of.counted(kind)).toEqual({ ...nothing, found: 1, opened: 1 });
  });

  test('is asked about again for as long as nothing is decided: after thirty days, or when its next review is due', async () => {
    await of.left('taken over', takenOver);
    await of.scanOn('2026-04-10');
    await complete('remedied');
    await of.scanOn('2026-05-09');
    expect(await of.tasks()).toEqual([]);
    await of.scanOn('2026-05-10');
    await complete('nothing-missing');
    await of.scanOn('2026-11-09');
    expect(await of.tasks()).toEqual([]);
    await of.scanOn('2026-11-10');
    expect(await of.tasks()).toHaveLength(1);
    expect(await violationsIn(roster)).toEqual([]);
  });
});
