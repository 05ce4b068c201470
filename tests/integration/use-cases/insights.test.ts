import { beforeEach, describe, expect, test } from 'vitest';
import { InsightsView } from '../../../contracts/api/insights.ts';
import type { Principal } from '../../../contracts/principal.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import type { Referral } from '../../../domain/referrals/referral.ts';
import { insightOperations } from '../../../functions/insights/operations.ts';
import { rerouteReferral } from '../../../functions/referrals/reroute-referral.ts';
import { returnReferral } from '../../../functions/referrals/return-referral.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { counties } from '../../../policies/divisions/divisions.ts';
import { agencyOf, claim, subjectOf } from '../../support/assistance.ts';
import { type Edge, edgeOf, faultsIn, viewIn } from '../../support/edge.ts';
import { insightSteps } from '../../support/insights.ts';
import {
  approver,
  auditor,
  county,
  countyWorker,
  department,
  otherCounty,
  otherCountyWorker,
  otherTownship,
  principal,
  townshipWorker,
} from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { referralSteps } from '../../support/referrals.ts';
import { bodyOf, rememberingWorkflows } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let steps: ReturnType<typeof insightSteps>;
let edge: Edge;
let one: Referral;
const edgeWith = (mostCounted: number): Edge =>
  edgeOf(insightOperations({ ...roster.dependencies, counties: counties().map(({ code }) => code), mostCounted }));
beforeEach(async () => {
  roster = await startRoster();
  steps = insightSteps(roster);
  edge = edgeWith(1_000);
  one = await referralSteps(roster.dependencies).one();
  return () => roster.stop();
});

const provincial = principal('provincial', '14', 'a-provincial');
const ask = (query: string, as: Principal = countyWorker) => edge.call({ as, path: '/insights', query });
const insights = async (query = `division=${county}`, as?: Principal) => viewIn(InsightsView, await ask(query, as));
/** What is counted of the item of the first referral, by the department it is of. */
const counted = async (query?: string, as?: Principal) => {
  const { lines } = await insights(query, as);
  return lines.find(({ department: of, item }) => of === one.department && item === one.item);
};
const toOtherCounty = (changes: Partial<Referral> = {}) =>
  steps.like(one, { division: DivisionCode.parse(otherTownship), ...changes });
const duplicates = { prevented: { claims: 0, amount: null, withoutAmount: 0 } };

describe('what is counted of referrals', () => {
  test('follows a referral that goes well: open, accepted, answered, closed', async () => {
    const before = await counted();
    const open = before?.open ?? 0;
    expect(before).toMatchObject({ county, accepted: 0, onTime: open, late: 0, returned: 0, escalated: 0, closed: 0 });
    await steps.accept(one);
    expect(await counted()).toMatchObject({ open, accepted: 1, onTime: open });
    await steps.report(one);
    // Answered: now officers have something to do, and the time that runs is theirs.
    expect(await counted()).toMatchObject({ open, accepted: 0, onTime: open - 1, late: 0, closed: 0 });
    bodyOf(await steps.verify(one));
    const after = await insights();
    const line = after.lines.find(({ item, department: of }) => item === one.item && of === one.department);
    expect(line).toMatchObject({ open: open - 1, closed: 1, ...duplicates });
    expect(after).toMatchObject({
      division: county,
      asOf: roster.at(),
      months: { from: '2025-04', to: '2026-03' },
      totals: { closed: 1, ...duplicates },
      unreadable: 0,
    });
    expect(after.departments).toContainEqual({
      code: 'healthcare-security',
      name: { zh: expect.any(String), en: expect.any(String) },
    });
  });

  test('has a referral late from the moment its time is over, escalated once the sweep has marked it', async () => {
    const all = (await insights()).totals.open;
    roster.setTime('2026-03-05T15:59:59.999Z');
    expect(await insights()).toMatchObject({ totals: { open: all, onTime: all, late: 0, escalated: 0 } });
    roster.setTime('2026-03-05T16:00:00.000Z');
    expect(await insights()).toMatchObject({ totals: { open: all, onTime: 0, late: all, escalated: 0 } });
    await sweep(
      { ...roster.dependencies, workflows: rememberingWorkflows() },
      [DivisionCode.parse(county)],
      (error) => {
        throw error;
      },
    );
    expect(await insights()).toMatchObject({ totals: { late: all, escalated: all } });
    await steps.accept(one);
    expect(await insights()).toMatchObject({ totals: { onTime: 1, late: all - 1, escalated: all - 1 } });
  });

  test('has what was given back under the department that did, until officers send it on', async () => {
    const { dependencies } = roster;
    const late = await counted();
    bodyOf(await returnReferral(dependencies, steps.agencyOf(one), one.referralId, { reason: 'no-capacity' }));
    expect(await counted()).toMatchObject({ returned: 1, open: late?.open, onTime: (late?.onTime ?? 0) - 1 });
    bodyOf(await rerouteReferral(dependencies, countyWorker, one.referralId, { department: 'education' }));
    const { lines, totals } = await insights();
    expect(totals.returned).toBe(0);
    expect(lines).toContainEqual(expect.objectContaining({ department: 'education', item: one.item, open: 1 }));
  });

  test('has a closed referral once, whoever repeats its closing, and for twelve months', async () => {
    await steps.report(one);
    const closings = await Promise.all([steps.verify(one), steps.verify(one), steps.verify(one)]);
    expect(closings.some(({ ok }) => ok)).toBe(true);
    await steps.verify(one);
    expect((await insights()).totals.closed).toBe(1);
    roster.setTime('2027-02-28T15:59:59.000Z');
    expect((await insights()).totals.closed).toBe(1);
    roster.setTime('2027-02-28T16:00:00.000Z');
    expect((await insights()).totals.closed).toBe(0);
  });

  test('has what nobody can read any more as that, and leaves it out nowhere', async () => {
    const before = await insights();
    await steps.unreadable(one);
    const after = await insights();
    expect([after.totals.open, after.unreadable]).toEqual([before.totals.open + 1, 1]);
    expect(after.lines).toContainEqual(
      expect.objectContaining({ county, department: one.department, item: null, open: 1, onTime: 1 }),
    );
    const ofItem = await insights(`division=${county}&item=${one.item}`);
    expect([ofItem.totals.open, ofItem.unreadable]).toEqual([(await counted())?.open, 1]);
    expect(ofItem.lines.map(({ item }) => item)).toEqual([one.item]);
  });
});

