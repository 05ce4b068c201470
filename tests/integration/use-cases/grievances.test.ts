import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { SubmitApplicationBody } from '../../../contracts/api/applications.ts';
import { AnonymousGrievanceView, GrievanceList, GrievanceView } from '../../../contracts/api/grievances.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { DeterminationId, GrievanceId, TaskId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { involvedIn } from '../../../functions/grievances/involved-in.ts';
import { grievanceOperations } from '../../../functions/grievances/operations.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { listTasks } from '../../../functions/tasks/list-tasks.ts';
import { type Edge, edgeOf, faultsIn, viewIn } from '../../support/edge.ts';
import { complainant, complaintBody, examiner, grievances, phone, reviewBody } from '../../support/grievances.ts';
import {
  approver,
  auditor,
  county,
  countyWorker,
  couple,
  department,
  investigatingApprover,
  neighbouringWorker,
  otherCountyWorker,
  principal,
  townshipWorker,
} from '../../support/people.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, rememberingWorkflows, reviewSteps, submissionOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof grievances>;
let edge: Edge;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = grievances(roster.dependencies);
  edge = edgeOf(grievanceOperations(roster.dependencies));
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const swept = () =>
  sweep({ ...roster.dependencies, workflows: rememberingWorkflows() }, [DivisionCode.parse(county)], (error) => {
    throw error;
  });
const received = async (body?: object): Promise<GrievanceId> => bodyOf(await of.receive(body)).grievanceId;
const accepted = async (body?: object): Promise<GrievanceId> => {
  const id = await received(body);
  bodyOf(await of.accept(id));
  return id;
};
const read = (id: GrievanceId, as: Principal) => edge.call({ as, path: `/grievances/${id}` });
const workOf = async (as: Principal) =>
  bodyOf(await listTasks(roster.dependencies, as, { county: undefined, limit: 50, after: null })).tasks;
let keys = 0;
const submit = async (family: SubmitApplicationBody) => {
  keys += 1;
  return bodyOf(
    await submitApplication(roster.dependencies, submissionOf(roster.dependencies, family, `of-grievances-${keys}`)),
  );
};
const decidedFamily = async () => {
  const family = couple();
  return { family, ...(await referralSteps(roster.dependencies).decided(family)) };
};

