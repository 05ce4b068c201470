import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ReportList } from '../../../contracts/api/reports.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { ReportId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { Account, mostAccounts } from '../../../domain/reports/report.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { reportOperations } from '../../../functions/reports/operations.ts';
import { recordProspect } from '../../../functions/reports/record-prospect.ts';
import { listTasks } from '../../../functions/tasks/list-tasks.ts';
import { type Edge, edgeOf, problemIn, viewIn } from '../../support/edge.ts';
import {
  county,
  countyWorker,
  couple,
  department,
  neighbouringTownship,
  neighbouringWorker,
  otherTownship,
  otherTownshipWorker,
  residentId,
  township,
  townshipWorker,
} from '../../support/people.ts';
import { reports, wordOf } from '../../support/reports.ts';
import { bodyOf, submissionOf } from '../../support/reviews.ts';
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
const listed = async () => viewIn(ReportList, await edge.call({ as: countyWorker, path: '/reports' })).reports;

describe('the same person', () => {
  test('told of again while somebody is going there is one outreach, with everything that was said', async () => {
    const first = await told(identified());
    const second = await told(identified({ reporter: 'hospital', hardship: 'illness' }), department('health'));
    expect(await workOf(countyWorker)).toHaveLength(1);
    expect(await stored(second.reportId)).toMatchObject({ state: 'joined', joinedTo: first.reportId, accounts: null });
    const view = bodyOf(await of.read(first.reportId));
    expect(view).toMatchObject({ timesTold: 2, accounts: [{ agency: null }, { agency: 'health' }] });
    expect(await listed()).toHaveLength(1);
    expect(await of.followUp(second.reportId)).toMatchObject({ problem: 'lifecycle-conflict', state: 'joined' });
  });

  test('told of by ten at once is one outreach', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => told(identified())));
    expect(new Set(all.map(({ reportId }) => reportId)).size).toBe(10);
    expect(await workOf(countyWorker)).toHaveLength(1);
    expect(await listed()).toMatchObject([{ timesTold: 10, identified: true }]);
  });

  test('told of after the outreach has ended is gone to again', async () => {
    const first = await told(identified());
    bodyOf(await of.followUp(first.reportId));
    bodyOf(await of.end(first.reportId, { outcome: 'not-found', note: 'Nobody was at home.' }));
    const again = await told(identified());
    expect(await stored(again.reportId)).toMatchObject({ state: 'received', joinedTo: null });
    expect(await workOf(countyWorker)).toHaveLength(1);
  });

  test('is ended with at the version that was read: what was told since has to be read first', async () => {
    const { reportId } = await told(identified());
    const seen = bodyOf(await of.followUp(reportId));
    await told(identified({ hardship: 'accident-or-disaster', words: 'Since this morning she has no roof.' }));
    const outcome = { outcome: 'not-in-need', note: 'She is well.' };
    expect(seen.accounts).toHaveLength(1);
    expect(await of.end(reportId, outcome, townshipWorker, 2)).toMatchObject({
      ...{ problem: 'version-conflict', version: 3 },
    });
    const unread = await edge.call({ as: townshipWorker, path: `/reports/${reportId}/outcome`, body: outcome });
    expect(problemIn(unread)).toBe('precondition-required');
    expect(await stored(reportId)).toMatchObject({ state: 'followed-up' });
    expect(bodyOf(await of.end(reportId, outcome, townshipWorker, 3))).toMatchObject({ state: 'not-in-need' });
  });

  test('told of in two counties is looked for in both', async () => {
    await told(identified());
    await told(identified({ division: otherTownship }));
    expect(await workOf(countyWorker)).toHaveLength(1);
    expect(await workOf(otherTownshipWorker)).toHaveLength(1);
  });

  describe('in two townships of one county', () => {
    const elsewhere = () => told(identified({ division: neighbouringTownship, reporter: 'hospital' }));

    test('is gone to by the county, which reads both places, and no longer by the first township alone', async () => {
      const first = await told(identified());
      bodyOf(await of.followUp(first.reportId));
      const second = await elsewhere();
      expect(await workOf(countyWorker)).toMatchObject([{ reportId: first.reportId, division: county }]);
      expect(await workOf(townshipWorker)).toEqual([]);
      const view = bodyOf(await of.read(first.reportId, countyWorker));
      expect(view).toMatchObject({ division: county, state: 'followed-up', dueOn: '2026-03-09' });
      expect(view.accounts).toMatchObject([{ division: township }, { division: neighbouringTownship }]);
      expect(await of.end(first.reportId, { outcome: 'not-found', note: 'Nobody here.' })).toMatchObject({
        problem: 'not-found',
      });
      expect(bodyOf(await of.read(second.reportId, neighbouringWorker))).toMatchObject({ joinedTo: first.reportId });
      bodyOf(await of.end(first.reportId, { outcome: 'not-found', note: 'In neither.' }, countyWorker));
      expect(await workOf(countyWorker)).toEqual([]);
    });

    test('stays with the township where another reporter names it too, or knows only the county', async () => {
      const { reportId } = await told(identified());
      await told(identified({ division: county }));
      await told(identified());
      expect(await workOf(townshipWorker)).toMatchObject([{ reportId, division: township }]);
      expect(bodyOf(await of.read(reportId)).accounts?.map(({ division }) => division)).toEqual([
        ...[township, county, township],
      ]);
    });

    test('is read also where an account was stored before places were kept', async () => {
      const { reportId } = await told(identified());
      const { division: _, ...before } = Account.parse((await stored(reportId)).accounts?.[0]);
      expect(Account.parse(before)).toEqual({ ...before, division: null });
    });

    test('told of by all at once is one outreach, of the county', async () => {
      await Promise.all([told(identified()), elsewhere(), told(identified()), elsewhere()]);
      expect(await workOf(countyWorker)).toMatchObject([{ kind: 'outreach', division: county }]);
      expect(await listed()).toMatchObject([{ timesTold: 4, division: county }]);
    });
  });

  test('told of without end fills no record: what is beyond the most is counted', async () => {
    const first = await told(identified());
    for (let each = 0; each < mostAccounts + 2; each += 1) await told(identified());
    const view = bodyOf(await of.read(first.reportId));
    expect(view.timesTold).toBe(mostAccounts + 3);
    expect(view.accounts).toHaveLength(mostAccounts);
  });

  test('is not guessed where no ID is known: reports of one place and day are shown beside each other', async () => {
    const first = await told();
    const second = await told(wordOf({ reporter: 'grid-worker' }));
    const elsewhere = await told(wordOf({ division: neighbouringTownship }));
    roster.pass({ minutes: 60 * 24 });
    const later = await told();
    expect(await workOf(countyWorker)).toHaveLength(4);
    expect(bodyOf(await of.read(first.reportId)).possibleDuplicates).toEqual([second.reportId]);
    for (const { reportId } of [elsewhere, later])
      expect(bodyOf(await of.read(reportId, countyWorker)).possibleDuplicates).toEqual([]);
  });
});

