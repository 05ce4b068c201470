import { afterAll, expect, test } from 'vitest';
import { agencyOf, feedsOf } from '../../support/feeds.ts';
import { couple } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

const roster: TestRoster = await startRoster();
afterAll(() => roster.stop());

test('files that were applied, failed and given up recount without a violation, notes of their runs included', async () => {
  const feeds = feedsOf(roster);
  const body = couple();
  await reviewSteps(roster.dependencies).submit(body);
  const [husband, wife] = body.members.map(({ residentId }) => residentId);
  const hospital = agencyOf('healthcare-security');
  const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
  const rows = [`${husband},某某,A1,2026-02-20,10.00,15000.00`, `${wife},某某,A2,2026-02-30,10.00,1.00`];
  const applied = await feeds.handIn('hospital-bills', hospital, `${[headings, ...rows].join('\n')}\n`);
  expect(applied.result).toMatchObject({ rows: 2, applied: 1, rejected: 1 });
  const deaths = `身份证号,姓名,死亡日期,登记日期\n${wife},某某,2026-02-27,2026-02-28\n`;
  expect((await feeds.handIn('deaths', agencyOf('health'), deaths)).result).toMatchObject({ applied: 1 });
  expect((await feeds.handIn('deaths', agencyOf('health'), '')).state).toBe('failed');
  await feeds.upload('hospital-bills', hospital, headings);
  expect(await violationsIn(roster)).toEqual([]);
});