describe('a grievance', () => {
  test('is on a desk of the county from the first moment, with its deadline and the rule it comes from', async () => {
    const view = bodyOf(await of.receive());
    expect(view).toMatchObject({ state: 'received', kind: 'complaint', division: county, acceptBy: '2026-03-09' });
    expect(view.acceptRule.basis).toBe('assumption');
    expect(await workOf(countyWorker)).toMatchObject([
      { kind: 'grievance-acceptance', grievanceId: view.grievanceId, householdId: null, emergencyAidId: null },
    ]);
    expect(await workOf(townshipWorker)).toEqual([]);
  });

  test('about a decision has sixty days from its acceptance, a complaint thirty working days', async () => {
    const { determinationId } = await decidedFamily();
    const review = bodyOf(await of.accept(await received(reviewBody(determinationId))));
    expect(review).toMatchObject({ state: 'accepted', about: 'decision', decideBy: '2026-05-01' });
    expect(review.decideRule).toMatchObject({ basis: 'assumption' });
    expect(review.decideRule.citation).toContain('article 62');
    const complaint = bodyOf(await of.accept(await received()));
    expect(complaint).toMatchObject({ decideBy: '2026-04-14' });
    expect(complaint.decideRule.citation).toContain('local setting, no national rule');
  });

  test('repeated under the same key is the same grievance, and another body under it is refused', async () => {
    const first = bodyOf(await of.receive(complaintBody(), countyWorker, 'the-same-key'));
    const second = await writesNothing(roster, () => of.receive(complaintBody(), countyWorker, 'the-same-key'));
    expect(second).toMatchObject({ ok: true, replayed: true, body: { grievanceId: first.grievanceId } });
    const other = await of.receive(complaintBody({ about: 'payment' }), countyWorker, 'the-same-key');
    expect(other).toMatchObject({ ok: false, problem: 'idempotency-key-reused' });
  });

  test('is reminded of at four fifths of its time and escalated when it is late', async () => {
    const id = await accepted();
    // 30 working days from 2 March end with 14 April; four fifths of the span have passed on the morning of 6 April.
    roster.setTime('2026-04-05T09:00:00.000Z');
    expect(await swept()).toMatchObject({ reminded: 0, escalated: 0 });
    roster.setTime('2026-04-06T09:00:00.000Z');
    expect(await swept()).toMatchObject({ reminded: 1, escalated: 0 });
    roster.setTime('2026-04-14T15:59:00.000Z');
    expect(await swept()).toMatchObject({ reminded: 0, escalated: 0 });
    roster.setTime('2026-04-14T16:00:00.000Z');
    expect(await swept()).toMatchObject({ reminded: 0, escalated: 1 });
    expect(await of.task(id, 'grievance-complaint')).toMatchObject({ state: 'escalated' });
    expect(bodyOf(await of.decide(id, 'rejected'))).toMatchObject({ state: 'rejected' });
  });

  test('that is refused says why, and is on nobody’s desk', async () => {
    const id = await received();
    const view = bodyOf(await of.refuse(id));
    expect(view).toMatchObject({ state: 'refused', refusedFor: 'out-of-time', endedAt: roster.at() });
    expect(view.reasons).toContain('after the time');
    expect(await workOf(countyWorker)).toEqual([]);
    expect(await of.decide(id, 'upheld')).toMatchObject({ problem: 'lifecycle-conflict', state: 'refused' });
  });

  test('is decided once, with reasons, and moves no more after its end', async () => {
    const id = await accepted();
    expect(bodyOf(await of.decide(id, 'rejected'))).toMatchObject({ state: 'rejected', remedyTaskId: null });
    for (const again of [of.accept(id), of.refuse(id), of.decide(id, 'upheld'), of.withdraw(id)])
      expect(await again).toMatchObject({ problem: 'lifecycle-conflict', state: 'rejected' });
    const bare = await edge.call({ as: examiner, path: `/grievances/${id}/outcome`, body: { outcome: 'upheld' } });
    expect(faultsIn(bare)).toEqual(['/reasons required']);
  });

  test('is not decided before it is accepted, nor from a version that is no longer', async () => {
    const id = await received();
    expect(await of.decide(id, 'upheld')).toMatchObject({ problem: 'lifecycle-conflict', state: 'received' });
    expect(await of.accept(id, examiner, 2)).toMatchObject({ problem: 'version-conflict', version: 1 });
    expect(await of.accept(id, examiner, 1)).toMatchObject({ ok: true, version: 2 });
  });

  test('that is taken back leaves nobody with the task', async () => {
    const id = await accepted();
    expect(bodyOf(await of.withdraw(id))).toMatchObject({ state: 'withdrawn' });
    expect(await of.task(id, 'grievance-complaint')).toMatchObject({ state: 'cancelled' });
    expect(await workOf(countyWorker)).toEqual([]);
  });

  test('names a decision of its county that the caller reaches, and finished work, or none', async () => {
    const { determinationId } = await decidedFamily();
    const send = (body: object, as = countyWorker) => edge.call({ as, path: '/grievances', body });
    const nobody = `det_${'0'.repeat(32)}`;
    expect(faultsIn(await send(reviewBody(nobody as DeterminationId)))).toEqual(['/determinationId grievance.record']);
    const elsewhere = await send(reviewBody(determinationId, { county: '140105' }), otherCountyWorker);
    expect(faultsIn(elsewhere)).toEqual(['/determinationId grievance.record']);
    const named = { determinationId, taskId: null, county: DivisionCode.parse('140105') };
    expect(await involvedIn(roster.dependencies, countyWorker, named)).toMatchObject({
      errors: [{ field: '/county', code: 'grievance.county' }],
    });
    const { reviewId } = await submit(couple());
    const open = await reviewSteps(roster.dependencies).toVisit(reviewId);
    expect(faultsIn(await send(complaintBody({ taskId: open.taskId })))).toEqual(['/taskId grievance.record']);
    expect((await send(complaintBody({ county: '140105' }))).status).toBe(403);
    expect((await send(complaintBody({ county: '149999' }))).status).toBe(400);
  });
});

