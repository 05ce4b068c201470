import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { FeedView } from '../../../contracts/api/feeds.ts';
import { countyOf, DivisionCode } from '../../../domain/people/divisions.ts';
import { submitApplication } from '../../../functions/applications/submit-application.ts';
import { withdrawApplication } from '../../../functions/applications/withdraw-application.ts';
import { agencyOf, feedsOf } from '../../support/feeds.ts';
import { householdChanges } from '../../support/household-changes.ts';
import { payments } from '../../support/payments.ts';
import { county, couple, otherCounty, residentId, township, townshipWorker } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { reports, wordOf } from '../../support/reports.ts';
import { bodyOf, submissionOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let feeds: ReturnType<typeof feedsOf>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  feeds = feedsOf(roster);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

/** A household with an application under way: its wife, and how it is withdrawn. */
const applied = async () => {
  const family = couple();
  const asked = submissionOf(roster.dependencies, family, `of-visits-${family.members[0]?.residentId}`);
  const { householdId, applicationId } = bodyOf(await submitApplication(roster.dependencies, asked));
  const wife = family.members[1]?.residentId ?? '';
  const withdraw = async () => {
    const version = (await roster.store.application(applicationId))?.version ?? 0;
    bodyOf(await withdrawApplication(roster.dependencies, townshipWorker, applicationId, version));
  };
  return { householdId, wife, withdraw };
};
/** One that applied once and withdrew: on the roster, in no tier, and with nothing decided or under way. */
const withdrawn = async () => {
  const { withdraw, ...household } = await applied();
  await withdraw();
  return household;
};

const pupil = (id: string): string => `${id},某某,初中,2026-02-20`;
const pupils = (rows: readonly string[]): string => `${['身份证号,姓名,就读学段,认定日期', ...rows].join('\n')}\n`;
const handIn = (rows: readonly string[], division: string | undefined = county, of = feeds): Promise<FeedView> =>
  of.handIn('hard-up-pupils', agencyOf('education', division), pupils(rows));
const open = async (division = county) => {
  const within = DivisionCode.parse(division);
  return (await roster.store.reportsOf(countyOf(within), { list: 'open', within }, 100, null)).items;
};
/** What both runs are to have counted. */
const counted = ({ dryRun, result }: FeedView, expected: object): void => {
  for (const counts of [dryRun, result]) expect(counts).toMatchObject({ rejected: 0, ...expected });
};

describe('whoever is on the roster and is looked after by nobody', () => {
  test('is gone to as a stranger is, with the fact put on file, and handed in again is the same outreach', async () => {
    const { householdId, wife } = await withdrawn();
    counted(await handIn([pupil(wife)]), { rows: 1, applied: 1, unmatched: 0, prospects: 1 });
    expect(await open(township)).toMatchObject([{ timesTold: 1, accounts: [{ person: { residentId: wife } }] }]);
    const { household } = await householdChanges(roster).stored(householdId);
    expect(household.facts).toContainEqual(expect.objectContaining({ dataset: 'hard-up-pupils' }));
    counted(await handIn([pupil(wife)]), { rows: 1, unchanged: 1, prospects: 1 });
    expect(await open()).toMatchObject([{ timesTold: 2 }]);
    expect(await householdChanges(roster).stored(householdId)).toMatchObject({ household });
    expect(await violationsIn(roster)).toEqual([]);
  });

  test('is gone to in the county of a file that may not change the household', async () => {
    const { wife } = await withdrawn();
    counted(await handIn([pupil(wife)], otherCounty), { applied: 0, unmatched: 1, prospects: 1 });
    expect(await open(otherCounty)).toHaveLength(1);
    expect(await open()).toEqual([]);
  });

  test('is gone to where the household lives, when a file of the province does not say where', async () => {
    const { wife } = await withdrawn();
    const handedIn = await feeds.handIn('hard-up-pupils', agencyOf('education'), pupils([pupil(wife)]));
    counted(handedIn, { applied: 1, prospects: 1 });
    expect(await open(township)).toHaveLength(1);
  });

  test('is gone to in another place, when the row says so', async () => {
    const { wife } = await withdrawn();
    const file = `身份证号,姓名,就读学段,认定日期,居住地区划代码\n${pupil(wife)},${otherCounty}\n`;
    counted(await feeds.handIn('hard-up-pupils', agencyOf('education'), file), { applied: 1, prospects: 1 });
    expect(await open(otherCounty)).toHaveLength(1);
  });

  test('is not gone to without the trigger', async () => {
    const { wife } = await withdrawn();
    counted(await handIn([`${wife},某某,不在学,2026-02-20`]), { applied: 1, prospects: 0 });
    expect(await open()).toEqual([]);
  });

  test('is not gone to once they have died, from wherever the file comes', async () => {
    const { wife } = await withdrawn();
    const deaths = `身份证号,姓名,死亡日期,登记日期\n${wife},某某,2026-02-25,2026-02-26\n`;
    await feeds.handIn('deaths', agencyOf('health', county), deaths);
    counted(await handIn([pupil(wife)]), { applied: 1, prospects: 0 });
    counted(await handIn([pupil(wife)], otherCounty), { unmatched: 1, prospects: 0 });
    expect([await open(), await open(otherCounty)]).toEqual([[], []]);
  });
});

describe('whoever is looked after', () => {
  test('by an application under way is not gone to, from wherever the file comes, until it is withdrawn', async () => {
    const { wife, withdraw } = await applied();
    counted(await handIn([pupil(wife)]), { applied: 1, prospects: 0 });
    counted(await handIn([pupil(wife)], otherCounty), { unmatched: 1, prospects: 0 });
    expect([await open(), await open(otherCounty)]).toEqual([[], []]);
    await withdraw();
    counted(await handIn([pupil(wife)]), { unchanged: 1, prospects: 1 });
  });

  const id = residentId('1958-03-12', 801);
  const ways = {
    'by a decision that stands': async () => feeds.known(id, await payments(roster).household('decided')),
    'in a tier with which they were taken over': async () => {
      const { household, ...records } = await payments(roster).household('taken over');
      const changes = { determinationId: null };
      const taken = await payments(roster).rewrite(household, changes, { tier: 'EXTREME_HARDSHIP' });
      await feeds.known(id, { ...records, household: taken });
    },
  };
  test.each(Object.entries(ways))('%s is not gone to, and nothing more is read to know it', async (_, entered) => {
    await entered();
    let reads = 0;
    const { store } = roster.dependencies;
    const counting =
      <Id, Found>(read: (id: Id) => Promise<Found>) =>
      (of: Id) => {
        reads += 1;
        return read(of);
      };
    const watched = { ...store, application: counting(store.application), report: counting(store.report) };
    const dependencies = { ...roster.dependencies, store: watched };
    counted(await handIn([pupil(id)], county, feedsOf({ ...roster, dependencies })), { applied: 1, prospects: 0 });
    expect(reads).toBe(0);
    expect(await open()).toEqual([]);
  });
});

describe('whoever is left in peace by files', () => {
  const stranger = residentId('2012-04-04', 716);
  beforeEach(async () => {
    const of = reports(roster.dependencies);
    const word = wordOf({ hardship: 'schooling' }, { residentId: stranger });
    const { reportId } = bodyOf(await of.receive(word));
    roster.pass({ minutes: 1 });
    bodyOf(await of.followUp(reportId));
    bodyOf(await of.end(reportId, { outcome: 'not-wanted', note: 'She wants no help.' }));
  });

  test('is not counted as one whom somebody is to go to, in the dry run and in the commit', async () => {
    counted(await handIn([pupil(stranger)]), { unmatched: 1, prospects: 0 });
    expect(await open()).toEqual([]);
  });

  test('is counted while somebody is going there', async () => {
    const word = wordOf({ hardship: 'illness' }, { residentId: stranger });
    bodyOf(await reports(roster.dependencies).receive(word));
    counted(await handIn([pupil(stranger)]), { unmatched: 1, prospects: 1 });
    expect(await open()).toMatchObject([{ timesTold: 2 }]);
  });
});

test('people of whom pieces that are settled at once have a row each are counted by each row, and are one outreach each', async () => {
  const { wife } = await withdrawn();
  const people = [wife, ...[1, 2, 3, 4, 5].map((number) => residentId('2012-05-04', number))];
  const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
  const bills = ['20', '21'].flatMap((day) =>
    people.map((id, number) => `${id},某某,D${day}${number},2026-02-${day},10.00,${day}000.00`),
  );
  const office = agencyOf('healthcare-security', county);
  const inPieces = feedsOf(roster, 200);
  counted(await inPieces.handIn('hospital-bills', office, `${[headings, ...bills].join('\n')}\n`), {
    ...{ rows: 12, applied: 2, unmatched: 10, prospects: 12 },
  });
  expect((await open()).map(({ timesTold }) => timesTold)).toEqual(people.map(() => 2));
});