describe('prevented duplicates', () => {
  test('are counted once for what was claimed, however often and under whatever key, with the fen it told', async () => {
    const subject = await subjectOf(roster, 'claimed twice');
    bodyOf(await claim(roster, 'extreme-hardship.care', subject));
    const second = (key: string) =>
      claim(roster, 'disability.nursing-subsidy', subject, { amount: 60_000 }, { key, as: agencyOf('civil-affairs') });
    const answers = await Promise.all(['a key of mine', 'a key of mine', 'another key of mine'].map(second));
    expect(answers.map((answer) => !answer.ok && answer.problem)).toEqual(answers.map(() => 'assistance-duplicate'));
    await second('a key of mine');
    const { lines, totals } = await insights();
    const prevented = { claims: 1, amount: 60_000, withoutAmount: 0 };
    expect(totals.prevented).toEqual(prevented);
    expect(lines).toContainEqual(
      expect.objectContaining({ county, department: 'civil-affairs', item: 'disability.nursing-subsidy', prevented }),
    );
  });

  test('without an amount are counted, and their amount is not known instead of nothing', async () => {
    const subject = await subjectOf(roster, 'claimed without an amount');
    bodyOf(await claim(roster, 'extreme-hardship.care', subject));
    await claim(roster, 'disability.nursing-subsidy', subject);
    expect((await insights()).totals.prevented).toEqual({ claims: 1, amount: null, withoutAmount: 1 });
    const other = await subjectOf(roster, 'claimed with nothing');
    bodyOf(await claim(roster, 'extreme-hardship.care', other));
    await claim(roster, 'disability.nursing-subsidy', other, { amount: 0 });
    expect((await insights()).totals.prevented).toEqual({ claims: 2, amount: 0, withoutAmount: 1 });
  });

  test('are of the county where the household lives, and not counted for a claim that stands', async () => {
    const subject = await subjectOf(roster, 'claimed once');
    bodyOf(await claim(roster, 'extreme-hardship.care', subject));
    expect((await insights()).totals.prevented.claims).toBe(0);
    await claim(roster, 'disability.nursing-subsidy', subject);
    const elsewhere = await insights(`division=${otherCounty}`, otherCountyWorker);
    expect(elsewhere.totals.prevented.claims).toBe(0);
  });
});

