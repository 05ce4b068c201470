import { beforeEach, expect, test } from 'vitest';
import type { Item } from '../../../adapters/dynamodb/reading.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { acceptReferral } from '../../../functions/referrals/accept-referral.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { county, countyWorker, department } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof dailyScans>;
let steps: ReturnType<typeof referralSteps>;
beforeEach(async () => {
  roster = await startRoster();
  of = dailyScans(roster);
  steps = referralSteps(roster.dependencies);
  return () => roster.stop();
});

const unanswered = 'referral-unanswered' as const;
const scanAt = async (instant: string): Promise<void> => {
  roster.setTime(instant);
  await of.scan();
};
const runSweep = () =>
  sweep({ ...roster.dependencies, workflows: rememberingWorkflows() }, [DivisionCode.parse(county)], (error) => {
    throw error;
  });
/** Of the referrals to one department, the tasks. */
const tasksOf = async (referralId: string) => (await of.tasks()).filter((task) => task.referralId === referralId);

test('a referral is a line with its task from the moment its time is over, whether or not the sweep has been there', async () => {
  const { referrals } = await steps.referred();
  // Three working days from Monday end with Thursday: at midnight of Friday in China.
  await scanAt('2026-03-05T15:59:59.999Z');
  expect(await of.counted(unanswered)).toMatchObject({ found: 0 });
  await scanAt('2026-03-05T16:00:00.000Z');
  expect(await of.counted(unanswered)).toMatchObject({ found: referrals.length, opened: referrals.length });
  expect((await of.tasks()).map(({ referralId }) => referralId).toSorted()).toEqual(referrals.toSorted());
  await runSweep();
  await scanAt('2026-03-07T19:00:00.000Z');
  expect(await of.counted(unanswered)).toMatchObject({ found: referrals.length, opened: 0, byTask: referrals.length });
  expect(await of.tasks()).toHaveLength(referrals.length);
});

test('a referral that is late once more has a task once more, unless the first is still open, which covers it', async () => {
  const [answered, other] = await steps.all(await steps.referred());
  if (answered === undefined || other === undefined) throw new Error('too few referrals');
  await scanAt('2026-03-05T19:00:00.000Z');
  await runSweep();
  for (const { department: code, referralId } of [answered, other])
    bodyOf(await acceptReferral(roster.dependencies, department(code), referralId));
  const [first] = await tasksOf(answered.referralId);
  if (first === undefined) throw new Error('no task');
  expect((await of.complete(first.taskId, unanswered)).ok).toBe(true);
  expect(await tasksOf(answered.referralId)).toEqual([]);
  // Both are now late with their result.
  await scanAt('2027-03-05T19:00:00.000Z');
  expect(await tasksOf(answered.referralId)).toHaveLength(1);
  expect(await tasksOf(other.referralId)).toHaveLength(1);
  await runSweep();
  await scanAt('2027-03-06T19:00:00.000Z');
  expect(await of.counted(unanswered)).toMatchObject({ opened: 0 });
  expect(await violationsIn(roster)).toEqual([]);
});

test('the task of a referral names it, with the people it is for and no item', async () => {
  const { referralId } = await steps.one();
  await scanAt('2026-03-05T19:00:00.000Z');
  const [task] = await tasksOf(referralId);
  if (task === undefined) throw new Error('no task');
  const seen = bodyOf(await readTask(roster.dependencies, countyWorker, task.taskId));
  expect(seen).toMatchObject({ missedNeed: { referralId, month: null, determinationId: null }, missedItem: null });
  expect(seen.members).toHaveLength(2);
});

test('everything a scan writes is what a recount knows, from the first task to the last', async () => {
  await steps.referred();
  await scanAt('2026-05-11T19:00:00.000Z');
  const open = await of.tasks();
  expect(new Set(open.map(({ kind }) => kind))).toEqual(new Set(['entitled-not-delivered', unanswered]));
  for (const { taskId, kind } of open) if (kind !== 'periodic-review') bodyOf(await of.complete(taskId, kind));
  await runSweep();
  expect(await violationsIn(roster)).toEqual([]);
  const months = (items: readonly Item[]): Item[] => {
    const task = items.find((item) => item['kind'] === 'entitled-not-delivered');
    return [...items, { ...task, pk: `TASK#tsk_${'0'.repeat(32)}`, taskId: `tsk_${'0'.repeat(32)}` }];
  };
  expect((await violationsIn(roster, months)).some((text) => text.includes('has opened 2 tasks for it'))).toBe(true);
});