describe('what was upheld', () => {
  const remedy = async (id: GrievanceId, applicationId: string | null, as: Principal = examiner) => {
    const task = await of.task(id, 'grievance-remedy');
    const result = { kind: 'grievance-remedy', applicationId, review: null, note: 'It was put right.' } as never;
    return reviewSteps(roster.dependencies).complete(task?.taskId as TaskId, result, as);
  };

  test('opens the task to put it right, which ends with the application the household is decided anew on', async () => {
    const { determinationId, family } = await decidedFamily();
    const id = await accepted(reviewBody(determinationId));
    roster.pass({ minutes: 1 });
    const view = bodyOf(await of.decide(id, 'upheld'));
    expect(view.remedyTaskId).toBe((await of.task(id, 'grievance-remedy'))?.taskId);
    expect(await workOf(countyWorker)).toMatchObject([{ kind: 'grievance-remedy', grievanceId: id }]);
    const old = await roster.store.determination(determinationId);
    const others = await submit(couple());
    for (const wrong of [old?.applicationId ?? null, others.applicationId, `app_${'0'.repeat(32)}`])
      expect(await remedy(id, wrong)).toMatchObject({
        problem: 'validation-failed',
        errors: [{ field: '/applicationId', code: 'grievance.application' }],
      });
    const anew = await submit(family);
    expect(bodyOf(await remedy(id, anew.applicationId))).toMatchObject({ completed: { outcome: 'remedied' } });
  });

  test('is not put right by whoever had a hand in it, nor by a township', async () => {
    const { determinationId } = await decidedFamily();
    const id = await accepted(complaintBody({ about: 'decision', determinationId }));
    bodyOf(await of.decide(id, 'upheld'));
    expect(await remedy(id, null, approver)).toMatchObject({ problem: 'grievance-four-eyes' });
    expect(await remedy(id, null, townshipWorker)).toMatchObject({ problem: 'not-found' });
    expect(bodyOf(await remedy(id, null))).toMatchObject({ state: 'completed' });
  });
});

describe('whoever had a hand in what is complained of', () => {
  const hands: readonly (readonly [string, Principal])[] = [
    ['confirmed it', approver],
    ['assessed it', investigatingApprover],
    ['handed the application in', principal('county-worker', county, townshipWorker.subject)],
  ];

  test.each(hands)('and %s neither accepts, refuses, decides nor ends the grievance', async (_, as) => {
    const { determinationId } = await decidedFamily();
    const fresh = await received(reviewBody(determinationId));
    const underWay = await accepted(reviewBody(determinationId));
    const attempts = [
      () => of.accept(fresh, as),
      () => of.refuse(fresh, as),
      () => of.decide(underWay, 'rejected', as),
      () => of.withdraw(underWay, as),
    ];
    for (const attempt of attempts)
      expect(await writesNothing(roster, attempt)).toEqual({ ok: false, problem: 'grievance-four-eyes' });
  });

  test('as the one who did the work that is named does not examine the complaint about it', async () => {
    const { determinationId } = await decidedFamily();
    const { reviewId } = (await roster.store.determination(determinationId)) ?? {};
    const { taskId } = await reviewSteps(roster.dependencies).taskNow(reviewId as never, 'county-confirmation');
    const id = await received(complaintBody({ taskId }));
    expect(await of.accept(id, approver)).toEqual({ ok: false, problem: 'grievance-four-eyes' });
    expect(await of.accept(id)).toMatchObject({ ok: true });
  });

  test('learns neither who complained nor in which words', async () => {
    const { determinationId } = await decidedFamily();
    const id = await received(reviewBody(determinationId));
    expect(viewIn(GrievanceView, await read(id, examiner))).toMatchObject({ complainant });
    const seen = viewIn(GrievanceView, await read(id, approver));
    expect(seen).toMatchObject({ complainant: null, grounds: null, state: 'received' });
  });
});

