import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OpenBreakGlassBody } from '../../../contracts/api/break-glass.ts';
import type { Principal } from '../../../contracts/principal.ts';
import { LocalDate } from '../../../domain/dates.ts';
import type { BreakGlassId } from '../../../domain/ids.ts';
import { readApplication } from '../../../functions/applications/read-application.ts';
import { checkBreakGlass } from '../../../functions/break-glass/check-break-glass.ts';
import { endBreakGlass } from '../../../functions/break-glass/end-break-glass.ts';
import { listBreakGlass } from '../../../functions/break-glass/list-break-glass.ts';
import { openBreakGlass } from '../../../functions/break-glass/open-break-glass.ts';
import { listTasks } from '../../../functions/tasks/list-tasks.ts';
import { readTask } from '../../../functions/tasks/read-task.ts';
import {
  auditor,
  county,
  countyWorker,
  neighbouringTownship,
  otherCounty,
  otherCountyWorker,
  principal,
  township,
} from '../../support/people.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReturnType<typeof reviewSteps>;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
});
afterAll(() => roster.stop());

const reason = 'The family was found on the road in our county last night.';
const provincial = principal('provincial', '14', 'a-provincial');
let keys = 0;
const newKey = (): string => {
  keys += 1;
  return `break-glass-${keys}`;
};
const open = (body: object, caller = otherCountyWorker, key = newKey()) =>
  openBreakGlass(roster.dependencies, {
    principal: caller,
    body: OpenBreakGlassBody.parse({ reason, minutes: 30, ...body }),
    idempotencyKey: key,
    fingerprint: roster.dependencies.digest(JSON.stringify(body)),
  });
const check = (id: BreakGlassId, caller = otherCountyWorker) => checkBreakGlass(roster.dependencies, id, caller);
const under = async (id: BreakGlassId, caller = otherCountyWorker): Promise<Principal> => {
  const usable = await check(id, caller);
  if (!usable.ok) throw new Error(`refused: ${usable.problem}`);
  return { ...caller, breakGlass: usable.reach };
};
const auditOf = async (type: string, id: BreakGlassId) =>
  (await roster.items('audit')).filter((entry) => entry['type'] === type && entry['breakGlassId'] === id);

describe('a break-glass grant', () => {
  test('opens a division to reads, and with it nothing else', async () => {
    const { applicationId, reviewId } = await steps.submitToVisit();
    const task = await steps.taskNow(reviewId, 'field-assessment');
    const absent = { ok: false, problem: 'not-found' };
    expect(await readApplication(roster.dependencies, otherCountyWorker, applicationId)).toEqual(absent);
    const grant = bodyOf(await open({ division: county }));
    const caller = await under(grant.breakGlassId);
    expect(await readApplication(roster.dependencies, caller, applicationId)).toMatchObject({ ok: true });
    expect(await readTask(roster.dependencies, caller, task.taskId)).toMatchObject({ ok: true });
    const listed = bodyOf(
      await listTasks(roster.dependencies, caller, {
        county: task.division.slice(0, 6) as never,
        limit: 50,
        after: null,
      }),
    );
    expect(listed.tasks.map(({ taskId }) => taskId)).toContain(task.taskId);
    const narrower = bodyOf(await open({ division: neighbouringTownship }));
    const elsewhere = await under(narrower.breakGlassId);
    expect(await readApplication(roster.dependencies, elsewhere, applicationId)).toEqual(absent);
  });

  test('opens one record, with what belongs to it', async () => {
    const { applicationId, householdId } = await steps.submit();
    const neighbour = await steps.submit();
    const grant = bodyOf(await open({ recordId: householdId }));
    expect(grant).toMatchObject({ division: township, recordId: householdId, state: 'open' });
    const caller = await under(grant.breakGlassId);
    expect(await readApplication(roster.dependencies, caller, applicationId)).toMatchObject({ ok: true });
    const outcome = await readApplication(roster.dependencies, caller, neighbour.applicationId);
    expect(outcome).toEqual({ ok: false, problem: 'not-found' });
  });

  test('is an audit entry of the division that was opened, and each read under it is another', async () => {
    const { applicationId } = await steps.submit();
    const { breakGlassId } = bodyOf(await open({ division: county }));
    expect(await auditOf('BreakGlassOpened', breakGlassId)).toMatchObject([
      { pk: county, subject: otherCountyWorker.subject, role: 'county-worker' },
    ]);
    const usable = await check(breakGlassId);
    if (!usable.ok) throw new Error('refused');
    await usable.noteRead('readApplication', applicationId);
    await usable.noteRead('listTasks', null);
    const reads = await auditOf('BreakGlassRead', breakGlassId);
    expect(reads).toHaveLength(2);
    expect(reads).toContainEqual(expect.objectContaining({ operation: 'readApplication', record: applicationId }));
  });

  test('keeps its reason sealed', async () => {
    const secret = 'canary-of-a-reason that nobody may read in the table';
    const { breakGlassId } = bodyOf(await open({ division: county, reason: secret }));
    expect(JSON.stringify(await roster.everything())).not.toContain('canary-of-a-reason');
    expect(await roster.store.breakGlass(breakGlassId)).toMatchObject({ reason: secret });
  });

  test('asked for twice under one key is one grant', async () => {
    const first = bodyOf(await open({ division: county }, otherCountyWorker, 'the-same-key'));
    const again = await writesNothing(roster, () => open({ division: county }, otherCountyWorker, 'the-same-key'));
    expect(again).toMatchObject({ ok: true, replayed: true, body: first });
    const other = await writesNothing(roster, () => open({ division: township }, otherCountyWorker, 'the-same-key'));
    expect(other).toEqual({ ok: false, problem: 'idempotency-key-reused' });
  });
});

