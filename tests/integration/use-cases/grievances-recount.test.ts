import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GrievanceId } from '../../../domain/ids.ts';
import type { Item } from '../../support/engine.ts';
import { complaintBody, examiner, grievances, reviewBody } from '../../support/grievances.ts';
import { violationsIn } from '../../support/recount.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let waiting: GrievanceId;
let upheld: GrievanceId;

/** One grievance in each state there is, of both kinds, and an anonymous one. */
beforeAll(async () => {
  roster = await startRoster();
  const { dependencies } = roster;
  const of = grievances(dependencies);
  const { determinationId } = await referralSteps(dependencies).decided();
  const received = async () => bodyOf(await of.receive(reviewBody(determinationId))).grievanceId;
  const accepted = async () => {
    const id = await received();
    bodyOf(await of.accept(id));
    return id;
  };
  waiting = await received();
  bodyOf(await of.anonymous());
  await accepted();
  bodyOf(await of.accept(bodyOf(await of.receive(complaintBody())).grievanceId));
  bodyOf(await of.refuse(await received()));
  bodyOf(await of.decide(await accepted(), 'rejected'));
  bodyOf(await of.withdraw(await accepted()));
  upheld = await accepted();
  bodyOf(await of.decide(upheld, 'upheld'));
  const settled = await accepted();
  bodyOf(await of.decide(settled, 'upheld'));
  const task = await of.task(settled, 'grievance-remedy');
  const review = { visitedOn: '2026-03-02', investigators: [examiner.subject, 'zhou'], findings: [] } as never;
  const result = { kind: 'grievance-remedy', applicationId: null, review, note: 'The home was seen.' } as const;
  bodyOf(await reviewSteps(dependencies).complete(task?.taskId as never, result, examiner));
});
afterAll(() => roster.stop());

const isTask = (id: GrievanceId, kind: string) => (item: Item) => item['grievanceId'] === id && item['kind'] === kind;
const without = (isMeant: (item: Item) => boolean) => (items: readonly Item[]) =>
  items.filter((item) => !isMeant(item));
const changing = (isMeant: (item: Item) => boolean, values: object) => (items: readonly Item[]) =>
  items.map((item) => (isMeant(item) ? { ...item, ...values } : item));

test('grievances in every state are counted and found in order', async () => {
  expect(await violationsIn(roster)).toEqual([]);
});

test('a grievance that nobody has on the desk is found', async () => {
  const found = await violationsIn(roster, without(isTask(waiting, 'grievance-acceptance')));
  expect(found).toContainEqual(expect.stringContaining(`I4: ${waiting}: is received and its open tasks are: none`));
});

test('what was upheld and led to nothing is found', async () => {
  const found = await violationsIn(roster, without(isTask(upheld, 'grievance-remedy')));
  expect(found).toContainEqual(expect.stringContaining(`I1: ${upheld}: is upheld and has 0 tasks to put it right`));
});

test('the words of a complainant in plain text are found', async () => {
  const isGrievance = (item: Item) => item['pk'] === `GRIEVANCE#${waiting}`;
  const found = await violationsIn(roster, changing(isGrievance, { grounds: 'anything' }));
  expect(found).toContainEqual(expect.stringContaining('I8'));
});

test('a task of another county than its grievance is found', async () => {
  const found = await violationsIn(roster, changing(isTask(waiting, 'grievance-acceptance'), { division: '140105' }));
  expect(found).toContainEqual(expect.stringContaining('is of another county than its grievance'));
});