describe('where it is counted', () => {
  test('a prefecture and the province add up their counties, and no county has the numbers of another', async () => {
    const other = await toOtherCounty();
    await steps.close(await toOtherCounty());
    await steps.close(one);
    const [mine, theirs] = [await insights(), await insights(`division=${otherCounty}`, otherCountyWorker)];
    expect(theirs.totals).toMatchObject({ open: 1, closed: 1 });
    expect(new Set(mine.lines.map((line) => line.county))).toEqual(new Set([county]));
    expect(new Set(theirs.lines.map((line) => line.county))).toEqual(new Set([otherCounty]));
    await steps.like(one, { division: DivisionCode.parse('140971100') });
    for (const [division, further] of [['1401', 0] as const, ['14', 1] as const]) {
      const all = await insights(`division=${division}`, provincial);
      expect(all.totals.open).toBe(mine.totals.open + theirs.totals.open + further);
      expect(all.totals.closed).toBe(2);
      expect(all.lines).toEqual(expect.arrayContaining([...mine.lines, ...theirs.lines]));
    }
    // Townships of the statistical area are served by the county around them.
    expect((await counted('division=140922', provincial))?.open).toBe(1);
    expect(other.department).toBe(one.department);
  });

  test('one department or one item is asked for by name', async () => {
    await steps.close(one);
    await toOtherCounty({ department: 'education' });
    const all = await insights('division=1401', provincial);
    const ofOne = await insights('division=1401&department=education', provincial);
    expect(ofOne.lines).toEqual(all.lines.filter((line) => line.department === 'education'));
    expect(ofOne.lines).toHaveLength(
      1 + all.lines.filter((l) => l.department === 'education' && l.county === county).length,
    );
    const ofItem = await insights(`division=1401&item=${one.item}`, provincial);
    expect(ofItem.lines).toEqual(all.lines.filter((line) => line.item === one.item));
    expect(ofItem.totals.closed).toBe(1);
    expect((await insights('division=1401&department=housing', provincial)).lines).toEqual([]);
  });

  test('is for officers who answer for it: nobody else, and nowhere else', async () => {
    for (const as of [countyWorker, approver, auditor, provincial])
      expect((await ask(`division=${county}`, as)).status).toBe(200);
    for (const as of [townshipWorker, department('healthcare-security'), principal('administrator', '14', 'an-admin')])
      expect((await ask(`division=${county}`, as)).status).toBe(403);
    for (const division of [otherCounty, '1401', '14']) {
      const refused = await ask(`division=${division}`);
      expect([refused.status, faultsIn(refused)]).toEqual([403, ['/division division.out-of-scope']]);
    }
  });

  test.each([
    ['no division', '', '/division required'],
    ['a township', 'division=140121100', '/division division.level'],
    ['a county that is none', 'division=149901', '/division division.unknown'],
    ['something else', `division=${county}&since=2026-01`, '/since unknown-field'],
    ['a department that is none', `division=${county}&department=nope`, '/department referral.department'],
    ['an item that is none', `division=${county}&item=nope`, '/item assistance.item-unknown'],
    ['an item of no form', `division=${county}&item=A`, '/item assistance.item-unknown'],
  ])('what names %s is refused', async (_what, query, fault) => {
    const answer = await ask(query, provincial);
    expect([answer.status, faultsIn(answer)]).toEqual([400, [fault]]);
  });

  test('more than one answer can count is refused, and not counted in part', async () => {
    const { open } = (await insights()).totals;
    edge = edgeWith(open);
    expect((await insights()).totals.open).toBe(open);
    edge = edgeWith(open - 1);
    const refused = await ask(`division=${county}`);
    expect([refused.status, faultsIn(refused)]).toEqual([400, ['/division insights.too-many']]);
  });
});

describe('what is stored for it', () => {
  test('says of no person and no household anything, and neither item nor amount in plain text', async () => {
    const subject = await subjectOf(roster, 'told nowhere');
    bodyOf(await claim(roster, 'extreme-hardship.care', subject));
    await claim(roster, 'disability.nursing-subsidy', subject, { amount: 123_456 });
    await steps.close(one);
    const answer = await writesNothing(roster, () => ask(`division=${county}`));
    expect(answer.text).not.toMatch(/(?:per|hh|ref|ace|app)_[0-9a-f]{32}/u);
    const rows = (await roster.items('roster')).filter(({ pk }) => /^(?:CLOSED|PREVENTED)#/u.test(String(pk)));
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/(?:per|hh|ref)_|nursing-subsidy|123456|medical\./u);
  });

  test('is counted again by a recount, which misses what was not counted when it was closed', async () => {
    const subject = await subjectOf(roster, 'recounted');
    bodyOf(await claim(roster, 'extreme-hardship.care', subject));
    await claim(roster, 'disability.nursing-subsidy', subject);
    await steps.close(one);
    const ofTallies = (violation: string) => /counted|prevented/u.test(violation);
    expect((await violationsIn(roster)).filter(ofTallies)).toEqual([]);
    const without = await violationsIn(roster, (rows) => rows.filter(({ pk }) => !String(pk).startsWith('CLOSED#')));
    expect(without).toContain('I1: 140121 2026-03 healthcare-security: 1 referrals are closed and 0 were counted');
  });
});
