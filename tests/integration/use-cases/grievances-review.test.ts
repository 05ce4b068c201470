import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Principal } from '../../../contracts/principal.ts';
import type { DeterminationId, GrievanceId, HouseholdId, TaskId } from '../../../domain/ids.ts';
import { listTasks } from '../../../functions/tasks/list-tasks.ts';
import { complaintBody, examiner, grievances, reviewBody } from '../../support/grievances.ts';
import { householdChanges } from '../../support/household-changes.ts';
import { approver, county, couple, principal } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof grievances>;
let changes: ReturnType<typeof householdChanges>;
let householdId: HouseholdId;
let determinationId: DeterminationId;
let grievanceId: GrievanceId;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = grievances(roster.dependencies);
  changes = householdChanges(roster);
  ({ householdId, determinationId } = await referralSteps(roster.dependencies).decided(couple()));
  await changes.relayed(['DeterminationRecorded']);
  roster.pass({ minutes: 1 });
  grievanceId = await upheld(reviewBody(determinationId));
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const upheld = async (body: object): Promise<GrievanceId> => {
  const id = bodyOf(await of.receive(body)).grievanceId;
  bodyOf(await of.accept(id));
  bodyOf(await of.decide(id, 'upheld'));
  return id;
};
const review = (findings: object[] = [], changed: object = {}) => ({
  ...{ visitedOn: '2026-03-02', investigators: [examiner.subject, 'zhou'], findings },
  ...changed,
});
const remedy = async (
  result: object,
  { as = examiner, of: id = grievanceId }: { as?: Principal; of?: GrievanceId } = {},
) => {
  const task = await of.task(id, 'grievance-remedy');
  const told = { kind: 'grievance-remedy', applicationId: null, review: null, note: 'It was seen to.', ...result };
  return reviewSteps(roster.dependencies).complete(task?.taskId as TaskId, told as never, as);
};
const income = async (value: number) => {
  const [first] = (await changes.stored(householdId)).household.members;
  return { kind: 'income.transfer', personId: first?.personId, value };
};
const checks = async () =>
  bodyOf(await listTasks(roster.dependencies, approver, { county: undefined, limit: 50, after: null })).tasks.filter(
    ({ kind }) => kind === 'policy-change-check',
  );

test('an administrative review that was upheld has the household decided anew by what was found, without a new application', async () => {
  const before = await changes.standing(householdId);
  expect(bodyOf(await remedy({ review: review([await income(0)]) }))).toMatchObject({
    completed: { outcome: 'remedied' },
  });
  await changes.relayed(['HouseholdReviewed', 'HouseholdRedecided']);
  const after = await changes.standing(householdId);
  expect(after).toMatchObject({ previous: before.determinationId, change: { cause: { grievanceId } } });
  expect(after.entitlements[0]?.amount).toBeGreaterThan(before.entitlements[0]?.amount ?? 0);
  expect(await violationsIn(roster)).toEqual([]);
});

test('it does not end with a note alone, nor with a review that is told beside an application', async () => {
  const fault = (code: string) => ({ problem: 'validation-failed', errors: [{ field: '/review', code }] });
  expect(await writesNothing(roster, () => remedy({}))).toMatchObject(fault('grievance.not-reviewed'));
  expect(await remedy({ review: review(), applicationId: `app_${'0'.repeat(32)}` })).toMatchObject(
    fault('grievance.review'),
  );
  const complaint = await upheld(complaintBody());
  expect(await remedy({ review: review() }, { of: complaint })).toMatchObject(fault('grievance.review'));
  expect(bodyOf(await remedy({}, { of: complaint }))).toMatchObject({ state: 'completed' });
});

test('it is reviewed by two who had no hand in the decision, one of them the caller, and each fault names its field', async () => {
  const { assessors } = (await roster.store.review((await changes.standing(householdId)).reviewId as never)) ?? {
    assessors: [],
  };
  const involved = review([], { investigators: [examiner.subject, assessors[0]] });
  expect(await remedy({ review: involved })).toMatchObject({ problem: 'grievance-four-eyes' });
  const faults = [
    [review([], { investigators: ['zhou', 'wu'] }), '/review/investigators assessor.caller-absent'],
    [review([], { visitedOn: '2026-04-01' }), '/review/visitedOn date.future'],
    [
      review([{ ...(await income(0)), personId: `per_${'0'.repeat(32)}` }]),
      '/review/findings/0/personId member.unknown-reference',
    ],
  ] as const;
  for (const [told, expected] of faults) {
    const refused = await remedy({ review: told });
    expect(refused.ok ? [] : refused.errors?.map(({ field, code }) => `${field} ${code}`)).toEqual([expected]);
  }
});

test('what it would take away is checked by nobody who had a hand in the decision', async () => {
  bodyOf(await remedy({ review: review([await income(20_000_000)]) }));
  await changes.relayed(['HouseholdReviewed', 'HouseholdRedecided']);
  const [task] = await checks();
  if (task === undefined) throw new Error('nothing is to be checked');
  const { complete } = reviewSteps(roster.dependencies);
  const keep = { kind: 'policy-change-check', decision: 'keep' } as const;
  expect(await writesNothing(roster, () => complete(task.taskId, keep, approver))).toMatchObject({
    problem: 'grievance-four-eyes',
  });
  bodyOf(await complete(task.taskId, keep, principal('approver', county, 'qian-examiner')));
  expect(await violationsIn(roster)).toEqual([]);
});