describe('a break-glass grant is refused', () => {
  test('to anyone but who opened it, as one that is not there', async () => {
    const { breakGlassId } = bodyOf(await open({ division: county }));
    const another = principal('county-worker', otherCounty, 'another-county-worker');
    const absent = await check(`bgl_${'0'.repeat(32)}` as BreakGlassId);
    expect(absent).toEqual({ ok: false, problem: 'break-glass-unknown' });
    expect(await check(breakGlassId, another)).toEqual(absent);
  });

  test('from the moment its time is over, by the clock and not by a clean-up', async () => {
    const { breakGlassId } = bodyOf(await open({ division: county, minutes: 10 }));
    roster.pass({ minutes: 9 });
    expect(await check(breakGlassId)).toMatchObject({ ok: true });
    roster.pass({ minutes: 1 });
    expect(await check(breakGlassId)).toMatchObject({ ok: false, problem: 'break-glass-over' });
    const ended = await writesNothing(roster, () =>
      endBreakGlass(roster.dependencies, otherCountyWorker, breakGlassId),
    );
    expect(ended).toMatchObject({ ok: false, problem: 'lifecycle-conflict' });
  });

  test('once it was ended early, by the officer or by the province, and by nobody else', async () => {
    for (const ender of [otherCountyWorker, provincial]) {
      const { breakGlassId } = bodyOf(await open({ division: county }));
      const stranger = await writesNothing(roster, () =>
        endBreakGlass(roster.dependencies, countyWorker, breakGlassId),
      );
      expect(stranger).toEqual({ ok: false, problem: 'not-found' });
      const ended = await endBreakGlass(roster.dependencies, ender, breakGlassId);
      expect(ended).toMatchObject({ ok: true, body: { state: 'ended', endedBy: ender.subject } });
      expect(await check(breakGlassId)).toMatchObject({ ok: false, problem: 'break-glass-over' });
      expect(await endBreakGlass(roster.dependencies, ender, breakGlassId)).toMatchObject({ ok: false });
      expect(await auditOf('BreakGlassEnded', breakGlassId)).toHaveLength(1);
    }
  });

  test('where the caller reads anyway, where nothing is, and without a reason worth the name', async () => {
    const opened = async (body: object) => writesNothing(roster, () => open(body));
    for (const body of [{ division: otherCounty }, { division: `${otherCounty}001` }]) {
      expect(await opened(body)).toMatchObject({ ok: false, errors: [{ code: 'break-glass.not-needed' }] });
    }
    expect(await opened({ recordId: `hh_${'0'.repeat(32)}` })).toEqual({ ok: false, problem: 'not-found' });
    expect(await opened({ division: '140199' })).toMatchObject({ ok: false, errors: [{ code: 'division.unknown' }] });
    const bodies = [{ reason: 'urgent' }, { minutes: 61 }, { minutes: 0 }, { division: undefined }, { division: '14' }];
    for (const body of [...bodies, { recordId: `hh_${'0'.repeat(32)}` }]) {
      const parsed = OpenBreakGlassBody.safeParse({ reason, minutes: 30, division: county, ...body });
      expect(parsed.success, JSON.stringify(body)).toBe(false);
    }
  });
});

describe('the list of break-glass grants', () => {
  const listed = async (caller: Principal, day?: string) =>
    bodyOf(
      await listBreakGlass(roster.dependencies, caller, {
        ...{ limit: 100, after: null },
        day: day === undefined ? undefined : LocalDate.parse(day),
      }),
    ).grants;

  test('has today’s with reasons, and those of any day for as long as anyone asks', async () => {
    roster.setTime('2027-05-03T02:00:00.000Z');
    const { breakGlassId } = bodyOf(await open({ division: county }));
    expect(await listed(auditor)).toMatchObject([{ breakGlassId, reason, state: 'open', subject: 'zheng-county' }]);
    roster.pass({ days: 400 });
    expect(await listed(auditor)).toEqual([]);
    expect(await listed(auditor, '2027-05-03')).toMatchObject([{ breakGlassId, state: 'ended' }]);
  });

  test('begins a new day at midnight in China', async () => {
    roster.setTime('2027-06-03T16:30:00.000Z');
    const { breakGlassId } = bodyOf(await open({ division: county }));
    expect(await listed(auditor, '2027-06-04')).toMatchObject([{ breakGlassId }]);
    expect(await listed(auditor, '2027-06-03')).toEqual([]);
  });

  test('of an auditor of one county has what was opened into that county', async () => {
    roster.setTime('2027-07-05T02:00:00.000Z');
    bodyOf(await open({ division: county }));
    expect(await listed(principal('auditor', otherCounty, 'auditor-there'))).toEqual([]);
    expect(await listed(principal('auditor', county, 'auditor-here'))).toHaveLength(1);
    expect(await listed(provincial)).toHaveLength(1);
  });
});