describe('a prospect', () => {
  const prospect = (row = 'fed_1 7', residentIdOf = id18) => ({
    ...{ row, agency: 'healthcare-security', residentId: residentIdOf, division: DivisionCode.parse(township) },
    ...{ hardship: 'illness' as const, words: 'hospital bills: paid by the person 64,000 yuan, 2026-02-28' },
  });
  const record = (...named: Parameters<typeof prospect>) => recordProspect(roster.dependencies, prospect(...named));

  test('is gone to like whom a neighbour told of, and one row is one prospect', async () => {
    expect(await record()).toBe('recorded');
    expect(await writesNothing(roster, record)).toBe('before');
    expect(await workOf(townshipWorker)).toMatchObject([{ kind: 'outreach' }]);
    const [first] = await listed();
    expect(bodyOf(await of.read(first?.reportId as ReportId)).accounts).toMatchObject([
      { reporter: { code: 'feed' }, agency: 'healthcare-security', person: { residentId: id18, name: null } },
    ]);
  });

  test('of a row that another stores between a look and its own attempt is one prospect', async () => {
    const { store } = roster.dependencies;
    let looks = 0;
    const late = { ...store, report: async (id: ReportId) => (looks++ === 0 ? undefined : store.report(id)) };
    expect(await record()).toBe('recorded');
    const again = () => recordProspect({ ...roster.dependencies, store: late }, prospect());
    expect(await writesNothing(roster, again)).toBe('before');
    expect(looks).toBe(2);
  });

  test('read twice at once, found by several feeds and told by a neighbour is one outreach', async () => {
    await Promise.all([record(), record(), record('fed_2 1'), told(identified())]);
    expect(await workOf(townshipWorker)).toHaveLength(1);
    expect(await listed()).toMatchObject([{ timesTold: 3 }]);
  });

  test('whose household has an application under way by now is none, until it is withdrawn', async () => {
    const family = couple();
    const asked = submissionOf(roster.dependencies, family, 'of-a-prospect');
    const { applicationId } = bodyOf(await submitApplication(roster.dependencies, asked));
    const recorded = () => record('fed_3 1', family.members[0]?.residentId);
    expect(await writesNothing(roster, recorded)).toBe('known');
    bodyOf(await withdrawApplication(roster.dependencies, townshipWorker, applicationId, null));
    expect(await recorded()).toBe('recorded');
  });

  describe('whose last outreach was not wanted, or met no need,', () => {
    const ending = async (outcome: string, changes: object = {}, as: Principal = townshipWorker) => {
      const { reportId } = await told(identified({ hardship: 'illness', ...changes }));
      roster.pass({ minutes: 1 });
      bodyOf(await of.followUp(reportId, as));
      bodyOf(await of.end(reportId, { outcome, note: 'As she says.' }, as));
    };

    test('is not visited again at each file, until the time that the policy says is over', async () => {
      for (const outcome of ['not-wanted', 'not-in-need']) {
        await ending(outcome);
        expect(await writesNothing(roster, record)).toBe('at-rest');
      }
      roster.pass({ minutes: 60 * 24 * 180 });
      expect(await writesNothing(roster, record)).toBe('at-rest');
      roster.pass({ minutes: 60 * 24 });
      expect(await record()).toBe('recorded');
    });

    test('is gone to for hardship of another kind, in another county, and after any other end', async () => {
      await ending('not-wanted', { hardship: 'no-income' });
      await ending('not-found');
      await ending('not-wanted', { division: otherTownship }, otherTownshipWorker);
      expect(await record()).toBe('recorded');
    });

    test('is gone to for what was told only after somebody had gone there', async () => {
      const { reportId } = await told(identified());
      roster.pass({ minutes: 1 });
      bodyOf(await of.followUp(reportId));
      await told(identified({ hardship: 'illness' }));
      bodyOf(await of.end(reportId, { outcome: 'not-in-need', note: 'As she says.' }));
      expect(await record()).toBe('recorded');
      expect(await listed()).toMatchObject([{ state: 'received', timesTold: 1 }]);
    });

    test('is gone to when a neighbour tells, and what a file says is added to that', async () => {
      await ending('not-wanted');
      const { reportId } = await told(identified({ hardship: 'illness' }));
      expect(await stored(reportId)).toMatchObject({ state: 'received' });
      expect(await record()).toBe('recorded');
      expect(await stored(reportId)).toMatchObject({ timesTold: 2 });
    });
  });
});