describe('what was said', () => {
  test('lies in an envelope, and in no event, log line, list or answer to whoever does not examine', async () => {
    const grounds = 'canary of a complaint, 邻居所言';
    const answer = await edge.call({ as: countyWorker, path: '/grievances', body: complaintBody({ grounds }) });
    const { grievanceId } = viewIn(GrievanceView, answer);
    bodyOf(await of.accept(grievanceId));
    bodyOf(await of.decide(grievanceId, 'rejected'));
    const list = await edge.call({ as: countyWorker, path: '/grievances', query: 'limit=10' });
    expect(viewIn(GrievanceList, list).grievances).toHaveLength(1);
    const told = [
      JSON.stringify(await roster.everything()),
      edge.logged.join('\n'),
      list.text,
      (await read(grievanceId, auditor)).text,
    ];
    for (const text of told)
      for (const secret of [grounds, complainant.name, phone, 'looked at again']) expect(text).not.toContain(secret);
    expect((await read(grievanceId, countyWorker)).text).toContain(grounds);
  });

  test('is read by the county that examines; a township and an agency see how their own stand', async () => {
    const agency = department('disabled-persons-federation');
    const ofTownship = bodyOf(await of.receive(complaintBody(), townshipWorker)).grievanceId;
    const ofAgency = bodyOf(await of.receive(complaintBody(), agency)).grievanceId;
    for (const [id, own, others] of [
      [ofTownship, townshipWorker, [neighbouringWorker, agency, otherCountyWorker]],
      [ofAgency, agency, [townshipWorker, department('education'), otherCountyWorker]],
    ] as const) {
      const seen = await read(id, own);
      expect(seen.body).toMatchObject({ state: 'received', reasons: null });
      expect(seen.text).not.toContain('grounds');
      for (const other of others) expect((await read(id, other)).status).toBe(404);
    }
    expect(await of.withdraw(ofTownship, neighbouringWorker)).toMatchObject({ problem: 'not-found' });
    expect(bodyOf(await of.withdraw(ofTownship, townshipWorker))).toMatchObject({ state: 'withdrawn' });
    const received = await edge.call({ as: countyWorker, path: '/grievances', query: 'state=received' });
    expect(viewIn(GrievanceList, received).grievances.map(({ grievanceId }) => grievanceId)).toEqual([ofAgency]);
    const elsewhere = await edge.call({ as: otherCountyWorker, path: '/grievances', query: `county=${county}` });
    expect(elsewhere.status).toBe(403);
  });
});

describe('an anonymous complaint', () => {
  const state = (id: string, secret: string) =>
    edge.call({ path: `/anonymous-grievances/${id}/state`, body: { secret } });

  test('is on the same desk; its receipt shows how it stands, and nothing else', async () => {
    const { grievanceId, secret, receivedOn } = bodyOf(await of.anonymous());
    expect(await workOf(countyWorker)).toMatchObject([{ kind: 'grievance-acceptance', grievanceId }]);
    bodyOf(await of.accept(grievanceId));
    bodyOf(await of.decide(grievanceId, 'upheld'));
    const seen = viewIn(AnonymousGrievanceView, await state(grievanceId, secret));
    expect(seen).toEqual({ grievanceId, state: 'upheld', receivedOn, endedOn: '2026-03-02' });
    expect(JSON.stringify(await roster.everything())).not.toContain(secret);
  });

  test('looks like none to whoever has another secret, and so does one that has a name', async () => {
    const { grievanceId, secret } = bodyOf(await of.anonymous());
    const named = await received();
    const never = await state(`grv_${'0'.repeat(32)}`, secret);
    expect(never.status).toBe(404);
    for (const answer of [await state(grievanceId, '0'.repeat(32)), await state(named, secret)])
      expect(answer.text).toBe(never.text);
  });

  test('repeated under the same key is the same one, with the same receipt', async () => {
    const first = bodyOf(await of.anonymous({}, 'the-same-key'));
    const second = await writesNothing(roster, () => of.anonymous({}, 'the-same-key'));
    expect(second).toMatchObject({ ok: true, replayed: true, body: first });
    const other = await of.anonymous({ about: 'payment' }, 'the-same-key');
    expect(other).toMatchObject({ problem: 'idempotency-key-reused' });
  });

  test('names no record and no person, so that the answer tells of none', async () => {
    const body = { county, about: 'decision', grounds: 'They own more than they say.' };
    const send = (more: object) => edge.call({ path: '/anonymous-grievances', body: { ...body, ...more } });
    for (const more of [{ determinationId: `det_${'0'.repeat(32)}` }, { complainant }, { kind: 'complaint' }])
      expect((await send(more)).status).toBe(400);
    expect((await send({ county: '149999' })).status).toBe(400);
    expect((await send({})).status).toBe(201);
  });

  test('cannot be made to disappear as if it had been taken back', async () => {
    const { grievanceId } = bodyOf(await of.anonymous());
    expect(await writesNothing(roster, () => of.withdraw(grievanceId))).toMatchObject({ problem: 'forbidden' });
  });
});
