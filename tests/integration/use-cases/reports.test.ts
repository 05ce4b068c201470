import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ReportList, ReportReceipt, ReportView } from '../../../contracts/api/reports.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { ReportId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { reportOperations } from '../../../functions/reports/operations.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { listTasks } from '../../../functions/tasks/list-tasks.ts';
import { type Edge, edgeOf, faultsIn, viewIn } from '../../support/edge.ts';
import {
  auditor,
  county,
  countyWorker,
  couple,
  department,
  neighbouringTownship,
  neighbouringWorker,
  otherCountyWorker,
  otherTownship,
  otherTownshipWorker,
  residentId,
  townshipWorker,
} from '../../support/people.ts';
import { place, reports, wordOf, words } from '../../support/reports.ts';
import { bodyOf, rememberingWorkflows, submissionOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof reports>;
let edge: Edge;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = reports(roster.dependencies);
  edge = edgeOf(reportOperations(roster.dependencies));
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const swept = () =>
  sweep({ ...roster.dependencies, workflows: rememberingWorkflows() }, [DivisionCode.parse(county)], (error) => {
    throw error;
  });
const told = async (body?: object, as: Principal | null = null) => bodyOf(await of.receive(body, as));
const id18 = residentId('1950-05-05', 702);
const identified = (changes: object = {}) => wordOf(changes, { residentId: id18 });
const workOf = async (as: Principal) =>
  bodyOf(await listTasks(roster.dependencies, as, { county: undefined, limit: 50, after: null })).tasks;
const stored = async (id: ReportId) => {
  const report = await roster.store.report(id);
  if (report === undefined) throw new Error('no report');
  return report;
};
const listed = async (query = '', as: Principal = countyWorker) =>
  viewIn(ReportList, await edge.call({ as, path: '/reports', query })).reports;
const submitted = async (family = couple()) =>
  bodyOf(
    await submitApplication(roster.dependencies, submissionOf(roster.dependencies, family, `of-reports-${Date.now()}`)),
  );

describe('a report', () => {
  test('is on the desk of the township from the first moment, with its deadline and the rule it comes from', async () => {
    const { reportId } = await told();
    expect(await workOf(townshipWorker)).toMatchObject([
      { kind: 'outreach', reportId, householdId: null, dueOn: '2026-03-09', dueBasis: { basis: 'assumption' } },
    ]);
    expect(await workOf(neighbouringWorker)).toEqual([]);
    expect(await listed()).toMatchObject([
      { reportId, state: 'received', identified: false, timesTold: 1, dueOn: '2026-03-09' },
    ]);
    expect((await listed())[0]?.dueRule.citation).toContain('local setting, no national rule');
  });

  test('of a place of which only the county is known is the county’s', async () => {
    const { reportId } = await told(wordOf({ division: county }));
    expect(await workOf(countyWorker)).toMatchObject([{ kind: 'outreach', reportId, division: county }]);
    expect(await of.followUp(reportId, townshipWorker)).toMatchObject({ problem: 'not-found' });
    expect(bodyOf(await of.followUp(reportId, countyWorker))).toMatchObject({ state: 'followed-up' });
  });

  test('repeated under the same key is the same one, with the same receipt, and another body under it is refused', async () => {
    const first = bodyOf(await of.receive(wordOf(), null, 'the-same-key'));
    const second = await writesNothing(roster, () => of.receive(wordOf(), null, 'the-same-key'));
    expect(second).toMatchObject({ ok: true, replayed: true, body: first });
    const other = await of.receive(wordOf({ hardship: 'illness' }), null, 'the-same-key');
    expect(other).toMatchObject({ problem: 'idempotency-key-reused' });
  });

  test('is reminded of and escalated when nobody has said what came of it, and can still be ended', async () => {
    const { reportId } = await told();
    bodyOf(await of.followUp(reportId));
    roster.setTime('2026-03-08T09:00:00.000Z');
    expect(await swept()).toMatchObject({ reminded: 1, escalated: 0 });
    roster.setTime('2026-03-09T16:00:00.000Z');
    expect(await swept()).toMatchObject({ reminded: 0, escalated: 1 });
    expect(bodyOf(await of.end(reportId, { outcome: 'not-found', note: 'Nobody lives there.' }))).toMatchObject({
      state: 'not-found',
    });
    expect(await workOf(townshipWorker)).toEqual([]);
  });

  test('says that nobody was found, in need or willing only once somebody has gone', async () => {
    const { reportId } = await told();
    for (const outcome of ['not-found', 'not-in-need', 'not-wanted'])
      expect(await of.end(reportId, { outcome, note: 'As it seems.' })).toMatchObject({
        problem: 'lifecycle-conflict',
        state: 'received',
      });
    bodyOf(await of.followUp(reportId));
    expect(await of.followUp(reportId)).toMatchObject({ problem: 'lifecycle-conflict', state: 'followed-up' });
    bodyOf(await of.end(reportId, { outcome: 'not-wanted', note: 'She wants no help.' }));
    for (const again of [
      of.end(reportId, { outcome: 'not-found', note: 'As it seems.' }),
      of.followUp(reportId),
      of.apply(reportId),
    ])
      expect(await again).toMatchObject({ problem: 'lifecycle-conflict', state: 'not-wanted' });
  });

  test('is not moved from a version that is no longer', async () => {
    const { reportId } = await told();
    expect(await of.followUp(reportId, townshipWorker, 2)).toMatchObject({ problem: 'version-conflict', version: 1 });
    expect(await of.followUp(reportId, townshipWorker, 1)).toMatchObject({ ok: true, version: 2 });
  });

  test('ended twice at once is ended once', async () => {
    const { reportId } = await told();
    bodyOf(await of.followUp(reportId));
    const both = await Promise.all([
      of.end(reportId, { outcome: 'not-found', note: 'Nobody lives there.' }),
      of.end(reportId, { outcome: 'not-in-need', note: 'She has moved in with her son.' }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('is refused when nothing is told by which the person could be found, or in a place that is not there', async () => {
    const send = (body: object, as: Principal | null = null) =>
      edge.call({ as, path: as === null ? '/public-reports' : '/reports', body });
    expect(faultsIn(await send(wordOf({}, { name: '某某' })))).toEqual(['/person report.nowhere']);
    expect((await send(wordOf({ division: '149999' }))).status).toBe(400);
    expect((await send(wordOf({ division: '1401' }))).status).toBe(400);
    expect((await send(wordOf({ reporter: 'feed' }))).status).toBe(400);
    expect((await send(wordOf({ division: otherTownship }), countyWorker)).status).toBe(403);
    expect((await send(wordOf({ division: neighbouringTownship }), townshipWorker)).status).toBe(201);
    expect((await send(wordOf({}, { phone: '13800001499' }))).status).toBe(201);
  });

  test('takes an ID however it was typed, and neither look-alikes nor endless words', async () => {
    const send = (person: object, changes: object = {}) =>
      edge.call({ path: '/public-reports', body: wordOf(changes, person) });
    const fullWidth = [...id18].map((each) => String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0)).join('');
    expect((await send({ residentId: fullWidth })).status).toBe(201);
    expect(faultsIn(await send({ residentId: `${id18.slice(0, 17)}Х` }))).toEqual([
      '/person/residentId resident-id.characters',
    ]);
    const wrong = `${id18.slice(0, 17)}${id18.endsWith('1') ? '2' : '1'}`;
    expect(faultsIn(await send({ residentId: wrong }))).toEqual(['/person/residentId resident-id.check-digit']);
    expect((await send({ place }, { words: '苦'.repeat(1_000) })).status).toBe(201);
    expect((await send({ place }, { words: '苦'.repeat(1_001) })).status).toBe(400);
    expect((await send({ place }, { words: '苦'.repeat(100_000) })).status).toBe(413);
  });
});

describe('whoever told', () => {
  test('sees that it was followed up and that it has ended, and nothing of what came of it', async () => {
    const receipt = await told();
    const { reportId } = receipt;
    const at = (state: string, followedUpOn: string | null, endedOn: string | null) => ({
      ...{ reportId, state, receivedOn: '2026-03-02', followedUpOn, endedOn },
    });
    expect(bodyOf(await of.seenBy(receipt))).toEqual(at('received', null, null));
    bodyOf(await of.followUp(reportId));
    expect(bodyOf(await of.seenBy(receipt))).toEqual(at('followed-up', '2026-03-02', null));
    bodyOf(await of.end(reportId, { outcome: 'not-in-need', note: 'She owns two houses.' }));
    expect(bodyOf(await of.seenBy(receipt))).toEqual(at('ended', '2026-03-02', '2026-03-02'));
    expect(JSON.stringify(await roster.everything())).not.toContain(receipt.secret);
  });

  test('with another secret, or of a report that is not there, finds the same nothing', async () => {
    const { reportId, secret } = await told();
    const state = (id: string, of_: string) =>
      edge.call({ path: `/public-reports/${id}/state`, body: { secret: of_ } });
    const never = await state(`rpt_${'0'.repeat(32)}`, secret);
    expect(never.status).toBe(404);
    expect((await state(reportId, '0'.repeat(32))).text).toBe(never.text);
  });

  test('of somebody who was reported before learns nothing of that', async () => {
    const first = await told(identified());
    bodyOf(await of.followUp(first.reportId));
    roster.pass({ minutes: 1 });
    const second = await told(identified());
    expect(Object.keys(second)).toEqual(Object.keys(first));
    expect(bodyOf(await of.seenBy(second))).toMatchObject({ state: 'received', followedUpOn: null });
    bodyOf(await of.end(first.reportId, { outcome: 'not-wanted', note: 'She wants no help.' }));
    expect(bodyOf(await of.seenBy(second))).toMatchObject({ state: 'ended', followedUpOn: null });
  });
});

describe('somebody whom the roster knows', () => {
  const family = couple();
  const ofFamily = () => wordOf({}, { residentId: family.members[0]?.residentId });

  test('is shown with what covers them, to the officer only, and the looking is in their own record', async () => {
    const { applicationId, householdId, members } = await submitted(family);
    const { reportId } = await told(ofFamily());
    const view = viewIn(ReportView, await edge.call({ as: townshipWorker, path: `/reports/${reportId}` }));
    expect(view.known).toEqual({ householdId, applicationId, by: ['application-open'] });
    const record = await roster.store.accessRecord(members[0]?.personId as never, 10, null);
    expect(record.items).toMatchObject([{ purpose: 'case-work', fields: ['tier'], subject: townshipWorker.subject }]);
    const seen = await edge.call({ as: auditor, path: `/reports/${reportId}` });
    expect(seen.text).not.toContain(householdId);
  });

  test('ends as known already, which is looked up and not taken on trust', async () => {
    const unknown = await told(identified());
    const notCovered = { errors: [{ field: '/householdId', code: 'report.not-covered' }] };
    expect(await of.end(unknown.reportId, { outcome: 'known-already' })).toMatchObject(notCovered);
    const { householdId, applicationId } = await submitted(family);
    const { reportId } = await told(ofFamily());
    const ended = bodyOf(await of.end(reportId, { outcome: 'known-already' }));
    expect(ended).toMatchObject({ state: 'known-already', coverage: { householdId, applicationId } });
    const nameless = await told();
    expect(await of.end(nameless.reportId, { outcome: 'known-already' })).toMatchObject(notCovered);
    expect(bodyOf(await of.end(nameless.reportId, { outcome: 'known-already', householdId }))).toMatchObject({
      coverage: { householdId },
    });
  });

  test('in another county is not named: that something covers them is all that is told', async () => {
    const { householdId } = await submitted(family);
    const { reportId } = await told({ ...ofFamily(), division: otherTownship });
    const view = bodyOf(await of.read(reportId, otherTownshipWorker));
    expect(view.known).toEqual({ householdId: null, applicationId: null, by: ['application-open'] });
    const body = { outcome: 'known-already', householdId };
    expect(await of.end(reportId, body, otherTownshipWorker)).toMatchObject({ problem: 'validation-failed' });
    bodyOf(await of.end(reportId, { outcome: 'known-already' }, otherTownshipWorker));
  });
});

describe('an application on behalf of somebody who was reported', () => {
  test('ends the report and the outreach in the same transaction, and then is like any other', async () => {
    const family = couple();
    const { reportId } = await told(wordOf({}, { residentId: family.members[1]?.residentId }));
    const answer = bodyOf(await of.apply(reportId, family));
    expect(await stored(reportId)).toMatchObject({
      ...{ state: 'application-taken', applicationId: answer.applicationId, endedBy: townshipWorker.subject },
    });
    expect(await workOf(townshipWorker)).toEqual([]);
    expect(await roster.store.application(answer.applicationId)).toMatchObject({ state: 'accepted' });
    const again = await told(wordOf({}, { residentId: family.members[1]?.residentId }));
    expect(bodyOf(await of.read(again.reportId)).known).toMatchObject({ by: ['application-open'] });
  });

  test('repeated under the same key is the same one', async () => {
    const family = couple();
    const { reportId } = await told();
    const first = bodyOf(await of.apply(reportId, family, { key: 'one-application' }));
    const second = await writesNothing(roster, () => of.apply(reportId, family, { key: 'one-application' }));
    expect(second).toMatchObject({ ok: true, replayed: true, body: first });
  });

  test('taken twice at once, for two families, is taken for one', async () => {
    const { reportId } = await told();
    const both = await Promise.all([of.apply(reportId), of.apply(reportId)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: 'lifecycle-conflict', state: 'application-taken' });
  });

  test('is of the person who was reported', async () => {
    const { reportId } = await told(identified());
    expect(await writesNothing(roster, () => of.apply(reportId))).toMatchObject({
      errors: [{ field: '/members', code: 'report.person' }],
    });
    expect(await stored(reportId)).toMatchObject({ state: 'received' });
  });

  test('is for who goes there: no other township or county finds the report, and no agency may', async () => {
    const { reportId } = await told();
    for (const as of [neighbouringWorker, otherCountyWorker, otherTownshipWorker])
      expect(await of.apply(reportId, couple(), { as })).toEqual({ ok: false, problem: 'not-found' });
    const path = `/reports/${reportId}`;
    expect((await edge.call({ as: department('health'), path })).status).toBe(403);
    expect((await edge.call({ as: otherCountyWorker, path })).status).toBe(404);
    expect((await edge.call({ as: otherCountyWorker, path: '/reports', query: `county=${county}` })).status).toBe(403);
  });
});

describe('what was told about a person', () => {
  const canary = 'canary of a report, 邻居所言';
  const phone = '13800001499';
  const name = '金丝雀测试';

  test('lies in an envelope, and in no event, log line, list or answer to whoever does not go there', async () => {
    const body = wordOf({ words: canary }, { residentId: id18, name, phone, place });
    const { reportId } = viewIn(ReportReceipt, await edge.call({ as: countyWorker, path: '/reports', body }));
    bodyOf(await of.followUp(reportId));
    bodyOf(await of.end(reportId, { outcome: 'not-wanted', note: 'canary of a note' }));
    const seen = (as: Principal) => edge.call({ as, path: `/reports/${reportId}` });
    const told_ = [
      JSON.stringify(await roster.everything()),
      edge.logged.join('\n'),
      JSON.stringify(await listed('list=ended')),
      (await seen(auditor)).text,
    ];
    for (const text of told_)
      for (const secret of [canary, id18, name, phone, place, 'canary of a note', words])
        expect(text).not.toContain(secret);
    expect((await seen(countyWorker)).text).toContain(canary);
  });

  test('is read under an entry in the audit, and is not shown when that cannot be stored', async () => {
    const { reportId } = await told();
    const before = JSON.stringify(await roster.everything());
    bodyOf(await of.read(reportId));
    expect(before).not.toContain('ReportRead');
    expect(JSON.stringify(await roster.everything())).toContain('ReportRead');
    const refusing = {
      ...roster.dependencies,
      store: { ...roster.store, commit: async () => ({ ok: false }) as never },
    };
    await expect(reports(refusing).read(reportId)).rejects.toThrow('was not recorded');
    expect(bodyOf(await of.read(reportId, auditor))).toMatchObject({ state: 'received' });
  });

  test('is erased once it has been kept long enough, and the report itself stays', async () => {
    const receipt = await told(identified());
    const { reportId } = receipt;
    bodyOf(await of.followUp(reportId));
    bodyOf(await of.end(reportId, { outcome: 'not-found', note: 'Nobody lives there.' }));
    expect(await listed('list=ended')).toMatchObject([{ reportId, keptUntil: '2026-08-29' }]);
    roster.setTime('2026-08-29T15:59:00.000Z');
    expect(await swept()).toMatchObject({ reportsErased: 0 });
    roster.setTime('2026-08-29T16:00:00.000Z');
    expect(await swept()).toMatchObject({ reportsErased: 1 });
    expect(await swept()).toMatchObject({ reportsErased: 0 });
    expect(await listed('list=ended')).toEqual([]);
    const view = bodyOf(await of.read(reportId));
    expect(view).toMatchObject({ state: 'not-found', accounts: null, note: null, erasedAt: roster.at() });
    expect(bodyOf(await of.seenBy(receipt))).toMatchObject({ state: 'ended' });
  });
});
